// One random history in two stores must leave the same rows and get the same answers.
// XUEJI_SEED takes a run up again, XUEJI_COMMANDS makes it longer or shorter.
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "adapters/sql/audit.hpp"
#include "adapters/sql/backup.hpp"
#include "adapters/sql/connections.hpp"
#include "adapters/sql/database_address.hpp"
#include "tests/catch.hpp"
#include "tests/differential/store/places.hpp"
#include "tests/differential/store/rehearsal.hpp"

using namespace xueji;
using namespace xueji::differential;

namespace {

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  if (!text) return otherwise;
  const std::string_view view{text};
  std::uint64_t number = 0;
  REQUIRE(std::from_chars(view.data(), view.data() + view.size(), number).ptr == view.data() + view.size());
  return number;
}

std::string told(const Differences& differences) {
  std::string text = fmt::format("{} differences", differences.count());
  for (const auto& each : differences.found()) text += '\n' + each;
  return text;
}

void change_behind_the_back(const Location& place, const std::string& statement) {
  sql::Connections connections(place.url, place.options);
  sql::Connections::Writing writing(connections);
  writing->execute(statement);
  writing.commit();
}

std::string told(const Tally& tally) {
  std::string text =
      fmt::format("{} commands in {} batches: {} committed, {} answered again, {} refused, {} of the machine",
                  tally.commands, tally.batches, tally.committed, tally.replayed, tally.refused, tally.due);
  for (const auto& [kind, count] : tally.refusals) text += fmt::format("\n  {:<26}{:>7}", kind, count);
  for (const auto& [outcome, count] : tally.outcomes) text += fmt::format("\n  {:<26}{:>7}", outcome, count);
  return text + '\n';
}

}  // namespace

TEST_CASE("the same history leaves the same rows and the same answers in both stores") {
  const auto seed = number_from_environment("XUEJI_SEED", std::random_device{}());
  const auto commands = number_from_environment("XUEJI_COMMANDS", 100'000);
  const TwoPlaces places;
  std::cout << fmt::format("comparing {}, seed {}\n", places.described(), seed) << std::flush;
  INFO("seed " << seed);
  Rehearsal rehearsal(places.left(), places.right(), seed);
  rehearsal.run(commands);
  std::cout << told(rehearsal.tally());
  const auto rows = rehearsal.compare();
  std::cout << fmt::format("{} rows of each and {} answers compared\n", rows, rehearsal.differences().compared());
  INFO(told(rehearsal.differences()));
  CHECK(rehearsal.differences().count() == 0);

  // A history in which little happens would prove little.
  const auto& tally = rehearsal.tally();
  CHECK(rehearsal.left().log() == std::vector<std::string>{});
  CHECK_FALSE(tally.refusals.contains("failed"));
  CHECK(tally.committed > tally.commands / 3);
  CHECK(tally.replayed > tally.commands / 100);
  for (const std::string kind :
       {"not-found", "idempotency-mismatch", "stale", "not-in-this-state", "separation-of-duties", "not-allowed",
        "status-not-eligible", "open-business", "validation", "missing-evidence"})
    CHECK(tally.refusals.contains(kind));
  for (const std::string outcome : {"completed", "rejected", "withdrawn"}) CHECK(tally.outcomes.contains(outcome));
  for (const auto& place : {places.left(), places.right()})
    CHECK(audit(place.url, place.options, {}, [](std::int64_t, std::int64_t) {}).faults == std::vector<std::string>{});
}

TEST_CASE("a planted difference is found, whatever it is") {
  const TwoPlaces places;
  Rehearsal rehearsal(places.left(), places.right(), 7);
  rehearsal.run(3000);
  REQUIRE(rehearsal.differences().count() == 0);
  for (const auto& [statement, found] : std::map<std::string, std::string>{
           {"UPDATE history SET comment = '同意  ' WHERE comment = '同意 '", "history.comment of"},
           {"UPDATE student SET name = 'ss' WHERE id = 17", "student.name of 17"},
           {"UPDATE history SET outbox = NULL", "history.outbox of"},
           {"UPDATE task SET due = due - 1", "task.due of"},
           {"DELETE FROM student_change", "rows of student_change after 0"},
           {"DELETE FROM request_evidence WHERE request_id = 3", "request_evidence.request_id of 4"},
           {"UPDATE account SET read_through = 1 WHERE id = 5", "account.read_through of 5"}}) {
    const TwoPlaces changed;
    backup(places.left().url, sql::sqlite_file(changed.left().url));
    change_behind_the_back(changed.left(), statement);
    Differences differences;
    compare_tables(changed.left(), places.right(), differences);
    CAPTURE(statement, told(differences));
    REQUIRE(differences.count() > 0);
    CHECK(differences.found().front().starts_with(found));
  }
}

TEST_CASE("a store that answers otherwise stops the comparison at that answer") {
  const TwoPlaces places;
  Rehearsal rehearsal(places.left(), places.right(), 8);
  rehearsal.run(1000);
  REQUIRE(rehearsal.differences().count() == 0);
  change_behind_the_back(rehearsal.right().place(), "UPDATE request SET version = version + 1 WHERE outcome = ''");
  rehearsal.run(5000);
  CHECK(rehearsal.differences().count() > 0);
  CHECK(rehearsal.tally().commands < 5000);
}

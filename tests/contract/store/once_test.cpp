// What locks nobody, and what there may be one request for.

#include "adapters/sql/audit.hpp"
#include "adapters/sql/connections.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const std::string this_year(64, 'a'), next_year(64, 'b');

Write opening_once(RequestId id, DefinitionId definition, StudentId student, const std::string& once) {
  Write write = opening(id, definition, student);
  write.decision.request.once = once;
  return write;
}

std::vector<std::string> faults_told(const Registry& registry) {
  return audit(registry.place.url(), {}, {}, [](std::int64_t, std::int64_t) {}).faults;
}

void damage(const Registry& registry, const std::string& statement) {
  sql::Connections connections(registry.place.url(), {});
  sql::Connections::Writing writing(connections);
  writing->execute(statement);
  writing.commit();
}

Write taken_back(const Request& before, int minute) {
  Write write = ending(before, {}, at(minute));
  write.decision.request.outcome = Outcome::withdrawn;
  write.decision.request.once.clear();
  return write;
}

}  // namespace

TEST_CASE("what there may be one request for is had by one, and given up by it") {
  Registry registry;
  CHECK_FALSE(registry.queries().who_has(this_year));
  const Write first = opening_once(RequestId{1}, registry.definition, StudentId{1}, this_year);
  commit(registry.store(), {first});
  registry.reopen();
  CHECK(registry.queries().who_has(this_year) == RequestId{1});
  CHECK(registry.store().begin()->who_has(this_year) == RequestId{1});
  CHECK(registry.queries().request(RequestId{1})->request.once == this_year);
  CHECK_FALSE(registry.queries().who_has(next_year));

  CHECK_THROWS_AS(commit(registry.store(), {opening_once(RequestId{2}, registry.definition, StudentId{2}, this_year)}),
                  StoreError);
  CHECK_FALSE(registry.queries().request(RequestId{2}));

  const Request open = registry.queries().request(RequestId{1})->request;
  commit(registry.store(),
         {taken_back(open, 1), opening_once(RequestId{2}, registry.definition, StudentId{2}, this_year)});
  CHECK(registry.queries().who_has(this_year) == RequestId{2});
  CHECK(faults_told(registry).empty());
}

TEST_CASE("what is had and given up in one batch is nobody's") {
  Registry registry;
  Write first = opening_once(RequestId{1}, registry.definition, StudentId{1}, this_year);
  commit(registry.store(), {first, taken_back(first.decision.request, 1)});
  CHECK_FALSE(registry.queries().who_has(this_year));
  CHECK(faults_told(registry).empty());
}

TEST_CASE("a request that locks nobody is read back as that, and runs beside another") {
  Registry registry;
  Write write = opening(RequestId{1}, registry.definition, StudentId{1});
  write.decision.request.locks = false;
  write.decision.locks_student = false;
  commit(registry.store(), {write});
  registry.reopen();
  CHECK_FALSE(registry.queries().request(RequestId{1})->request.locks);
  CHECK_FALSE(registry.queries().student(StudentId{1})->open_request);
  const Request beside = open_request(registry, StudentId{1});
  CHECK(registry.queries().student(StudentId{1})->open_request == beside.id);
  CHECK(faults_told(registry).empty());
}

TEST_CASE("the audit finds locks that are not as they should be, and what is had by nobody or by another") {
  const auto [statement, sentence] = GENERATE(table<std::string, std::string>({
      {"UPDATE student SET open_request_id = 2 WHERE id = 2", "request 2 locks a student whom it should not"},
      {"UPDATE request SET document = REPLACE(document, '\"locks\":false', '\"locks_not\":false') WHERE id = 2",
       "request 2 is open and does not lock its student"},
      {"DELETE FROM request_once", "request 1 and the database disagree on what there may be one request for"},
      {"UPDATE request_once SET once_hash = 'x'",
       "request 1 and the database disagree on what there may be one request for"},
      {"UPDATE request_once SET request_id = 2",
       "request 2 and the database disagree on what there may be one request for"},
  }));
  Registry registry;
  Write unlocked = opening(RequestId{2}, registry.definition, StudentId{2});
  unlocked.decision.request.locks = false;
  unlocked.decision.locks_student = false;
  commit(registry.store(), {opening_once(RequestId{1}, registry.definition, StudentId{1}, this_year), unlocked});
  damage(registry, statement);
  CAPTURE(statement);
  CHECK_THAT(faults_told(registry), Catch::Matchers::VectorContains(sentence));
}

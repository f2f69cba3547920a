// The steps of the schema: what is done, how it goes on after it broke off, and what is refused.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <latch>
#include <map>
#include <thread>

#include "adapters/sql/audit.hpp"
#include "adapters/sql/connections.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/schema_tables.hpp"
#include "adapters/sql/table_reader.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

/// The steps that the program knows.
std::size_t known() { return sql::schema_steps().size(); }

using sql::SchemaStep;
using sql::Session;
using sql::Slice;
using Steps = std::vector<SchemaStep>;

constexpr int rows_in_all = 70;
constexpr int rows_in_a_slice = 10;

Steps joined(Steps steps, const Steps& more) {
  for (auto step : more) {
    step.version = static_cast<int>(steps.size()) + 1;
    steps.push_back(std::move(step));
  }
  return steps;
}

/// Those of the program, and more.
Steps with(const Steps& more) { return joined({sql::schema_steps().begin(), sql::schema_steps().end()}, more); }

/// What steps need themselves and nothing else of the schema, and more: quickly made.
Steps after_the_least(const Steps& more) {
  const auto known = sql::schema_steps();
  return joined({{1, "steps", {known[0].parts[0]}}, {2, "progress", known[1].parts}}, more);
}
MigrationReport migrate_to(const TestDatabase& place, const Steps& steps, const MigrationProgress& progress = {}) {
  DatabaseOptions options;
  options.on_migration = progress;
  sql::Connections connections(place.url(), options);
  return sql::migrate(connections, steps);
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

long long number(const TestDatabase& place, const std::string& question) {
  sql::Connections connections(place.url(), {});
  const sql::Connections::Reading session(connections);
  auto& row = session->prepare(question, "i");
  row.one();
  return row.integer(0);
}

bool has_table(const TestDatabase& place, std::string_view name) {
  sql::Connections connections(place.url(), {});
  return sql::Connections::Reading(connections)->has_table(name);
}

void execute(const TestDatabase& place, const std::vector<std::string>& statements) {
  sql::Connections connections(place.url(), {});
  sql::Connections::Writing writing(connections);
  for (const auto& statement : statements) writing->execute(statement);
  writing.commit();
}

/// A table `thing` of so many rows.
SchemaStep things(int rows) {
  static std::map<int, std::string> filled;
  auto& fill = filled[rows];
  fill = fmt::format(
      "INSERT INTO thing (id, word) WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {}) "
      "SELECT id, id FROM n",
      rows);
  return {0, "things", {"CREATE TABLE thing (\n  id {id},\n  word VARCHAR(32) NOT NULL)", std::string_view(fill)}};
}

/// What a slice does between its rows and its commit.
using InSlice = std::function<void(long long first)>;

/// Doubles every id into a column made for it; a row done twice or left out shows in the sum.
SchemaStep doubling(const InSlice& in_slice = {}) {
  const sql::SlicedWork work{
      "double the things, 1",
      [](Session& session) {
        auto& row = session.prepare("SELECT COUNT(*) FROM thing", "i");
        row.one();
        return row.integer(0);
      },
      [in_slice](Session& session, const std::string& cursor) {
        const long long after = cursor.empty() ? 0 : std::stoll(cursor);
        const auto changed = session.prepare("UPDATE thing SET twice = twice + 2 * id WHERE id > ?i AND id <= ?i")
                                 .bind(after, after + rows_in_a_slice)
                                 .run();
        if (in_slice) in_slice(after);
        return Slice{std::to_string(after + rows_in_a_slice), changed, changed < rows_in_a_slice};
      }};
  return {0,
          "doubling",
          {"ALTER TABLE thing ADD COLUMN twice BIGINT NOT NULL DEFAULT 0", work,
           "CREATE INDEX thing_by_twice ON thing (twice)"}};
}

constexpr long long sum_of_doubles = 2LL * rows_in_all * (rows_in_all + 1) / 2;
const std::string sum_question = "SELECT CAST(SUM(twice) AS INTEGER) FROM thing";

/// The child's end, which must come by its own hand.
void in_a_child(const std::function<void()>& act) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      act();
    } catch (...) {
      ::_exit(3);
    }
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGKILL);
}

}  // namespace

TEST_CASE("the first step is what it was when it was released") {
  CHECK(sql::checksum(sql::schema_steps()[0]) == "9bc1a047ac94bb978669c34a425f88f3ba8f5d558f79bb67ccbe666249552191");
}

TEST_CASE("a dry run tells the steps and changes nothing; a second run finds nothing to do") {
  const TestDatabase place;
  const auto told = migrate(place.url(), {}, true);
  REQUIRE(told.applied.size() == sql::schema_steps().size());
  CHECK(told.applied[0] == "0001 offices, accounts, registry, requests, history");
  CHECK(told.before == 0);
  if (on_sqlite()) CHECK_FALSE(std::filesystem::exists(place.folder() / "test.db"));

  DatabaseOptions no_migration;
  no_migration.migrate = false;
  CHECK(refusal([&] { place.open(no_migration); }) ==
        fmt::format("the schema of the database is 0, this program needs {}: run `xueji migrate`",
                    sql::schema_steps().size()));
  CHECK(migrate(place.url(), {}, true).applied == told.applied);
  CHECK(migrate(place.url(), {}, false).applied == told.applied);
  CHECK(migrate(place.url(), {}, false).applied.empty());
  CHECK(place.open(no_migration)->is_empty());
}

TEST_CASE("a step that was changed after it was applied is refused with both checksums, as is a newer database") {
  const TestDatabase place;
  migrate(place.url(), {}, false);
  auto changed = with({});
  const auto applied = sql::checksum(changed.back());
  changed.back().parts.push_back("CREATE TABLE extra (id {id})");
  const auto told = refusal([&] { migrate_to(place, changed); });
  CHECK(told.find(applied) != std::string::npos);
  CHECK(told.find(sql::checksum(changed.back())) != std::string::npos);

  const auto more = with({{0, "more", {"CREATE TABLE extra (id {id})", "CREATE TABLE other (id {id})"}}});
  CHECK(migrate_to(place, more).applied == std::vector<std::string>{fmt::format("{:04} more", known() + 1)});
  CHECK(has_table(place, "extra"));
  CHECK(has_table(place, "other"));
  CHECK(refusal([&] { place.open(); }) ==
        fmt::format("the database has schema {}, newer than this program, which knows {}: run a newer xueji",
                    known() + 1, known()));
}

TEST_CASE("a database of somebody else is refused and left as it was") {
  const TestDatabase place;
  {
    const sql::Connections connections(place.url(), {});
    sql::Connections::Migrating migrating(connections);
    (*migrating).execute("CREATE TABLE theirs (id INTEGER)");
  }
  const std::string refused =
      "the database holds a table `theirs` that is not of xueji's making: name another, with nothing in it";
  CHECK(refusal([&] { migrate(place.url(), {}, true); }) == refused);
  CHECK(refusal([&] { migrate(place.url(), {}, false); }) == refused);
  CHECK(refusal([&] { place.open(); }) == refused);
  CHECK_FALSE(has_table(place, "office"));
}

TEST_CASE("a schema that no program makes is refused") {
  for (const auto& [version, told] : {std::pair{"-1", "has a schema step -1, which no xueji makes"},
                                      std::pair{"9223372036854775807", "has schema 9223372036854775807, newer than"}}) {
    const TestDatabase place;
    migrate(place.url(), {}, false);
    execute(place, {std::string("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (") +
                    version + ", 'x', 'x', 0)"});
    CHECK(refusal([&] { place.open(); }).find(told) != std::string::npos);
  }
}

TEST_CASE("a table that is lost is told before anything is served") {
  const TestDatabase place;
  migrate(place.url(), {}, false);
  execute(place, {"DROP TABLE request_evidence"});
  const std::string told = "the database has lost its table `request_evidence`: restore it from a backup";
  CHECK(refusal([&] { migrate(place.url(), {}, false); }) == told);
  CHECK(refusal([&] { place.open(); }) == told);
}

TEST_CASE("a statement for one system is passed over by the other") {
  const TestDatabase place;
  migrate_to(place, after_the_least({{0,
                                      "each its own",
                                      {"{sqlite} CREATE TABLE of_sqlite (id {id})",
                                       "{mariadb} CREATE TABLE of_mariadb (id {id})"}}}));
  CHECK(has_table(place, "of_sqlite") == on_sqlite());
  CHECK(has_table(place, "of_mariadb") != on_sqlite());
}

TEST_CASE("a step of statements that was cut off leaves nothing of itself, or is finished by the next run") {
  const TestDatabase place;
  migrate_to(place, after_the_least({things(3)}));
  execute(place, {"INSERT INTO thing (id, word) VALUES (4, '1')"});
  const auto steps =
      after_the_least({things(3),
                       {0,
                        "cut off",
                        {"CREATE TABLE one (id {id}, two BIGINT)", "ALTER TABLE one ADD COLUMN three BIGINT",
                         "ALTER TABLE one DROP COLUMN two", "CREATE UNIQUE INDEX thing_by_word ON thing (word)"}}});
  CHECK_THAT(refusal([&] { migrate_to(place, steps); }),
             Catch::Matchers::StartsWith("schema step 0004 cut off: a row breaks a rule of the schema"));
  CHECK(has_table(place, "one") != on_sqlite());
  execute(place, {"DELETE FROM thing WHERE id = 4"});
  CHECK(migrate_to(place, steps).applied == std::vector<std::string>{"0004 cut off"});
  CHECK(number(place, "SELECT COUNT(*) + COUNT(three) FROM one") == 0);
}

TEST_CASE("work in slices tells how far it is, and what it did is committed slice by slice") {
  const TestDatabase place;
  std::vector<std::string> told;
  const auto steps = after_the_least({things(rows_in_all), doubling()});
  const auto report = migrate_to(place, steps, [&](const MigrationStage& stage) {
    told.push_back(fmt::format("{}: {} of {}", stage.step, stage.done, stage.all));
  });
  CHECK(report.applied.size() == 4);
  CHECK(report.version == 4);
  REQUIRE(told.size() == 4 + rows_in_all / rows_in_a_slice + 1);
  CHECK(told[3] == "0004 doubling: 0 of 0");
  CHECK(told[4] == "0004 doubling: 10 of 70");
  CHECK(told.back() == "0004 doubling: 70 of 70");
  CHECK(number(place, sum_question) == sum_of_doubles);
  CHECK(number(place, "SELECT COUNT(*) FROM schema_progress") == 0);
}

TEST_CASE("killed in any slice, or between any two, the next run goes on to the same end") {
  const int slices = rows_in_all / rows_in_a_slice + 1;
  const auto kind = GENERATE(as<std::string>{}, "between two slices", "within a slice");
  const int killed_in = GENERATE_COPY(range(0, slices));
  CAPTURE(kind, killed_in);
  const TestDatabase place;
  migrate_to(place, after_the_least({things(rows_in_all)}));
  in_a_child([&] {
    const bool within = kind == "within a slice";
    const auto die = [&](bool here, long long place_of_slice) {
      if (here && place_of_slice == killed_in) ::raise(SIGKILL);
    };
    int stages = 0;
    const auto work = doubling([&](long long after) { die(within, after / rows_in_a_slice); });
    migrate_to(place, after_the_least({things(rows_in_all), work}), [&](const MigrationStage& stage) {
      if (stage.step == "0004 doubling") die(!within, stages++);
    });
  });

  const auto refused = refusal([&] { migrate_to(place, after_the_least({things(rows_in_all)})); });
  const auto begun = kind == "within a slice" || killed_in > 0;
  CHECK((refused.find("is on its way to schema 4") != std::string::npos) == begun);
  std::int64_t first_told = -1, last_told = 0;
  migrate_to(place, after_the_least({things(rows_in_all), doubling()}), [&](const MigrationStage& stage) {
    if (first_told < 0) first_told = stage.done;
    last_told = stage.done;
  });
  CHECK(first_told == std::min(killed_in * rows_in_a_slice, rows_in_all));
  CHECK(last_told == rows_in_all);
  CHECK(number(place, sum_question) == sum_of_doubles);
  CHECK(number(place, "SELECT COUNT(*) FROM schema_progress") == 0);
}

TEST_CASE("a slice that fails leaves the earlier ones, and the step goes on once it can") {
  const TestDatabase place;
  const auto failing = doubling([](long long after) {
    if (after == 30) throw std::runtime_error("the fourth slice fails");
  });
  CHECK(refusal([&] { migrate_to(place, after_the_least({things(rows_in_all), failing})); }) ==
        "the fourth slice fails");
  CHECK(number(place, "SELECT COUNT(*) FROM thing WHERE twice = 2 * id") == 30);
  CHECK(number(place, "SELECT COUNT(*) FROM thing WHERE twice = 0") == rows_in_all - 30);

  auto other = doubling();
  other.parts.push_back("CREATE TABLE extra (id {id})");
  CHECK_THAT(refusal([&] { migrate_to(place, after_the_least({things(rows_in_all), other})); }),
             Catch::Matchers::ContainsSubstring("finish it with the program that began it"));
  migrate_to(place, after_the_least({things(rows_in_all), doubling()}));
  CHECK(number(place, sum_question) == sum_of_doubles);
}

TEST_CASE("two programs that bring the schema up to date at once do it once") {
  const TestDatabase place;
  std::atomic<int> applied = 0, doubled = 0;
  const auto steps = after_the_least({things(rows_in_all), doubling([&](long long) { ++doubled; })});
  {
    std::latch together(4);
    std::vector<std::jthread> programs;
    for (int program = 0; program < 4; ++program)
      programs.emplace_back([&] {
        together.arrive_and_wait();
        applied += static_cast<int>(migrate_to(place, steps).applied.size());
      });
  }
  CHECK(applied == static_cast<int>(steps.size()));
  CHECK(doubled == rows_in_all / rows_in_a_slice + 1);
  CHECK(number(place, sum_question) == sum_of_doubles);
}

TEST_CASE("while a step is under way nobody else writes, not even a program that knows nothing of it") {
  Registry registry;
  if (on_sqlite()) {
    CHECK_THAT(refusal([&] { migrate_to(registry.place, with({things(rows_in_all)})); }),
               Catch::Matchers::ContainsSubstring("another program uses the database, whose schema must be changed"));
    return;
  }
  const auto trying = doubling([&](long long) {
    const auto kind = refusal([&] { open_request(registry, StudentId{1}); });
    CHECK_THAT(kind, Catch::Matchers::ContainsSubstring("a lock was not had in time"));
    throw std::runtime_error("once is enough");
  });
  CHECK(refusal([&] { migrate_to(registry.place, with({things(rows_in_all), trying})); }) == "once is enough");
  open_request(registry, StudentId{1});
}

TEST_CASE("SQLite: a table with foreign keys to it and from it is made anew with its 100,000 rows") {
  if (!on_sqlite()) return;
  const TestDatabase place;
  const int rows = 100'000;
  const SchemaStep family{
      0,
      "family",
      {"CREATE TABLE member (\n  id {id},\n  thing_id BIGINT NOT NULL REFERENCES thing (id),\n"
       "  name VARCHAR(32) NOT NULL)",
       "CREATE INDEX member_by_name ON member (name)",
       "CREATE TABLE child (\n  id {id},\n  member_id BIGINT NOT NULL REFERENCES member (id))",
       "INSERT INTO member SELECT id, id, 'm' || id FROM thing", "INSERT INTO child SELECT id, id FROM member"}};
  const auto anew = [](std::string_view values) {
    return SchemaStep{
        0,
        "members have no names",
        {sql::Rebuild{"member",
                      "CREATE TABLE member (\n  id {id},\n  thing_id BIGINT NOT NULL REFERENCES thing (id),\n"
                      "  length BIGINT NOT NULL CHECK (length > 0))",
                      "id, thing_id, length", values},
         "CREATE INDEX member_by_length ON member (length)"}};
  };
  migrate_to(place, after_the_least({things(rows), family}));
  const auto lost = anew("id + 1, thing_id, LENGTH(name)");
  CHECK(refusal([&] { migrate_to(place, after_the_least({things(rows), family, lost})); }) ==
        "1 row(s), the first in `child`, would refer to nothing: nothing was changed");
  CHECK(number(place, "SELECT COUNT(*) FROM member WHERE name = 'm' || id") == rows);

  const auto steps = after_the_least({things(rows), family, anew("id, thing_id, LENGTH(name)")});
  migrate_to(place, steps);
  CHECK(number(place,
               "SELECT COUNT(*) FROM member m JOIN thing t ON t.id = m.thing_id "
               "JOIN child c ON c.member_id = m.id AND m.length = LENGTH(m.id) + 1") == rows);
  CHECK(number(place, "SELECT COUNT(*) FROM pragma_foreign_key_check()") == 0);
  CHECK_THROWS_AS(execute(place, {"DELETE FROM thing WHERE id = 1"}), StoreError);
  CHECK_THROWS_AS(execute(place, {"DELETE FROM member WHERE id = 1"}), StoreError);
  CHECK_FALSE(has_table(place, "new_member"));

  const auto tables = sql::tables_made_by(steps);
  std::vector<std::string> names;
  for (const auto& table : tables) names.push_back(table.name);
  CHECK(std::vector(names.end() - 3, names.end()) == std::vector<std::string>{"thing", "member", "child"});
  CHECK(tables[tables.size() - 2].column_list() == "id, thing_id, length");
}

TEST_CASE("columns that a step adds, fills and takes away are known to what goes over whole tables") {
  const auto tables = sql::tables_made_by(with(
      {things(3),
       doubling(),
       {0, "no words", {"ALTER TABLE thing DROP COLUMN word", "ALTER TABLE office ADD COLUMN note {long_text}"}}}));
  CHECK(tables.back().name == "thing");
  CHECK(tables.back().columns == std::vector<sql::Column>{{"id", 'i'}, {"twice", 'i'}});
  CHECK(tables.front().name == "office");
  CHECK(tables.front().columns.back() == sql::Column{"note", 't'});
  CHECK_THROWS_AS(sql::tables_made_by(with({{0, "x", {"CREATE TABLE odd (id {id}, weight REAL)"}}})), std::logic_error);
}

TEST_CASE("MariaDB: the account that serves needs no right on tables, and says what to do where a step is lacking") {
  if (on_sqlite()) return;
  const auto as_serving = [](std::string url) {
    const std::string_view owner = "://xueji:";
    REQUIRE(url.find(owner) != std::string::npos);
    return url.replace(url.find(owner), owner.size(), "://xueji_serving:");  // script/mariadb makes it
  };
  const TestDatabase empty;
  CHECK_THAT(refusal([&] { Database::open(as_serving(empty.url())); }),
             Catch::Matchers::StartsWith("schema step 0001 offices, accounts, registry, requests, history: the account "
                                         "lacks rights on the database"));
  DatabaseOptions no_migration;
  no_migration.migrate = false;
  CHECK(refusal([&] { Database::open(as_serving(empty.url()), no_migration); }) ==
        fmt::format("the schema of the database is 0, this program needs {}: run `xueji migrate`", known()));

  Registry registry;
  const bool migrates = GENERATE(true, false);
  registry.database = Database::open(as_serving(registry.place.url()), migrates ? DatabaseOptions{} : no_migration);
  const auto request = open_request(registry, StudentId{1});
  commit(registry.store(), {ending(request, {{"name", "𠮷田·买买提", "甲"}}, at(1))});
  CHECK(audit(as_serving(registry.place.url()), {}, [](auto, auto) {}).faults.empty());
  execute(registry.place, {fmt::format("DELETE FROM schema_migration WHERE version = {}", known())});
  CHECK(refusal([&] { Database::open(as_serving(registry.place.url()), no_migration); }) ==
        fmt::format("the schema of the database is {}, this program needs {}: run `xueji migrate`", known() - 1,
                    known()));
}

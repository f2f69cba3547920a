// The schema as it must stand, its steps, and the addresses that lead to it.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/migrations.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

std::string url_in(const TemporaryFolder& folder) { return "sqlite://" + (folder.path() / "test.db").string(); }

std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

using Names = std::map<std::string, std::set<std::string>>;

Names columns_of(sql::Session& session, std::string_view wanted_type = {}) {
  Names columns;
  auto& rows = session.prepare(
      "SELECT m.name, c.name, c.type FROM sqlite_master m CROSS JOIN pragma_table_info(m.name) c "
      "WHERE m.type = 'table' ORDER BY m.name",
      "ttt");
  rows.each([&] {
    if (wanted_type.empty() || rows.text(2) == wanted_type) columns[rows.text(0)].insert(rows.text(1));
  });
  return columns;
}

std::set<std::string> words_in_backticks(const std::string& line) {
  std::set<std::string> words;
  for (std::size_t from = line.find('`'); from != std::string::npos;) {
    const auto to = line.find('`', from + 1);
    if (to == std::string::npos) break;
    words.insert(line.substr(from + 1, to - from - 1));
    from = line.find('`', to + 1);
  }
  return words;
}

}  // namespace

TEST_CASE("every table and column of the schema is described, and nothing is described that is not there") {
  TemporaryFolder folder;
  migrate(url_in(folder), false);
  sql::Connections connections(url_in(folder), {});
  const sql::Connections::Reading session(connections);
  std::ifstream file(XUEJI_SOURCE_DIR "/docs/formats/schema.md");
  REQUIRE(file);
  Names described;
  std::string table;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("### ")) table = line.substr(4);
    if (line.starts_with("| `") && !table.empty()) {
      const auto cell = line.substr(0, line.find('|', 1));
      for (const auto& word : words_in_backticks(cell)) described[table].insert(word);
    }
  }
  CHECK(described == columns_of(*session));
}

TEST_CASE("64-bit numbers are BIGINT everywhere; the other columns are texts") {
  TemporaryFolder folder;
  migrate(url_in(folder), false);
  sql::Connections connections(url_in(folder), {});
  const sql::Connections::Reading session(connections);
  auto& rows = session->prepare(
      "SELECT DISTINCT CASE WHEN c.type LIKE 'VARCHAR(%' THEN 'VARCHAR' ELSE c.type END, "
      "c.type = 'INTEGER' AND c.pk = 0 FROM sqlite_master m "
      "CROSS JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
      "ti");
  std::set<std::string> types;
  rows.each([&] {
    types.insert(rows.text(0));
    CHECK(rows.integer(1) == 0);
  });
  CHECK(types == std::set<std::string>{"BIGINT", "INTEGER", "TEXT", "VARCHAR"});
}

TEST_CASE("the indexes are those that were measured: each further one costs every transition a page") {
  TemporaryFolder folder;
  migrate(url_in(folder), false);
  sql::Connections connections(url_in(folder), {});
  const sql::Connections::Reading session(connections);
  std::map<std::string, std::string> indexes;
  auto& rows = session->prepare(
      "SELECT m.name, (SELECT group_concat(i.name) FROM pragma_index_info(m.name) i) FROM sqlite_master m "
      "WHERE m.type = 'index' AND m.tbl_name IN ('request', 'task', 'history') AND m.sql IS NOT NULL",
      "tt");
  rows.each([&] { indexes[rows.text(0)] = rows.text(1); });
  CHECK(indexes == std::map<std::string, std::string>{{"history_by_key", "key_hash"},
                                                      {"request_by_definition", "definition_id,id"},
                                                      {"request_by_opener", "opened_by,id"},
                                                      {"request_by_school", "school_id,id"},
                                                      {"request_by_student", "student_id,id"},
                                                      {"task_by_queue", "queue,since,id,due"},
                                                      {"task_by_timer", "timer"}});
}

TEST_CASE("a dry run tells the steps and changes nothing; a second run finds nothing to do") {
  TemporaryFolder folder;
  const auto told = migrate(url_in(folder), true);
  REQUIRE(told.applied.size() == sql::migrations().size());
  CHECK(told.applied[0] == "0001 offices, accounts, registry, requests, history");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "test.db"));

  DatabaseOptions no_migration;
  no_migration.migrate = false;
  CHECK(message_of([&] { Database::open(url_in(folder), no_migration); }).find("xueji migrate") != std::string::npos);
  CHECK(migrate(url_in(folder), true).applied == told.applied);
  CHECK(migrate(url_in(folder), false).applied == told.applied);
  CHECK(migrate(url_in(folder), false).applied.empty());
  CHECK(Database::open(url_in(folder), no_migration)->is_empty());
}

TEST_CASE("a step that was changed after it was applied is refused with both checksums, as is a newer database") {
  TemporaryFolder folder;
  migrate(url_in(folder), false);
  const auto& first = sql::migrations()[0];
  sql::Connections connections(url_in(folder), {});
  const auto attempt = [&](std::vector<sql::Migration> steps) {
    return message_of([&] {
      sql::Connections::Writing writing(connections);
      sql::migrate(*writing, steps, false);
    });
  };
  auto changed = first;
  changed.statements.push_back("CREATE TABLE extra (id {id})");
  CHECK(attempt({changed}).find(sql::checksum(first)) != std::string::npos);
  CHECK(attempt({changed}).find(sql::checksum(changed)) != std::string::npos);

  const sql::Migration second{2, "second", {"CREATE TABLE extra (id {id})", "CREATE TABLE other (id {id})"}};
  {
    sql::Connections::Writing writing(connections);
    const std::vector<sql::Migration> steps{first, second};
    CHECK(sql::migrate(*writing, steps, false).applied == std::vector<std::string>{"0002 second"});
    writing.commit();
  }
  {
    const sql::Connections::Reading session(connections);
    const auto tables = columns_of(*session);
    CHECK(tables.contains("extra"));
    CHECK(tables.contains("other"));
  }
  CHECK(attempt({first}).find("newer than this program") != std::string::npos);
}

TEST_CASE("a step that fails in the middle leaves nothing of itself") {
  TemporaryFolder folder;
  sql::Connections connections(url_in(folder), {});
  const std::vector<sql::Migration> broken{{1, "broken", {"CREATE TABLE one (id {id})", "CREATE TABLE one (id {id})"}}};
  CHECK_THROWS_AS(
      [&] {
        sql::Connections::Writing writing(connections);
        sql::migrate(*writing, broken, false);
        writing.commit();
      }(),
      StoreError);
  const sql::Connections::Reading session(connections);
  CHECK(columns_of(*session).empty());
}

TEST_CASE("addresses that lead nowhere are answered with a sentence") {
  CHECK(message_of([] { Database::open("mysql://u@h/db"); }).find("comes in a later version") != std::string::npos);
  CHECK(message_of([] { Database::open("postgres://x"); }).find("begins with sqlite:") != std::string::npos);
  CHECK(message_of([] { Database::open("sqlite://relative.db"); }).find("three slashes") != std::string::npos);
  CHECK(message_of([] { Database::open("sqlite:"); }).find("names no file") != std::string::npos);
  CHECK(message_of([] { Database::open("sqlite:///nowhere/at/all.db"); }).find("can't be opened") != std::string::npos);
}

TEST_CASE("a store's error never tells what was stored") {
  Registry registry;
  auto loader = registry.database->bulk_loader();
  auto twin = student_of(1, school, "秘密的名字");
  try {
    loader->add(twin);
    FAIL("a second student with the same id");
  } catch (const StoreError& error) {
    const std::string text = error.what();
    CHECK(text == "a row breaks a rule of the schema (SQLite error 19)");
  }
}

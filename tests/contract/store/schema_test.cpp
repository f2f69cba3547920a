// The schema as it must stand, and the addresses that lead to it.
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <set>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/table_reader.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

using Names = std::map<std::string, std::set<std::string>>;
using Texts = std::map<std::string, std::string>;

/// What a question in the words of each system finds: a name, and what is said of it.
Texts facts(sql::Session& session, std::string_view in_sqlite, std::string_view in_mariadb) {
  Texts found;
  auto& rows = session.prepare(on_sqlite() ? in_sqlite : in_mariadb, "tt");
  rows.each([&] {
    auto& text = found[rows.text(0)];
    text += (text.empty() ? "" : ",") + rows.text(1);
  });
  return found;
}

Names columns_of(sql::Session& session) {
  Names columns;
  auto& rows = session.prepare(
      on_sqlite() ? "SELECT m.name, c.name FROM sqlite_master m CROSS JOIN pragma_table_info(m.name) c "
                    "WHERE m.type = 'table'"
                  : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()",
      "tt");
  rows.each([&] { columns[rows.text(0)].insert(rows.text(1)); });
  return columns;
}

/// A database with the schema, and a session that looks at it.
struct Migrated {
  Migrated() {
    migrate(place.url(), {}, false);
    connections.emplace(place.url(), DatabaseOptions{});
    session.emplace(*connections);
  }
  TestDatabase place;
  std::optional<sql::Connections> connections;
  std::optional<sql::Connections::Reading> session;
};

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
  const Migrated database;
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
  CHECK(described == columns_of(**database.session));
}

TEST_CASE("what goes over whole tables knows every one, in the order in which they refer to each other") {
  const Migrated database;
  Names known{{"schema_migration", {"version", "name", "checksum", "applied_at"}},
              {"schema_progress", {"version", "checksum", "part", "position", "rows_done", "rows_all"}}};
  for (const auto& table : sql::tables_made_by(sql::schema_steps())) {
    CAPTURE(table.name);
    CHECK_FALSE(table.key.empty());
    // Reads every column as the kind that it is taken for.
    CHECK_NOTHROW(sql::TableReader(**database.session, table, 1).next());
    for (const auto& column : table.columns) known[table.name].insert(column.name);
  }
  CHECK(known == columns_of(**database.session));
}

TEST_CASE("64-bit numbers are BIGINT everywhere; the other columns are texts") {
  const Migrated database;
  auto& rows = (*database.session)
                   ->prepare(on_sqlite() ? "SELECT DISTINCT CASE WHEN c.type LIKE 'VARCHAR(%' THEN 'VARCHAR' "
                                           "WHEN c.type = 'INTEGER' AND c.pk = 1 THEN 'BIGINT' ELSE c.type END "
                                           "FROM sqlite_master m CROSS JOIN pragma_table_info(m.name) c "
                                           "WHERE m.type = 'table'"
                                         : "SELECT DISTINCT UPPER(REPLACE(data_type, 'longtext', 'text')) "
                                           "FROM information_schema.columns WHERE table_schema = DATABASE()",
                             "t");
  std::set<std::string> types;
  rows.each([&] { types.insert(rows.text(0)); });
  CHECK(types == std::set<std::string>{"BIGINT", "TEXT", "VARCHAR"});
}

TEST_CASE("on MariaDB every text is utf8mb4, compared byte by byte with its trailing spaces, in InnoDB") {
  if (on_sqlite()) return;
  const Migrated database;
  auto& texts = (*database.session)
                    ->prepare(
                        "SELECT DISTINCT character_set_name, collation_name FROM information_schema.columns "
                        "WHERE table_schema = DATABASE() AND data_type <> 'bigint'",
                        "tt");
  std::set<std::string> found;
  texts.each([&] { found.insert(texts.text(0) + ' ' + texts.text(1)); });
  CHECK(found == std::set<std::string>{"utf8mb4 utf8mb4_nopad_bin"});
  auto& tables = (*database.session)
                     ->prepare(
                         "SELECT DISTINCT engine, row_format, table_collation FROM information_schema.tables "
                         "WHERE table_schema = DATABASE()",
                         "ttt");
  found.clear();
  tables.each([&] { found.insert(tables.text(0) + ' ' + tables.text(1) + ' ' + tables.text(2)); });
  CHECK(found == std::set<std::string>{"InnoDB Dynamic utf8mb4_nopad_bin"});
}

TEST_CASE("texts are told apart to the last byte, whatever the server's own defaults") {
  Registry registry;
  auto loader = registry.database->bulk_loader();
  std::int64_t id = 100;
  for (const auto* name : {"𠮷", "𫝆", "吉", "a", "A", "ä", "a ", "é", "e\u0301"}) {
    auto student = student_of(1, school, name);
    student.id = StudentId{id++};
    student.id_number.reset();
    student.numbers.clear();
    loader->add(student);
  }
  loader->commit();
  loader.reset();
  sql::Connections connections(registry.place.url(), {});
  const sql::Connections::Reading session(connections);
  auto& named = session->prepare("SELECT COUNT(*), MIN(id) FROM student WHERE name = ?t", "ii");
  const std::vector<std::pair<std::string, long long>> wanted{
      {"𠮷", 100}, {"𫝆", 101}, {"a", 103}, {"A", 104}, {"a ", 106}};
  for (const auto& [name, expected] : wanted) {
    CAPTURE(name);
    REQUIRE(named.bind(name).one());
    CHECK(named.integer(0) == 1);
    CHECK(named.integer(1) == expected);
  }
  auto& written = session->prepare("SELECT name FROM student WHERE id = ?i", "t");
  REQUIRE(written.bind(106).one());
  CHECK(written.text(0) == "a ");
}

TEST_CASE("the indexes are those that were measured: each further one costs every transition a page") {
  const Migrated database;
  auto indexes = facts(
      **database.session,
      "SELECT m.name, (SELECT group_concat(i.name) FROM pragma_index_info(m.name) i) "
      "FROM sqlite_master m WHERE m.type = 'index' AND m.tbl_name IN ('request', 'request_place', 'request_subject', "
      "'task', 'history') AND m.sql IS NOT NULL",
      "SELECT index_name, column_name FROM information_schema.statistics "
      "WHERE table_schema = DATABASE() AND table_name IN ('request', 'request_place', 'request_subject', 'task', "
      "'history') AND index_name <> 'PRIMARY' ORDER BY table_name, index_name, seq_in_index");
  // InnoDB keeps an index behind every foreign key; that of `task` is its primary key.
  if (!on_sqlite()) {
    CHECK(indexes["request_id"] == "request_id");
    CHECK(indexes["request_by_school"] == "school_id,id");
    indexes.erase("request_id");
    indexes.erase("request_by_school");
  }
  CHECK(indexes == Texts{{"history_by_key", "key_hash"},
                         {"request_by_definition", "definition_id,id"},
                         {"request_by_opener", "opened_by,id"},
                         {"request_by_student", "student_id,id"},
                         {"request_place_by_office", "office_id,request_id"},
                         {"request_subject_by_student", "student_id,request_id"},
                         {"task_by_queue", "queue,since,request_id,number,due"},
                         {"task_by_timer", "timer"},
                         {"task_undecidable", "undecidable_since"}});
}

TEST_CASE("rows can't refer to what is not there: the foreign keys are the same everywhere") {
  const Migrated database;
  const auto found = facts(**database.session,
                           "SELECT m.name || '.' || f.\"from\", f.\"table\" FROM sqlite_master m "
                           "CROSS JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
                           "SELECT CONCAT(table_name, '.', column_name), referenced_table_name "
                           "FROM information_schema.key_column_usage WHERE table_schema = DATABASE() "
                           "AND referenced_table_name IS NOT NULL");
  CHECK(found == Texts{{"history.request_id", "request"},
                       {"known_device.account_id", "account"},
                       {"login_session.account_id", "account"},
                       {"notification.history_id", "history"},
                       {"pending_act.account_id", "account"},
                       {"pending_act.request_id", "request"},
                       {"post.account_id", "account"},
                       {"post.office_id", "office"},
                       {"post_proposal.account_id", "account"},
                       {"post_proposal.office_id", "office"},
                       {"post_proposal.proposed_by", "account"},
                       {"recovery_code.account_id", "account"},
                       {"request.definition_id", "definition"},
                       {"request.school_id", "office"},
                       {"request.student_id", "student"},
                       {"request_once.request_id", "request"},
                       {"request_past_place.office_id", "office"},
                       {"request_past_place.request_id", "request"},
                       {"request_place.office_id", "office"},
                       {"request_place.request_id", "request"},
                       {"request_subject.request_id", "request"},
                       {"request_subject.student_id", "student"},
                       {"second_factor.account_id", "account"},
                       {"student.school_id", "office"},
                       {"student_change.history_id", "history"},
                       {"student_change.student_id", "student"},
                       {"student_handle.account_id", "account"},
                       {"student_handle.student_id", "student"},
                       {"student_number.student_id", "student"},
                       {"task.request_id", "request"},
                       {"twin_mark.student_id", "student"},
                       {"undo_event.request_id", "request"}});
}

TEST_CASE("addresses that lead nowhere are answered with a sentence") {
  CHECK(message_of([] { Database::open("mysql://u@127.0.0.1:1/db"); }).find("can't be reached") != std::string::npos);
  CHECK(message_of([] { Database::open("mysql://u@h/"); }).find("name of one database") != std::string::npos);
  CHECK(message_of([] { Database::open("mysql://h/db"); }).find("names no user") != std::string::npos);
  CHECK(message_of([] { Database::open("mysql://u:secret@h/db?x=y"); }).find("unknown parameter") != std::string::npos);
  CHECK(message_of([] { Database::open("postgres://x"); }).find("begins with sqlite: or mysql:") != std::string::npos);
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
    loader->commit();
    FAIL("a second student with the same id");
  } catch (const StoreError& error) {
    const std::string text = error.what();
    CHECK(text == std::string("a row breaks a rule of the schema ") +
                      (on_sqlite() ? "(SQLite error 19)" : "(MariaDB error 1062)"));
  }
}

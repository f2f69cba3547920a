// A database carried over into another, of the same system or the other, and back.

#include "adapters/sql/audit.hpp"
#include "adapters/sql/connections.hpp"
#include "adapters/sql/copy_database.hpp"
#include "adapters/sql/migrations.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

std::vector<CopiedTable> copied(const std::string& from, const std::string& to) {
  return copy_database({from, {}}, {to, {}}, [](std::int64_t, std::int64_t) {});
}

std::string file_in(const TestDatabase& place, const std::string& name) {
  return "sqlite://" + (place.folder() / name).string();
}

void execute(const std::string& url, const std::string& statement) {
  sql::Connections connections(url, {});
  sql::Connections::Writing writing(connections);
  writing->execute(statement);
  writing.commit();
}

/// A registry with open and ended requests, names and texts of every kind.
struct Lived : Registry {
  Lived() {
    const auto one = open_request(*this, StudentId{1});
    open_request(*this, StudentId{2});
    commit(store(), {ending(one, {{"name", "𠮷田·买买提", "e\u0301 ss "}}, at(1))});
    database->evidence().add({std::string(64, 'e'), registrar, " 页 1.jpg ", "image/jpeg", 12345, at(0)});
    database->accounts().add_session({std::string(64, 'b'), head, at(0), at(60)});
    database->accounts().mark_read(head, {NotificationId{1}});
  }
};

}  // namespace

TEST_CASE("a copy holds every row, there and back") {
  Lived registry;
  const auto there = file_in(registry.place, "there.db");
  TestDatabase again;
  std::int64_t done = 0, all = 0;
  const auto first = copy_database({registry.place.url(), {}}, {there, {}}, [&](std::int64_t rows, std::int64_t of) {
    CHECK(rows > done);
    done = rows;
    all = of;
  });
  CHECK(done == all);
  const auto second = copied(there, again.url());
  REQUIRE(first.size() == second.size());
  for (std::size_t at = 0; at < first.size(); ++at) {
    CAPTURE(first[at].table);
    CHECK(first[at].from == first[at].to);
    CHECK(first[at].to == second[at].from);
    CHECK(second[at].from == second[at].to);
  }

  const auto report = audit(again.url(), {}, {}, [](std::int64_t, std::int64_t) {});
  CHECK(report.faults == std::vector<std::string>{});
  CHECK(report.entries == 5);
  const auto database = again.open();
  CHECK(database->queries().student(StudentId{1})->name == "e\u0301 ss ");
  CHECK(database->accounts().session(std::string(64, 'b')));
  CHECK(database->evidence().find(std::string(64, 'e'))->filename == " 页 1.jpg ");
}

TEST_CASE("a copy is one moment of a database that is written meanwhile") {
  Lived registry;
  const auto entries = registry.queries().newest_history();
  bool written = false;
  const auto tables =
      copy_database({registry.place.url(), {}}, {file_in(registry.place, "there.db"), {}}, [&](auto, auto) {
        if (!std::exchange(written, true)) open_request(registry, StudentId{3}, second_school);
      });
  for (const auto& table : tables) {
    CAPTURE(table.table);
    CHECK(table.from == table.to);
    if (table.table == "history") CHECK(table.to.rows == entries.value);
  }
  CHECK(registry.queries().newest_history() > entries);
}

TEST_CASE("a target that is not empty, or not of this schema, is refused and left as it was") {
  Lived registry;
  const TestDatabase taken;
  taken.open()->accounts().add({{}, "somebody", "某人", Language::zh, "hash", false, 0, {}});
  CHECK_THROWS_WITH(copied(registry.place.url(), taken.url()),
                    "the target is not empty: its table `account` holds rows; name a database with nothing in it");
  CHECK(taken.open()->accounts().by_username("somebody"));
  CHECK_THROWS_WITH(copied(registry.place.url(), registry.place.url()),
                    Catch::Matchers::ContainsSubstring("the target is not empty"));

  const TestDatabase other;
  migrate(other.url(), {}, false);
  execute(other.url(), "UPDATE schema_migration SET checksum = 'x'");
  CHECK_THROWS_WITH(copied(registry.place.url(), other.url()),
                    Catch::Matchers::ContainsSubstring("the step was changed after its release"));
}

TEST_CASE("a database that lacks schema steps, or that is not there, is not copied") {
  const TestDatabase target;
  CHECK_THROWS_WITH(copied("sqlite://" + (target.folder() / "none.db").string(), target.url()),
                    "there is no database at the configured address");
  const TestDatabase old;
  migrate(old.url(), {}, false);
  execute(old.url(), "DELETE FROM schema_migration");
  CHECK_THROWS_WITH(copied(old.url(), target.url()), "the database lacks schema steps: run `xueji migrate` first");
}

TEST_CASE("a copy that broke off is refused by every program until it is made anew") {
  Lived registry;
  const TestDatabase target;
  const auto break_off = [](std::int64_t, std::int64_t) { throw std::runtime_error("the power fails"); };
  CHECK_THROWS_WITH(copy_database({registry.place.url(), {}}, {target.url(), {}}, break_off), "the power fails");
  const auto refused = Catch::Matchers::ContainsSubstring("a copy into this database was not finished");
  CHECK_THROWS_WITH(target.open(), refused);
  CHECK_THROWS_WITH(copied(registry.place.url(), target.url()), refused);
  CHECK_THROWS_WITH(audit(target.url(), {}, {}, [](std::int64_t, std::int64_t) {}), refused);
}

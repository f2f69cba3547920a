// Sessions that break, wait, and come back; what a database server does to them when nobody looks.
#include <fmt/format.h>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/database_address.hpp"
#include "adapters/sql/mysql_errors.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;
using Kind = StoreError::Kind;

namespace {

std::optional<Kind> kind_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const StoreError& error) {
    return error.kind;
  }
  return {};
}

/// Ends every other session of the database, as an operator or a restart of the server does.
void end_other_sessions(const std::string& url) {
  sql::Connections connections(url, {});
  const sql::Connections::Reading session(connections);
  std::vector<long long> others;
  auto& rows = session->prepare(
      "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()", "i");
  rows.each([&] { others.push_back(rows.integer(0)); });
  for (const auto id : others) session->execute("KILL CONNECTION " + std::to_string(id));
}

}  // namespace

TEST_CASE("sessions that the server ended are replaced where they are wanted next, and nobody notices") {
  if (on_sqlite()) return;
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  REQUIRE(registry.queries().request(request.id));
  end_other_sessions(registry.place.url());
  CHECK(registry.queries().request(request.id));
  commit(registry.store(), {moving(request, "comment", "head_review", {school, Role::head}, at(1))});
  CHECK(registry.queries().request(request.id)->request.version == request.version + 1);
}

TEST_CASE("a transaction whose session is ended may be tried again whole: nothing of it is there") {
  if (on_sqlite()) return;
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  std::vector<Write> writes{ending(request, {}, at(1))};
  {
    auto transaction = registry.store().begin();
    end_other_sessions(registry.place.url());
    CHECK(kind_of([&] { transaction->write(writes); }) == Kind::busy);
  }
  CHECK_FALSE(registry.queries().request(request.id)->request.outcome);
  auto transaction = registry.store().begin();
  transaction->write(writes);
  end_other_sessions(registry.place.url());
  // Whether a COMMIT that got no answer happened is for the idempotency key to tell.
  CHECK(kind_of([&] { transaction->commit(); }) == Kind::unknown_outcome);
  transaction.reset();
  CHECK_FALSE(registry.queries().request(request.id)->request.outcome);
}

TEST_CASE("whoever writes has the database to itself, beside other programs too") {
  Registry registry;
  const auto other = registry.place.open();
  auto held = registry.store().begin();
  const auto first = held->next_request_id();
  CHECK(kind_of([&] { other->store().begin(); }) == Kind::busy);
  std::vector<Write> writes{opening(first, registry.definition, StudentId{1})};
  held->write(writes);
  held->commit();
  held.reset();
  CHECK(other->store().begin()->next_request_id().value == first.value + 1);
}

TEST_CASE("a row that another program changed meanwhile is found by its version, not overwritten") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  sql::Connections connections(registry.place.url(), {});
  {
    sql::Connections::Writing writing(connections);
    writing->execute("UPDATE request SET version = version + 1 WHERE id = 1");
    writing.commit();
  }
  CHECK(kind_of([&] { commit(registry.store(), {ending(request, {}, at(1))}); }) == Kind::stale);
}

TEST_CASE("a hand that waits for nobody's turn can't make a change be lost between reading and writing") {
  // SQLite lets nobody else write meanwhile.
  if (on_sqlite()) return;
  const std::string statement = GENERATE(as<std::string>{}, "UPDATE request SET version = version + 1 WHERE id = 1",
                                         "UPDATE student SET version = version + 1 WHERE id = 1",
                                         "UPDATE student SET open_request_id = 0 WHERE id = 1");
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const bool changes = GENERATE(true, false);
  std::vector<RegistryChange> change{{"name", "𠮷田·买买提", "甲"}};
  if (!changes) change.clear();
  auto transaction = registry.store().begin();
  transaction->load({{request.id}, {request.student}, {}, {}});
  {
    const sql::Connections connections(registry.place.url(), {});
    sql::Session(connections.dialect(), sql::SessionUse::schema, {}).execute(statement);
  }
  std::vector<Write> writes{ending(request, change, at(1))};
  CAPTURE(statement, changes);
  CHECK(kind_of([&] { transaction->write(writes); }) == Kind::stale);
}

TEST_CASE("a session lives only so long, and its successor has every setting") {
  Registry registry;
  DatabaseOptions options;
  options.read_sessions = 1;
  options.session_lifetime = std::chrono::seconds{0};
  sql::Connections connections(registry.place.url(), options);
  std::set<long long> seen;
  for (int number = 0; number < 3; ++number) {
    const sql::Connections::Reading session(connections);
    session->require_durability();
    if (on_sqlite()) continue;
    auto& id = session->prepare("SELECT CONNECTION_ID(), @@lock_wait_timeout", "ii");
    REQUIRE(id.one());
    seen.insert(id.integer(0));
  }
  CHECK(seen.size() == (on_sqlite() ? 0 : 3));
}

TEST_CASE("a reading session sees one moment, and can't write") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  sql::Connections connections(registry.place.url(), {});
  const sql::Connections::Reading session(connections);
  auto& version = session->prepare("SELECT version FROM request WHERE id = ?i", "i");
  REQUIRE(version.bind(request.id).one());
  commit(registry.store(), {ending(request, {}, at(1))});
  REQUIRE(version.bind(request.id).one());
  CHECK(version.integer(0) == request.version);
  CHECK(kind_of([&] { session->execute("DELETE FROM task"); }) == Kind::broken);
}

TEST_CASE("errors of MariaDB are sorted by number: what may be tried again, what is unknown, what is broken") {
  const auto [number, during, at_commit] = GENERATE(table<unsigned, Kind, Kind>({
      {1213, Kind::busy, Kind::busy},
      {1205, Kind::busy, Kind::busy},
      {1020, Kind::busy, Kind::busy},
      {1047, Kind::busy, Kind::busy},
      {1040, Kind::busy, Kind::busy},
      {1203, Kind::busy, Kind::busy},
      {2002, Kind::busy, Kind::busy},
      {2003, Kind::busy, Kind::busy},
      {2006, Kind::busy, Kind::unknown_outcome},
      {2013, Kind::busy, Kind::unknown_outcome},
      {1927, Kind::busy, Kind::unknown_outcome},
      {1053, Kind::busy, Kind::unknown_outcome},
      {1062, Kind::broken, Kind::broken},
      {1406, Kind::broken, Kind::broken},
      {1366, Kind::broken, Kind::broken},
      {1290, Kind::broken, Kind::broken},
      {1045, Kind::broken, Kind::broken},
      {1064, Kind::broken, Kind::broken},
  }));
  CAPTURE(number);
  CHECK(sql::mysql_error(number, false).kind == during);
  CHECK(sql::mysql_error(number, true).kind == at_commit);
  CHECK_THAT(sql::mysql_error(number, false).what(),
             Catch::Matchers::ContainsSubstring(fmt::format("(MariaDB error {})", number)));
}

TEST_CASE("TLS with the server's certificate checked: by its authority, and by no other") {
  if (on_sqlite()) return;
  const TestDatabase place;
  std::string authority;
  {
    sql::Connections connections(place.url(), {});
    const sql::Connections::Reading session(connections);
    auto& row = session->prepare("SELECT @@ssl_ca", "t");
    REQUIRE(row.one());
    authority = row.text(0);
  }
  // The tests' own server has a certificate (script/mariadb).
  REQUIRE_FALSE(authority.empty());
  DatabaseOptions options;
  options.tls = "verify";
  options.tls_ca = authority;
  {
    sql::Connections connections(place.url(), options);
    const sql::Connections::Reading session(connections);
    auto& cipher = session->prepare(
        "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'SSL_CIPHER'", "t");
    REQUIRE(cipher.one());
    CHECK_FALSE(cipher.text(0).empty());
  }
  options.tls_ca = "/etc/ssl/certs/ca-certificates.crt";
  CHECK_THROWS_WITH(place.open(options), Catch::Matchers::ContainsSubstring("no trusted TLS connection"));
  options.tls_ca = "/no/such/file.pem";
  CHECK_THROWS_WITH(place.open(options), Catch::Matchers::ContainsSubstring("no trusted TLS connection"));
  options.tls = "maybe";
  CHECK_THROWS_WITH(place.open(options), Catch::Matchers::ContainsSubstring("neither `verify` nor `off`"));
}

TEST_CASE("an address is shown without its password, and taken apart as it is written") {
  CHECK(sql::without_password("mysql://u:s@cret@h:3307/db") == "mysql://u:***@h:3307/db");
  CHECK(sql::without_password("mysql://u@h/db") == "mysql://u@h/db");
  CHECK(sql::without_password("sqlite:///a:b@c") == "sqlite:///a:b@c");
  const auto parsed =
      std::get<sql::MysqlAddress>(sql::parse_database_address("mysql://xue%40ji:p%3Aw%2F@[::1]:3307/xueji-1"));
  CHECK(parsed.user == "xue@ji");
  CHECK(parsed.password == "p:w/");
  CHECK(parsed.host == "::1");
  CHECK(parsed.port == 3307);
  CHECK(parsed.database == "xueji-1");
  CHECK(parsed.is_local());
  const auto by_socket =
      std::get<sql::MysqlAddress>(sql::parse_database_address("mariadb://u@localhost/db?socket=/run/s.sock"));
  CHECK(by_socket.socket == "/run/s.sock");
  CHECK(by_socket.host.empty());
  CHECK_FALSE(std::get<sql::MysqlAddress>(sql::parse_database_address("mysql://u@db.example.cn/x")).is_local());
}

TEST_CASE("a store to which nothing can be written is not well, though it answers every question") {
  DatabaseOptions impatient;
  impatient.wait = std::chrono::milliseconds{200};
  Registry registry{impatient};
  CHECK_NOTHROW(registry.queries().check_health());
  registry.reopen();  // what it remembers of the last trial
  sql::Connections others(registry.place.url(), {});
  std::optional<sql::Connections::Writing> held{others};
  CHECK(kind_of([&] { registry.queries().check_health(); }) == Kind::busy);
  CHECK(registry.queries().student(StudentId{1}));
  held.reset();
  CHECK_NOTHROW(registry.queries().check_health());
}

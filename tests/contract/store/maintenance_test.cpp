// Audit, backup, sharing of sessions.

#include <fstream>
#include <thread>

#include "adapters/sql/audit.hpp"
#include "adapters/sql/backup.hpp"
#include "adapters/sql/connections.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const std::string& url_of(const Registry& registry) { return registry.place.url(); }

AuditReport audited(const Registry& registry) {
  return audit(url_of(registry), {}, {}, [](std::int64_t, std::int64_t) {});
}

void tamper(const Registry& registry, const std::string& statement) {
  sql::Connections connections(url_of(registry), {});
  sql::Connections::Writing writing(connections);
  writing->execute(statement);
  writing.commit();
}

}  // namespace

TEST_CASE("the audit finds a sound database sound, and counts what it read") {
  Registry registry;
  const auto one = open_request(registry, StudentId{1});
  open_request(registry, StudentId{2});
  commit(registry.store(), {ending(one, {{"name", "𠮷田·买买提", "甲"}}, at(1))});
  const auto report = audited(registry);
  CHECK(report.faults == std::vector<std::string>{});
  CHECK(report.requests == 2);
  CHECK(report.open == 1);
  CHECK(report.entries == 5);
  CHECK(report.submissions == 2);
  CHECK(report.changes == 1);
  CHECK(report.tasks == 1);
}

TEST_CASE("the audit names whatever was changed behind the program's back") {
  const auto [statement, sentence] = GENERATE(table<std::string, std::string>({
      {"UPDATE history SET comment = 'x' WHERE id = 2", "history entry 2 of request 1 is not what its hash says"},
      {"UPDATE history SET account_id = 2 WHERE id = 1", "history entry 1 of request 1 is not what its hash says"},
      {"UPDATE history SET recorded_at = recorded_at + 1 WHERE id = 5",
       "history entry 5 of request 1 is not what its hash says"},
      {"UPDATE history SET changes = '[]' WHERE id = 5", "history entry 5 of request 1 is not what its hash says"},
      {"UPDATE history SET previous_id = 1 WHERE id = 5",
       "history entry 5 of request 1 does not follow the entry before it"},
      {"UPDATE history SET previous_id = 0 WHERE id = 5", "2 history entries belong to no request's chain"},
      {"UPDATE request SET last_history_id = 2 WHERE id = 1",
       "request 1 does not end with the hash of its newest history entry"},
      {"UPDATE request SET last_hash = 'x' WHERE id = 1",
       "request 1 does not end with the hash of its newest history entry"},
      {"UPDATE request SET version = 0 WHERE id = 1", "request 1 is at an older version than its history"},
      {"UPDATE history SET hash_format = 1 WHERE id = 5", "history entry 5 of request 1 is not what its hash says"},
      {"UPDATE history SET hash_format = 1 WHERE id = 5",
       "history entry 5 of request 1 is of an older format than the one before it"},
      {"UPDATE history SET hash_format = 1 WHERE id = 5",
       "history entry 5 is of format 1, and entry 1 before it of format 2"},
      {"UPDATE history SET hash_format = 3 WHERE id = 5", "history entry 5 of request 1 is not what its hash says"},
      {"UPDATE history SET submission = 0 WHERE id = 5", "history entry 5 of request 1 is not what its hash says"},
      {"UPDATE request SET document = REPLACE(document, 'eeee', 'ffff') WHERE id = 1",
       "the form of request 1 is not the one that was submitted"},
      {"UPDATE submission SET document = REPLACE(document, 'eeee', 'ffff') WHERE request_id = 1",
       "submission 1 of request 1 is not what its hashes say"},
      {"UPDATE submission SET form_hash = evidence_hash WHERE request_id = 1",
       "history entry 1 of request 1 is not what its hash says"},
      {"DELETE FROM submission WHERE request_id = 1", "request 1 does not rest on the newest of its submissions"},
      {"INSERT INTO submission VALUES (9, 1, 1, 1, 'x', 'x', '{\"fields\":{},\"before\":{},\"evidence\":[]}')",
       "1 submission(s) belong to no request"},
      {"UPDATE request SET document = REPLACE(document, '\"submit\"', '\"claim\"') WHERE id = 1",
       "the acts of request 1 are not those of its history"},
      {"DELETE FROM request_evidence WHERE request_id = 1",
       "scan " + std::string(64, 'e') + " of request 1 would be swept"},
      {"DELETE FROM student_change", "the change of 'name' in history entry 5 is missing among the student's changes"},
      {"UPDATE student_change SET new_value = '乙'", "the student's change of 'name' is not in history entry 5"},
      {"INSERT INTO student_change VALUES (999999, 3, 2, 'name', 'a', 'b', 0, 0)",
       "the student's change of 'name' is not in history entry 3"},
      {"DELETE FROM task", "request 2 has 0 task(s) where its state makes 1"},
      {"INSERT INTO task VALUES (1, 1, 1, 5, 42, 'x', 0, 0, 0, 0, NULL, 9, 0, 0)",
       "request 1 has 1 task(s) where its state makes 0"},
      {"UPDATE student SET open_request_id = 0 WHERE id = 2", "request 2 is open and does not lock its student"},
      {"UPDATE student SET open_request_id = 1 WHERE id = 1", "request 1 has ended and still locks its student"},
      {"UPDATE student SET open_request_id = 77 WHERE id = 3", "1 student(s) are locked by no open request"},
      {"UPDATE student SET id_number = '11010519491231002X', birth_date = '1949-12-31', sex = 'male' WHERE id = 3",
       "1 student(s) have a sex or a birth date against their ID number"},
      {"INSERT INTO student_change VALUES (999999, 3, 2, 'status', 'deceased', 'in_school', 0, 0)",
       "1 change(s) brought a student back from death"},
      {"UPDATE student SET name = '改名', name_key = '改名' WHERE id = 1",
       "1 student(s) have another name than their last change gave them"},
      {"INSERT INTO student_change VALUES (999999, 3, 2, 'school', '3', '4', 0, 0)",
       "1 student(s) have another school than their last change gave them"},
      {"INSERT INTO student_change VALUES (999999, 3, 2, 'number.state', 'G11010519491231002X current', "
       "'G11010519491231002X retired', 0, 0)",
       "1 student(s) have another number than their last change gave them"},
      {"UPDATE definition SET yaml = 'x'", "the text of version 1 of key-information-change is not what was loaded"},
      {"UPDATE task SET queue = queue + 8 WHERE request_id = 2",
       "request 2 has a task in another place, queue or state than its own"},
      {"UPDATE task SET state = 'x' WHERE request_id = 2",
       "request 2 has a task in another place, queue or state than its own"},
      {"UPDATE task SET number = 9 WHERE request_id = 2",
       "request 2 has a task in another place, queue or state than its own"},
      {"UPDATE task SET branch = 1 WHERE request_id = 2",
       "request 2 has a task in another place, queue or state than its own"},
      {"UPDATE task SET escalated = 1 WHERE request_id = 2",
       "request 2 has a task in another place, queue or state than its own"},
  }));
  Registry registry;
  const auto one = open_request(registry, StudentId{1});
  open_request(registry, StudentId{2});
  commit(registry.store(), {ending(one, {{"name", "𠮷田·买买提", "甲"}}, at(1))});
  tamper(registry, statement);
  const auto report = audited(registry);
  CAPTURE(statement);
  CHECK(report.faults_found == static_cast<std::int64_t>(report.faults.size()));
  CHECK_THAT(report.faults, Catch::Matchers::VectorContains(sentence));
}

TEST_CASE("the audit asks for every scan that something was based on") {
  Registry registry;
  auto write = opening(RequestId{1}, registry.definition, StudentId{1});
  commit(registry.store(), {write});
  const auto submitted = registry.queries().request(RequestId{1})->request;
  auto again = moving(submitted, "comment", "head_review", {school, Role::head}, at(1));
  again.decision.request.kept_evidence = {submitted.evidence.front().sha256};
  again.decision.request.evidence.front().sha256 = std::string(64, 'd');
  pin(again.decision);
  commit(registry.store(), {again});
  std::vector<std::string> asked;
  const auto check = [&](const EvidenceItem& item) {
    asked.push_back(item.sha256);
    return item.sha256.starts_with('e') ? "is gone" : "";
  };
  const auto report = audit(url_of(registry), {}, check, [](std::int64_t, std::int64_t) {});
  CHECK(asked == std::vector{std::string(64, 'd'), std::string(64, 'e')});
  CHECK(report.faults == std::vector{"scan " + std::string(64, 'e') + " of request 1: is gone"});

  const auto found = registry.queries().submissions(RequestId{1}, 9, {1, {}});
  REQUIRE(found.items.size() == 1);
  CHECK(found.items[0].submission == *again.decision.submission);
  CHECK(found.items[0].by_username == "head");
  const auto rest = registry.queries().submissions(RequestId{1}, 9, {1, found.next});
  REQUIRE(rest.items.size() == 1);
  CHECK(rest.items[0].submission == *write.decision.submission);
  CHECK(rest.items[0].hashes == submitted.pinned);
  CHECK_FALSE(rest.next);
}

TEST_CASE("the audit goes on beside a server that writes") {
  Registry registry;
  std::jthread server([&](const std::stop_token& stop) {
    auto request = open_request(registry, StudentId{1});
    for (int minute = 1; !stop.stop_requested(); ++minute) {
      auto write = moving(request, "comment", "head_review", {school, Role::head}, at(minute));
      commit(registry.store(), {write});
      request = registry.queries().request(request.id)->request;
    }
  });
  while (registry.queries().newest_history().value < 20) std::this_thread::yield();
  const auto report = audited(registry);
  server.request_stop();
  server.join();
  CHECK(report.faults == std::vector<std::string>{});
  CHECK(report.entries >= 20);
}

TEST_CASE("a backup holds what was committed, refuses to overwrite, and can be put back") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const auto copy = (registry.place.folder() / "copy.db").string();
  if (!on_sqlite()) {
    CHECK_THROWS_WITH(backup(url_of(registry), copy), Catch::Matchers::ContainsSubstring("mariadb-backup"));
    return;
  }
  std::ofstream(copy + ".part") << "what a copy that was killed has left";
  backup(url_of(registry), copy);
  CHECK_FALSE(std::filesystem::exists(copy + ".part"));
  CHECK_THROWS_AS(backup(url_of(registry), copy), std::runtime_error);
  commit(registry.store(), {ending(request, {}, at(1))});

  CHECK_THROWS_WITH(restore(url_of(registry), copy), "another program uses the database: stop the server first");
  CHECK(registry.queries().request(request.id)->request.outcome);
  registry.database.reset();
  restore(url_of(registry), copy);
  CHECK(std::filesystem::exists(registry.place.folder() / "test.db.before-restore"));
  restore(url_of(registry), copy);
  CHECK(std::filesystem::exists(registry.place.folder() / "test.db.before-restore-2"));
  registry.reopen();
  CHECK_FALSE(registry.queries().request(request.id)->request.outcome);
  CHECK(audited(registry).faults.empty());

  std::ofstream(registry.place.folder() / "junk.db") << "not a database, not at all, but long enough to look at";
  registry.database.reset();
  CHECK_THROWS_AS(restore(url_of(registry), (registry.place.folder() / "junk.db").string()), std::runtime_error);
  CHECK_FALSE(std::filesystem::exists(registry.place.folder() / "test.db.restoring"));
  registry.reopen();
  CHECK(registry.queries().request(request.id));
}

TEST_CASE("readers wait for a session only so long, and get one as soon as it is free") {
  Registry registry;
  DatabaseOptions options;
  options.read_sessions = 1;
  options.wait = std::chrono::milliseconds{20};
  sql::Connections connections(url_of(registry), options);
  {
    const sql::Connections::Reading taken(connections);
    CHECK_THROWS_AS(sql::Connections::Reading(connections), StoreError);
  }
  const sql::Connections::Reading free(connections);
  CHECK(free->prepare("SELECT 1", "i").one());
}

TEST_CASE("a thread that writes without pause starves nobody") {
  Registry registry;
  std::jthread committer([&](const std::stop_token& stop) {
    auto request = open_request(registry, StudentId{1});
    while (!stop.stop_requested()) {
      std::vector<Write> writes{moving(request, "comment", "head_review", {school, Role::head}, at(1))};
      commit(registry.store(), {writes});
      request = registry.queries().request(request.id)->request;
    }
  });
  for (int number = 0; number < 50; ++number)
    registry.database->accounts().add_session({std::to_string(number), head, at(0), at(10)});
  committer.request_stop();
  committer.join();
  CHECK(registry.database->accounts().session("49"));
}

TEST_CASE("six thousand students are loaded at once and found") {
  Registry registry;
  auto loader = registry.database->bulk_loader();
  for (std::int64_t number = 1000; number < 7000; ++number) {
    auto student = student_of(1, school, "学生" + std::to_string(number));
    student.id = StudentId{number};
    student.id_number.reset();
    student.numbers = {{"L1101062015030" + std::to_string(90000 + number), NumberKind::L, NumberState::current, at(0)}};
    loader->add(student);
  }
  loader->commit();
  loader.reset();
  StudentFilter filter;
  filter.number = "L1101062015030" + std::to_string(96999);
  CHECK(registry.queries().students({{school}}, filter, {}).items.size() == 1);
}

// What the pipeline may rely on: one transaction, compare-and-set, order.

#include "adapters/sql/connections.hpp"
#include "engine/machine/history_hash.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

Batch load(Store& store, const BatchKeys& keys) { return store.begin()->load(keys); }

StoreError::Kind kind_of_failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const StoreError& error) {
    return error.kind;
  }
  FAIL("nothing was thrown");
  return StoreError::Kind::broken;
}

}  // namespace

TEST_CASE("a request is read back exactly as it was written") {
  Registry registry;
  auto write = opening(RequestId{1}, registry.definition, StudentId{1});
  auto& request = write.decision.request;
  escalate(request.token, {province, Role::approver});
  give_numbers(request);
  request.token.due = at(100);
  request.token.timer = at(50);
  request.token.reminded = true;
  request.token.claimed_by = head;
  request.token.claimed_at = at(2);
  request.token.attempts = 3;
  request.findings = {{"identity_comparison", CheckOutcome::suspect, at(3), "no_match", {"不一致", "no match"}}};
  request.acts.push_back({"head_review", "approve", head, registrar, {school, Role::head}, at(4), 1});
  std::vector<Write> writes{write};
  commit(registry.store(), writes);
  registry.reopen();

  const auto batch = load(registry.store(), {{RequestId{1}, RequestId{1}, RequestId{999}}, {}, {}, {}});
  REQUIRE(batch.requests.size() == 1);
  auto expected = request;
  expected.last_hash = batch.requests.at(RequestId{1}).last_hash;
  CHECK(batch.requests.at(RequestId{1}) == expected);
  CHECK(expected.last_hash.size() == 64);
}

TEST_CASE("loading a request brings its student, and loading a student brings its open request") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const auto by_request = load(registry.store(), {{request.id}, {}, {}, {}});
  REQUIRE(by_request.students.contains(StudentId{1}));
  CHECK(by_request.students.at(StudentId{1}).name == "𠮷田·买买提");
  CHECK(by_request.students.at(StudentId{1}).numbers.size() == 2);
  CHECK(by_request.students.at(StudentId{1}).open_request == request.id);

  const auto by_student = load(registry.store(), {{}, {StudentId{1}, StudentId{2}}, {}, {}});
  CHECK(by_student.requests.contains(request.id));
  CHECK_FALSE(by_student.students.at(StudentId{2}).open_request);
}

TEST_CASE("a write on another version than the stored one is stale and leaves nothing behind") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  auto moved = moving(request, "approve", "county_review", {county, Role::reviewer}, at(1));
  commit(registry.store(), {moved});

  CHECK(kind_of_failure([&] { commit(registry.store(), {moved}); }) == StoreError::Kind::stale);
  CHECK(registry.queries().request(request.id)->request.version == 2);
  CHECK(registry.queries().request_history(request.id, {}).items.size() == 3);

  auto unknown = moved;
  unknown.decision.request.id = RequestId{77};
  CHECK(kind_of_failure([&] { commit(registry.store(), {unknown}); }) == StoreError::Kind::stale);
}

TEST_CASE("a second open request of the same student is stale, in the same batch too") {
  Registry registry;
  open_request(registry, StudentId{1});
  CHECK(kind_of_failure([&] { open_request(registry, StudentId{1}); }) == StoreError::Kind::stale);
  CHECK(kind_of_failure([&] {
          commit(registry.store(), {opening(RequestId{8}, registry.definition, StudentId{2}),
                                    opening(RequestId{9}, registry.definition, StudentId{2})});
        }) == StoreError::Kind::stale);
  CHECK_FALSE(registry.queries().student(StudentId{2})->open_request);
}

TEST_CASE("a transaction destroyed before its commit has done nothing") {
  Registry registry;
  {
    auto transaction = registry.store().begin();
    std::vector<Write> writes{opening(transaction->next_request_id(), registry.definition, StudentId{1})};
    transaction->write(writes);
  }
  CHECK(registry.queries().newest_history() == HistoryId{0});
  CHECK_FALSE(registry.queries().request(RequestId{1}));
  CHECK_FALSE(registry.queries().student(StudentId{1})->open_request);
  CHECK(open_request(registry, StudentId{1}).id == RequestId{1});
}

TEST_CASE("writes of one request in one batch follow each other") {
  Registry registry;
  auto first = opening(RequestId{1}, registry.definition, StudentId{1});
  auto second = moving(first.decision.request, "approve", "county_review", {county, Role::reviewer}, at(1));
  auto third = ending(second.decision.request, {{"name", "𠮷田·买买提", "𠮷田"}}, at(2));
  const auto written = commit(registry.store(), {first, second, third});
  REQUIRE(written.size() == 3);
  CHECK(written[0].history == std::vector{HistoryId{1}, HistoryId{2}});
  CHECK(written[1].history == std::vector{HistoryId{3}});
  CHECK(written[2].history == std::vector{HistoryId{4}});

  const auto row = registry.queries().request(RequestId{1});
  REQUIRE(row);
  CHECK(row->request.version == 3);
  CHECK(row->request.outcome == Outcome::completed);
  CHECK(row->student.name == "𠮷田");
  CHECK(row->student.version == 2);
  CHECK_FALSE(row->student.open_request);
}

TEST_CASE("history numbers and request numbers grow in the order of commits, also after a restart") {
  Registry registry;
  const auto one = open_request(registry, StudentId{1});
  registry.reopen();
  auto transaction = registry.store().begin();
  const auto id = transaction->next_request_id();
  CHECK(id.value == one.id.value + 1);
  CHECK(transaction->next_request_id().value == id.value + 1);
  std::vector<Write> writes{opening(id, registry.definition, StudentId{2})};
  CHECK(transaction->write(writes).front().history == std::vector{HistoryId{3}, HistoryId{4}});
  transaction->commit();
  CHECK(registry.queries().newest_history() == HistoryId{4});
}

TEST_CASE("each request's history is chained by hashes that can be recomputed") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const auto other = open_request(registry, StudentId{2});
  commit(registry.store(), {moving(request, "approve", "county_review", {county, Role::reviewer}, at(1)),
                            moving(other, "reject", "draft", {school, Role::registrar}, at(1))});
  for (const auto id : {request.id, other.id}) {
    std::string previous;
    const auto history = registry.queries().request_history(id, {});
    REQUIRE(history.items.size() == 3);
    for (const auto& entry : history.items) {
      CHECK(entry.previous_hash == previous);
      CHECK(entry.hash == history_hash(entry.hash_format, previous, entry.request, entry.student, entry.entry));
      previous = entry.hash;
    }
    CHECK(registry.queries().request(id)->request.last_hash == previous);
  }
}

TEST_CASE("an idempotency key is found again with its fingerprint and request, by its own account only") {
  Registry registry;
  auto write = opening(RequestId{1}, registry.definition, StudentId{1});
  write.key = IdempotencyKey{registrar, "key 1", std::string(64, 'f')};
  commit(registry.store(), {write});
  const auto batch =
      load(registry.store(), {{}, {}, {{registrar, "key 1", ""}, {head, "key 1", ""}, {registrar, "key 2", ""}}, {}});
  REQUIRE(batch.keys.size() == 1);
  const auto& record = batch.keys.at(key_text(registrar, "key 1"));
  CHECK(record.fingerprint == std::string(64, 'f'));
  CHECK(record.request == RequestId{1});
  CHECK(batch.requests.contains(RequestId{1}));

  auto again = opening(RequestId{2}, registry.definition, StudentId{2});
  again.key = write.key;
  CHECK(kind_of_failure([&] { commit(registry.store(), {again}); }) == StoreError::Kind::broken);
  again.key->account = head;
  commit(registry.store(), {again});
}

TEST_CASE("uploads are found for the account that made them") {
  Registry registry;
  const std::string hash(64, 'd');
  registry.database->evidence().add({hash, registrar, "a.pdf", "application/pdf", 17, at(0)});
  const auto batch = load(registry.store(), {{}, {}, {}, {{registrar, hash}, {head, hash}}});
  REQUIRE(batch.uploads.size() == 1);
  CHECK(batch.uploads.at(upload_text(registrar, hash)) == EvidenceItem{hash, "", "a.pdf", "application/pdf", 17});
}

TEST_CASE("a batch of a thousand keys is loaded whole") {
  Registry registry;
  std::vector<Write> writes;
  const auto request = open_request(registry, StudentId{1});
  BatchKeys keys;
  for (int id = 0; id < 1000; ++id) {
    keys.requests.push_back(RequestId{id + 1});
    keys.students.push_back(StudentId{id + 1});
    keys.keys.push_back({registrar, "k" + std::to_string(id), ""});
    keys.uploads.emplace_back(registrar, std::string(60, 'a') + std::to_string(1000 + id));
  }
  const auto batch = load(registry.store(), keys);
  CHECK(batch.requests.size() == 1);
  CHECK(batch.students.size() == 4);
  CHECK(batch.keys.empty());
}

TEST_CASE("a student changed by another hand meanwhile is stale") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  auto end = ending(request, {{"name", "𠮷田·买买提", "甲"}}, at(1));
  commit(registry.store(), {end});
  auto unlock_again = moving(end.decision.request, "comment", "completed", {school, Role::head}, at(2));
  unlock_again.decision.unlocks_student = true;
  CHECK(kind_of_failure([&] { commit(registry.store(), {unlock_again}); }) == StoreError::Kind::stale);
}

TEST_CASE("a disk without room is told as that, with the folder") {
  if (!on_sqlite()) return;
  Registry registry;
  sql::Connections connections(registry.place.url(), {});
  sql::Connections::Writing writing(connections);
  writing->execute("PRAGMA max_page_count = 1");
  const auto fill = [&] { writing->execute("CREATE TABLE big AS SELECT randomblob(1000000)"); };
  CHECK(kind_of_failure(fill) == StoreError::Kind::full);
  CHECK_THROWS_WITH(fill(), "the disk is full: " + registry.place.folder().string() + " (SQLite error 13)");
}

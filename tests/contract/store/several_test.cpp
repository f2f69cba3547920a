// A request about several students: who they are, their locks, how its end is carried out on them in slices.
#include "tests/contract/store/several.hpp"

#include <algorithm>

#include "engine/machine/history_hash.hpp"
#include "engine/machine/subjects.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

StoreError::Kind failure_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const StoreError& error) {
    return error.kind;
  }
  FAIL("nothing was thrown");
  return StoreError::Kind::broken;
}

RequestId lock_of(Registry& registry, std::int64_t student) {
  return registry.queries().student(StudentId{student})->open_request;
}

std::vector<int> ordinals(const std::vector<Subject>& subjects) {
  std::vector<int> found;
  for (const auto& each : subjects) found.push_back(each.ordinal);
  return found;
}

Batch load_batch(Registry& registry, const BatchKeys& keys) { return registry.store().begin()->load(keys); }

}  // namespace

TEST_CASE("a request about several students is read back as it was written, and locks those not set aside") {
  Registry registry;
  const auto request = open_several(registry, {StudentId{1}, StudentId{2}, StudentId{3}}, {StudentId{2}});
  CHECK(lock_of(registry, 1) == request.id);
  CHECK_FALSE(lock_of(registry, 2));
  CHECK(lock_of(registry, 3) == request.id);

  BatchKeys keys;
  keys.requests = {request.id};
  keys.subjects = {{request.id, 3}, {request.id, 2}, {request.id, 3}, {request.id, 99}};
  const auto batch = load_batch(registry, keys);
  auto expected = request;
  expected.last_hash = batch.requests.at(request.id).last_hash;
  CHECK(batch.requests.at(request.id) == expected);
  REQUIRE(batch.subjects.size() == 1);
  const auto& subjects = batch.subjects.at(request.id);
  REQUIRE(ordinals(subjects) == std::vector{2, 3});
  CHECK(subjects[0] == Subject{2, StudentId{2}, SetAside{{}, at(0), {"不在校", "not in school"}}});
  CHECK(subjects[1] == Subject{3, StudentId{3}, {}});
  for (const int id : {1, 2, 3}) CHECK(batch.students.contains(StudentId{id}));

  const auto pinned_with = registry.queries().submissions(request.id, {}).items;
  REQUIRE(pinned_with.size() == 1);
  CHECK(pinned_with[0].submission.subjects == request.several->digest);
}

TEST_CASE("one that is locked by another request keeps the whole batch from being opened") {
  Registry registry;
  const auto other = open_request(registry, StudentId{2});
  CHECK(failure_of([&] { open_several(registry, {StudentId{1}, StudentId{2}}); }) == StoreError::Kind::stale);
  CHECK_FALSE(lock_of(registry, 1));
  CHECK(lock_of(registry, 2) == other.id);
  const auto request = open_several(registry, {StudentId{1}, StudentId{2}}, {StudentId{2}});
  CHECK(lock_of(registry, 1) == request.id);
  CHECK(lock_of(registry, 2) == other.id);
  CHECK(failure_of([&] { open_request(registry, StudentId{1}); }) == StoreError::Kind::stale);
}

TEST_CASE("whoever is set aside is released, and can't be set aside again") {
  Registry registry;
  const auto request = open_several(registry, {StudentId{1}, StudentId{2}, StudentId{3}});
  auto write = setting_aside(request, 2, StudentId{2}, at(1));
  commit(registry.store(), {write});
  CHECK_FALSE(lock_of(registry, 2));
  CHECK(lock_of(registry, 3) == request.id);
  const auto batch = load_batch(registry, {{request.id}, {}, {}, {}, {{request.id, 2}}});
  CHECK(batch.requests.at(request.id).several->set_aside == 1);
  CHECK(batch.subjects.at(request.id).front() ==
        Subject{2, StudentId{2}, SetAside{head, at(1), {"转学", "moved away"}}});
  CHECK(failure_of([&] {
          commit(registry.store(), {setting_aside(batch.requests.at(request.id), 2, StudentId{2}, at(2))});
        }) == StoreError::Kind::stale);
  CHECK(open_request(registry, StudentId{2}).id.value == request.id.value + 1);
}

TEST_CASE("an end is carried out in slices: each is loaded, changes its students, and the last releases all") {
  Registry registry;
  add_students(registry, 101, 550);
  const auto opened = open_several(registry, students_of(101, 550));
  auto aside = setting_aside(opened, 3, StudentId{103}, at(1));
  commit(registry.store(), {aside});
  auto begun = beginning_to_end(aside.decision.request, at(2));
  commit(registry.store(), {begun});

  std::vector<std::vector<int>> slices;
  auto request = begun.decision.request;
  for (int minute = 3; !request.outcome; ++minute) {
    auto transaction = registry.store().begin();
    const auto batch = transaction->load({{opened.id}, {}, {}, {}});
    const auto& subjects = batch.subjects.at(opened.id);
    slices.push_back(ordinals(subjects));
    for (const auto& subject : subjects) REQUIRE(batch.students.contains(subject.student));
    std::vector<Write> writes{slice(request, subjects, subjects.back().ordinal == 450, at(minute))};
    transaction->write(writes);
    transaction->commit();
    request = writes.front().decision.request;
    CHECK(lock_of(registry, 550) == (request.outcome ? RequestId{} : opened.id));
  }
  REQUIRE(slices.size() == 3);
  CHECK(slices[0].size() == slice_of_subjects);
  CHECK(slices[1].front() == 201);
  CHECK(slices[2].size() == 50);
  CHECK_FALSE(load_batch(registry, {{opened.id}, {}, {}, {}}).subjects.contains(opened.id));

  for (const auto id : {101, 103, 300, 301, 550}) {
    INFO(id);
    const auto student = registry.queries().student(StudentId{id});
    CHECK(student->class_name == (id == 103 ? "2班" : "3班"));
    CHECK(student->version == (id == 103 ? 1 : 2));
    CHECK_FALSE(student->open_request);
    const auto entries = registry.queries().student_history(StudentId{id}, {}).items;
    REQUIRE(entries.size() == (id == 103 ? 0 : 1));
    if (entries.empty()) continue;
    CHECK(entries[0].student == StudentId{id});
    CHECK(entries[0].hash ==
          history_hash(entries[0].hash_format, entries[0].previous_hash, opened.id, StudentId{id}, entries[0].entry));
  }
}

TEST_CASE("whoever a batch has released in a transaction can be asked for in the same") {
  Registry registry;
  const auto request = open_several(registry, {StudentId{1}, StudentId{2}, StudentId{3}});
  auto aside = setting_aside(request, 3, StudentId{3}, at(1));
  auto begun = beginning_to_end(aside.decision.request, at(2));
  auto first = slice(begun.decision.request, {{1, StudentId{1}, {}}}, false, at(3));
  auto last = slice(first.decision.request, {{2, StudentId{2}, {}}, {3, StudentId{3}, {}}}, true, at(4));
  last.decision.history.pop_back();
  auto transaction = registry.store().begin();
  transaction->load({{request.id}, students_of(1, 3), {}, {}});
  std::vector<Write> writes{aside, begun, first, last};
  for (std::int64_t id = 1; id <= 3; ++id)
    writes.push_back(opening(transaction->next_request_id(), registry.definition, StudentId{id}, school, at(5)));
  transaction->write(writes);
  transaction->commit();
  for (int id = 1; id <= 3; ++id) {
    CHECK(lock_of(registry, id).value == request.id.value + id);
    CHECK(registry.queries().student(StudentId{id})->class_name == (id == 3 ? "2班" : "3班"));
  }
}

TEST_CASE("a batch that is opened and ended in one transaction leaves nobody locked") {
  Registry registry;
  auto transaction = registry.store().begin();
  const auto opened = opening_several(transaction->next_request_id(), registry.definition, students_of(1, 3));
  std::vector<Write> writes{opened, slice(opened.decision.request, opened.decision.subjects.added, true, at(1))};
  transaction->write(writes);
  transaction->commit();
  for (int id = 1; id <= 3; ++id) {
    CHECK_FALSE(lock_of(registry, id));
    CHECK(registry.queries().student(StudentId{id})->class_name == "3班");
  }
}

TEST_CASE("an end that finds one of its students locked by nobody is stale") {
  Registry registry;
  const auto request = open_several(registry, students_of(1, 3));
  auto end = slice(request, {{1, StudentId{1}, {}}}, true, at(1));
  auto aside = setting_aside(request, 2, StudentId{2}, at(1));
  aside.decision.request.several->set_aside = 0;  // as if a lock had been lost
  commit(registry.store(), {aside});
  end.decision.request.version = aside.decision.request.version + 1;
  end.decision.replaces = aside.decision.request.version;
  CHECK(failure_of([&] { commit(registry.store(), {end}); }) == StoreError::Kind::stale);
}

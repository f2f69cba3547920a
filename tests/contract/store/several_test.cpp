// A request about several students: who they are, their locks, how its end is carried out on them in slices.
#include "tests/contract/store/several.hpp"

#include <algorithm>

#include "adapters/sql/audit.hpp"
#include "adapters/sql/connections.hpp"
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
  // So few are written with the act that leads to the end, and so are always loaded.
  REQUIRE(ordinals(subjects) == std::vector{1, 2, 3});
  CHECK(subjects[1] == Subject{2, StudentId{2}, SetAside{{}, at(0), {"不在校", "not in school"}}});
  CHECK(subjects[2] == Subject{3, StudentId{3}, {}});
  for (const int id : {1, 2, 3}) CHECK(batch.students.contains(StudentId{id}));

  const auto pinned_with = registry.queries().submissions(request.id, 9, {}).items;
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
  CHECK(batch.subjects.at(request.id).at(1) == Subject{2, StudentId{2}, SetAside{head, at(1), {"已转学", "已转学"}}});
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
  REQUIRE(slices.size() == 9);
  for (std::size_t at = 0; at < 9; ++at) CHECK(slices[at].size() == slice_of_subjects);
  CHECK(slices[1].front() == slice_of_subjects + 1);
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

TEST_CASE("subjects are paged in their order, all of them or those set aside or not, with who set them aside") {
  Registry registry;
  add_students(registry, 101, 125);
  const auto request = open_several(registry, students_of(101, 125), {StudentId{102}});
  commit(registry.store(), {setting_aside(request, 4, StudentId{104}, at(1))});
  const auto all_of = [&](std::optional<bool> set_aside, std::size_t limit) {
    std::vector<SubjectRow> found;
    PageRequest page{limit, {}};
    do {
      auto next = registry.queries().subjects(request.id, set_aside, page);
      CHECK(next.items.size() <= limit);
      found.insert(found.end(), next.items.begin(), next.items.end());
      page.after = next.next;
    } while (page.after);
    return found;
  };
  const auto all = all_of({}, 7);
  REQUIRE(all.size() == 25);
  for (int at = 0; at < 25; ++at) CHECK(all[static_cast<std::size_t>(at)].subject.ordinal == at + 1);
  CHECK(all[0].student == registry.queries().student(StudentId{101}));
  const auto aside = all_of(true, 1);
  REQUIRE(aside.size() == 2);
  CHECK(aside[0].subject.ordinal == 2);
  CHECK(aside[0].set_aside_by_username.empty());
  CHECK(aside[1].subject.set_aside == SetAside{head, at(1), {"已转学", "已转学"}});
  CHECK(aside[1].set_aside_by_username == "head");
  CHECK(aside[1].set_aside_by_name == "李校长");
  CHECK(all_of(false, 10).size() == 23);
  const auto first = registry.queries().subjects(request.id, true, {1, {}});
  CHECK_THROWS_AS(registry.queries().subjects(request.id, false, {1, first.next}), BadCursor);
  CHECK(registry.queries().subjects(RequestId{99}, {}, {}).items.empty());

  const auto row = registry.queries().request(request.id);
  REQUIRE(row->subjects.size() == first_subjects);
  CHECK(row->subjects[3].student.id == StudentId{104});
  CHECK(row->subjects[3].student.numbers.size() == 1);
}

TEST_CASE("a batch is found by each of its students, listed with their number, and named by the first") {
  Registry registry;
  const auto alone = open_request(registry, StudentId{4}, far_school);
  auto write = opening_several(RequestId{alone.id.value + 1}, registry.definition, students_of(1, 3), {StudentId{3}});
  write.decision.notices = {{"submit", head, {}}};
  write.decision.history.back().about = StudentId{2};
  commit(registry.store(), {write});
  const auto id = write.decision.request.id;
  for (const int student : {1, 2, 3, 4}) {
    INFO(student);
    RequestFilter filter;
    filter.student = StudentId{student};
    const auto found = registry.queries().requests({{ministry}}, filter, {}).items;
    REQUIRE(found.size() == 1);
    CHECK(found[0].request.id == (student == 4 ? alone.id : id));
    CHECK(found[0].subjects.size() == (student == 4 ? 0 : 3));
    CHECK(registry.queries().count_requests({{ministry}}, filter, 9) == 1);
    CHECK(registry.queries().requests({{other_county}}, filter, {}).items.size() == (student == 4 ? 1 : 0));
  }
  TaskFilter tasks;
  tasks.queues = {{school, Role::head}, {far_school, Role::head}};
  for (const auto& task : registry.queries().tasks(tasks, {}).items) {
    CHECK(task.subjects == (task.task.request == id ? 3 : 1));
    CHECK(task.student == (task.task.request == id ? StudentId{1} : StudentId{4}));
  }
  const auto notices = registry.queries().notifications({{ministry}}, {head, {}, {}, false}, {}).items;
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].subjects == 3);
  CHECK(notices[0].student_name == "𠮷田·买买提");

  const auto entries = registry.queries().request_history(id, {}).items;
  REQUIRE(entries.size() == 2);
  CHECK_FALSE(entries[0].entry.about);
  CHECK(entries[0].student == StudentId{1});
  CHECK(entries[1].entry.about == StudentId{2});
}

TEST_CASE("a batch shows its students as it has left them: at its end, or when they were set aside") {
  Registry registry;
  const auto request = open_several(registry, students_of(1, 3));
  auto aside = setting_aside(request, 2, StudentId{2}, at(1));
  commit(registry.store(), {aside});
  const auto change = [&](std::int64_t student, const std::string& from, const std::string& to, int minute) {
    const auto other = open_request(registry, StudentId{student}, school, at(minute));
    commit(registry.store(), {ending(other, {{"class", from, to}, {"school", "5", "7"}}, at(minute + 1))});
  };
  change(2, "2班", "9班", 2);
  const auto classes = [&] {
    std::vector<std::string> found;
    for (const auto& row : registry.queries().subjects(request.id, {}, {}).items)
      found.push_back(row.student.class_name + to_string(row.student.school));
    std::vector<std::string> first;
    const auto shown = registry.queries().request(request.id);
    for (const auto& row : shown->subjects) first.push_back(row.student.class_name + to_string(row.student.school));
    CHECK(found == first);
    return found;
  };
  CHECK(classes() == std::vector<std::string>{"2班5", "2班5", "2班6"});
  commit(registry.store(),
         {slice(aside.decision.request, {{1, StudentId{1}, {}}, {3, StudentId{3}, {}}}, true, at(5))});
  change(1, "3班", "8班", 6);
  CHECK(classes() == std::vector<std::string>{"3班5", "2班5", "3班6"});
  CHECK(registry.queries().subjects(request.id, {}, {}).items[0].student.version == 2);
  CHECK(registry.queries().student(StudentId{1})->version == 3);
}

TEST_CASE("the audit finds a sound batch sound, and names whatever was changed behind the program's back") {
  const auto [statement, sentence] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"UPDATE request_subject SET student_id = 4 WHERE request_id = 2 AND ordinal = 3",
       "the students of request 2 are not those that it was opened about"},
      {"UPDATE request_subject SET student_id = 4 WHERE request_id = 1 AND ordinal = 1",
       "history entry 3 of request 1 is about another student"},
      {"UPDATE request_subject SET student_id = 4 WHERE request_id = 2 AND ordinal = 1",
       "the first student of request 2 is none of its students"},
      {"UPDATE request_subject SET reason_zh = 'x' WHERE request_id = 1 AND ordinal = 2",
       "the students of request 1 are not those that it was opened about"},
      {"UPDATE request_subject SET reason_zh = 'x' WHERE request_id = 2 AND ordinal = 2",
       "no history entry of request 2 says why student 2 was set aside"},
      {"UPDATE request_subject SET set_aside_by = 3 WHERE request_id = 2 AND ordinal = 2",
       "no history entry of request 2 says why student 2 was set aside"},
      {"UPDATE request_subject SET set_aside_at = NULL WHERE request_id = 2 AND ordinal = 2",
       "request 2 has 0 student(s) set aside where it says 1"},
      {"UPDATE request_subject SET set_aside_at = NULL, set_aside_by = 0 WHERE request_id = 2 AND ordinal = 2",
       "the history of request 2 says that student 2 was set aside, and the database does not"},
      {"DELETE FROM request_subject WHERE request_id = 2 AND ordinal = 2",
       "request 2 is about 3 student(s), and the database has another number"},
      {"UPDATE request SET subject_count = 1 WHERE id = 2",
       "request 2 is about 3 student(s), and the database has another number"},
      {"INSERT INTO request_subject VALUES (3, 1, 4, NULL, 0, '', '', 1, NULL)",
       "request 3 is about 1 student(s), and the database has another number"},
      {"UPDATE student SET open_request_id = 0 WHERE id = 3", "request 2 is open and does not lock its student 3"},
      {"UPDATE student SET open_request_id = 2 WHERE id = 2", "request 2 still locks its student 2"},
      {"UPDATE student SET open_request_id = 2 WHERE id = 2", "1 student(s) are locked by no open request"},
      {"UPDATE student SET open_request_id = 1 WHERE id = 1", "request 1 still locks its student 1"},
      {"UPDATE history SET student_id = 2 WHERE id = 3", "history entry 3 of request 1 is not what its hash says"},
      {"UPDATE history SET about_one = 0 WHERE id = 4", "history entry 4 of request 1 is about another student"},
      {"UPDATE student_change SET student_id = 3 WHERE history_id = 3",
       "1 change(s) of students belong to no history entry about them"},
      {"UPDATE submission SET document = REPLACE(document, '\"subjects\"', '\"x\"') WHERE request_id = 2",
       "submission 1 of request 2 is about other students"},
  }));
  CAPTURE(statement);
  Registry registry;
  const auto first = open_several(registry, students_of(1, 3), {StudentId{2}});
  commit(registry.store(), {slice(first, {{1, StudentId{1}, {}}, {3, StudentId{3}, {}}}, true, at(1))});
  const auto second = open_several(registry, students_of(1, 3));
  commit(registry.store(), {setting_aside(second, 2, StudentId{2}, at(2))});
  open_request(registry, StudentId{4}, far_school);
  if (!statement.empty()) {
    sql::Connections connections(registry.place.url(), {});
    sql::Connections::Writing writing(connections);
    writing->execute(statement);
    writing.commit();
  }
  const auto report = audit(registry.place.url(), {}, {}, [](std::int64_t, std::int64_t) {});
  if (statement.empty())
    CHECK(report.faults == std::vector<std::string>{});
  else
    CHECK_THAT(report.faults, Catch::Matchers::VectorContains(sentence));
}

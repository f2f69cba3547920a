// Records merged into others: who finds them, whose history is read with whose, and what the audit says of them.
#include <algorithm>

#include "adapters/sql/audit.hpp"
#include "adapters/sql/connections.hpp"
#include "engine/registry/finding.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/pair.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

constexpr StudentId goes_on{101}, between{102}, first_merged{103};

/// Three records of one student: the last was merged into the second, and that into the first.
struct Merged {
  Registry registry;
  Merged() {
    add_twins(registry, {goes_on, between, first_merged}, "王小明");
    const auto request = open_request(registry, first_merged, school, at(0));
    commit(registry.store(), {ending(request, {{"class", "2班", "3班"}}, at(1))});
    merge(registry, between, first_merged, at(2));
    merge(registry, goes_on, between, at(4));
    const auto after = open_request(registry, goes_on, school, at(6));
    commit(registry.store(), {ending(after, {{"class", "2班", "4班"}}, at(7))});
  }

  std::vector<std::int64_t> found(const StudentFilter& filter, OfficeId office) {
    std::vector<std::int64_t> ids;
    PageRequest page{2, {}};
    do {
      auto next = registry.queries().students({{office}}, filter, page);
      for (const auto& student : next.items) ids.push_back(student.id.value);
      page.after = next.next;
    } while (page.after);
    CHECK(registry.queries().count_students({{office}}, filter, 100) == ids.size());
    std::sort(ids.begin(), ids.end());
    return ids;
  }
};

using StudentIds = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("merged records are in no list, search or count but that of merged ones, and are had by their id") {
  Merged merged;
  for (const auto office : {ministry, county, school}) {
    CAPTURE(office.value);
    StudentFilter by_name, by_class, by_school;
    by_name.sought = sought_in_names("王小明");
    by_class.class_name = "3班";
    by_school.school = school;
    CHECK(merged.found(by_name, office) == StudentIds{2, 101});
    CHECK(merged.found(by_class, office).empty());
    CHECK(merged.found(by_school, office) == StudentIds{1, 2, 101});
    for (auto* filter : {&by_name, &by_school}) {
      filter->status = StudentStatus::merged;
      CHECK(merged.found(*filter, office) == StudentIds{102, 103});
    }
  }
  auto& queries = merged.registry.queries();
  for (const auto id : {between, first_merged}) {
    CHECK(queries.student(id)->status == StudentStatus::merged);
    CHECK(queries.student(id)->numbers.empty());
  }
  const auto student = *queries.student(goes_on);
  const auto hits = queries.duplicates({StudentId{1}, {}, student.name, student.sex, student.birth_date});
  StudentIds hit;
  for (const auto& each : hits) hit.push_back(each.student.value);
  CHECK(hit == StudentIds{2, 101});
}

TEST_CASE("the history of a record that goes on has that of the merged ones, each entry saying whose record it was") {
  Merged merged;
  auto& queries = merged.registry.queries();
  const auto history_of = [&](StudentId id) {
    StudentIds students;
    PageRequest page{2, {}};
    do {
      const auto next = queries.student_history(id, page);
      for (const auto& row : next.items) students.push_back(row.student.value);
      page.after = next.next;
    } while (page.after);
    return students;
  };
  CHECK(history_of(goes_on) == StudentIds{101, 102, 101, 103, 102, 103});
  CHECK(history_of(between) == StudentIds{102, 103, 102, 103});
  CHECK(history_of(first_merged) == StudentIds{103, 103});
  CHECK(history_of(StudentId{2}).empty());
}

TEST_CASE("the requests of a record that goes on have those of the merged ones among them") {
  Merged merged;
  const auto requests_of = [&](StudentId id) {
    RequestFilter filter;
    filter.student = id;
    StudentIds students;
    for (const auto& row : merged.registry.queries().requests({{ministry}}, filter, {}).items)
      students.push_back(row.request.student.value);
    CHECK(merged.registry.queries().count_requests({{ministry}}, filter, 100) == students.size());
    return students;
  };
  const auto of_all = requests_of(goes_on), of_the_last = requests_of(first_merged);
  CHECK(of_all.size() == 4);
  CHECK(std::count(of_all.begin(), of_all.end(), first_merged.value) > 0);
  CHECK(of_the_last.size() < of_all.size());
}

TEST_CASE("a request that ended before its record was merged shows it as it left it") {
  Merged merged;
  auto& queries = merged.registry.queries();
  const auto rows = queries.requests({{ministry}}, {}, {}).items;
  REQUIRE(rows.size() == 4);
  const auto& before = rows[3].student;
  CHECK(before.id == first_merged);
  CHECK(before.status == StudentStatus::in_school);
  CHECK_FALSE(before.merged_into);
  REQUIRE(before.numbers.size() == 1);
  CHECK(before.numbers[0].state == NumberState::current);
  CHECK(before.version == 2);
  const auto pair = queries.subjects(rows[2].request.id, {}, {}).items;
  REQUIRE(pair.size() == 2);
  CHECK(pair[0].student.id == between);
  CHECK(pair[0].student.status == StudentStatus::in_school);
  CHECK(pair[0].student.numbers.size() == 2);
  CHECK(pair[1].student.status == StudentStatus::merged);
  CHECK(pair[1].student.merged_into == between);
}

TEST_CASE("the audit finds mergers sound, and names what was changed behind the program's back") {
  const auto [statement, sentence] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"UPDATE student SET merged_into = 2 WHERE id = 103",
       "1 student(s) have another merged_into than their last change gave them"},
      {"UPDATE student SET merged_into = 2 WHERE id = 103",
       "1 student(s) are merged otherwise than by a change of their record"},
      {"UPDATE student SET merged_into = NULL WHERE id = 103",
       "1 student(s) are merged otherwise than by a change of their record"},
      {"UPDATE student SET status = 'in_school' WHERE id = 103",
       "1 student(s) have another status than their last change gave them"},
      {"UPDATE student SET status = 'merged', merged_into = 1 WHERE id = 2",
       "1 student(s) are merged otherwise than by a change of their record"},
      {"UPDATE student SET open_request_id = 5 WHERE id = 102",
       "1 student(s) are merged otherwise than by a change of their record"},
      {"UPDATE student_number SET student_id = 103 WHERE number = 'L110105201501000103'",
       "2 student(s) have another number than their last change gave them"},
      {"UPDATE student_number SET student_id = 103 WHERE number = 'L110105201501000103'",
       "1 number(s) belong to a merged record"},
      {"UPDATE student_number SET student_id = 2 WHERE number = 'L110105201501000103'",
       "1 student(s) have another number than their last change gave them"},
      {"UPDATE student_number SET state = 'current' WHERE number = 'L110105201501000103'",
       "1 student(s) have another number than their last change gave them"},
      {"DELETE FROM student_number WHERE number = 'L110105201501000102'",
       "1 student(s) have another number than their last change gave them"},
      {"DELETE FROM student_change WHERE member = 'number.state' AND old_value = '' AND student_id = 102",
       "1 number(s) were given away without being taken over by the record that goes on"},
      {"DELETE FROM student_change WHERE member = 'number.state' AND new_value = '' AND student_id = 103",
       "1 number(s) came neither from a record that was merged nor from an ID number of the student"},
      {"UPDATE request_subject SET locked = 0 WHERE request_id = 5 AND ordinal = 1",
       "request 5 leaves 2 student(s) unlocked where it says 1"},
      {"UPDATE request_subject SET locked = 1 WHERE request_id = 5 AND ordinal = 2",
       "request 5 is open and does not lock its student 2"},
      {"UPDATE request_subject SET locked = 1 WHERE request_id = 5 AND ordinal = 2",
       "request 5 leaves 0 student(s) unlocked where it says 1"},
      {"UPDATE student SET open_request_id = 5 WHERE id = 2", "request 5 still locks its student 2"},
      {"UPDATE student SET open_request_id = 5 WHERE id = 2", "1 student(s) are locked by no open request"},
      {"UPDATE student SET open_request_id = 0 WHERE id = 1", "request 5 is open and does not lock its student 1"},
  }));
  CAPTURE(statement);
  Merged merged;
  open_pair(merged.registry, StudentId{1}, StudentId{2}, {StudentId{2}}, at(8));
  if (!statement.empty()) {
    sql::Connections connections(merged.registry.place.url(), {});
    sql::Connections::Writing writing(connections);
    writing->execute(statement);
    writing.commit();
  }
  const auto report = audit(merged.registry.place.url(), {}, {}, [](std::int64_t, std::int64_t) {});
  if (statement.empty())
    CHECK(report.faults == std::vector<std::string>{});
  else
    CHECK_THAT(report.faults, Catch::Matchers::VectorContains(sentence));
}

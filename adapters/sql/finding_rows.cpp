#include "adapters/sql/finding_rows.hpp"

#include <charconv>

#include "adapters/sql/rows.hpp"
#include "engine/registry/finding.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t students_at_once = 1000;

Slice fill_next(Session& session, const std::string& cursor) {
  long long after = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), after);
  // By the columns of that step: what came later is not there yet.
  std::vector<Student> students;
  auto& rows = session.prepare(
      "SELECT s.id, s.school_id, s.name, s.id_number FROM student s WHERE s.id > ?i ORDER BY s.id LIMIT ?i", "iitt");
  rows.bind(after, students_at_once).each([&] {
    Student& student = students.emplace_back();
    student.id = StudentId{rows.integer(0)};
    student.school = OfficeId{rows.integer(1)};
    student.name = rows.text(2);
    if (!rows.null(3)) student.id_number = rows.text(3);
  });
  if (students.empty()) return {cursor, 0, true};
  std::vector<Student*> pointers;
  for (Student& student : students) pointers.push_back(&student);
  attach_numbers(session, pointers);
  FindingRows made(session);
  for (const Student& student : students) made.add(student);
  made.run();
  return {to_string(students.back().id), static_cast<std::int64_t>(students.size()),
          students.size() < students_at_once};
}

std::int64_t count_students(Session& session) {
  auto& row = session.prepare("SELECT COUNT(*) FROM student", "i");
  row.one();
  return row.integer(0);
}

}  // namespace

FindingRows::FindingRows(Session& session)
    : dropped_keys_(session, "DELETE FROM student_key WHERE found_by = ?t AND student_id = ?i"),
      dropped_lists_(session, "DELETE FROM student_key_list WHERE school_id = ?i AND student_id = ?i"),
      keys_(session, "INSERT INTO student_key (found_by, student_id, school_id) VALUES (?t, ?i, ?i)"),
      lists_(session, "INSERT INTO student_key_list (school_id, student_id, found_by) VALUES (?i, ?i, ?t)") {}

void FindingRows::add(const Student& student, const std::vector<std::string>& keys) {
  std::string list;
  for (const auto& key : keys) {
    keys_.add(key, student.id, student.school);
    list += before_key + key;
  }
  lists_.add(student.school, student.id, list);
}

void FindingRows::add(const Student& student) { add(student, finding_keys(student)); }

void FindingRows::change(const Student& before, const Student& after) {
  if (before.school == after.school && before.name == after.name && before.id_number == after.id_number &&
      before.numbers == after.numbers)
    return;
  for (const auto& key : finding_keys(before)) dropped_keys_.add(key, before.id);
  dropped_lists_.add(before.school, before.id);
  add(after, finding_keys(after));
}

void FindingRows::run() {
  for (auto* bulk : {&dropped_keys_, &dropped_lists_, &keys_, &lists_}) bulk->run();
}

SlicedWork fill_finding_rows() {
  return {"the keys of each student by name, pinyin, initials and number, in order of their ids", count_students,
          fill_next};
}

}  // namespace xueji::sql

// What a decision changes in the registry: the lock of "one open business", and the effects.
#include <algorithm>

#include "adapters/sql/rows.hpp"
#include "adapters/sql/write_transaction.hpp"
#include "engine/registry/changes.hpp"
#include "engine/registry/names.hpp"

namespace xueji::sql {
namespace {

const StudentNumber* number_of(const Student& student, const std::string& number) {
  const auto found = std::find_if(student.numbers.begin(), student.numbers.end(),
                                  [&](const StudentNumber& each) { return each.number == number; });
  return found == student.numbers.end() ? nullptr : &*found;
}

}  // namespace

void SqlWriteTransaction::change_student(const Decision& decision, Touched& touched) {
  if (!decision.locks_student && !decision.unlocks_student && decision.changes.empty()) return;
  Student& student = touch(decision.request.student, touched);
  if (!decision.changes.empty()) {
    if (decision.history.empty()) throw std::logic_error("a change of the registry without history");
    student = apply(student, decision.changes, decision.history.back().recorded_at);
  }
  if (decision.locks_student) lock(student, decision.request.id);
  if (decision.unlocks_student) unlock(student, decision.request.id);
}

Student& SqlWriteTransaction::touch(StudentId id, Touched& touched) {
  const auto known = students_.find(id);
  if (known == students_.end())
    throw StoreError(StoreError::Kind::broken, "the student of a request is not in the registry");
  touched.students.try_emplace(id, known->second);
  return known->second;
}

void SqlWriteTransaction::lock(Student& student, RequestId request) {
  if (student.open_request) throw StoreError(StoreError::Kind::stale, "a student has been locked");
  student.open_request = request;
}

void SqlWriteTransaction::unlock(Student& student, RequestId request) {
  if (student.open_request != request) throw StoreError(StoreError::Kind::stale, "a student has been released");
  student.open_request = {};
}

void SqlWriteTransaction::write_students(const Touched& touched, WriteRows& rows) {
  NumbersGiven given;
  for (const auto& [id, before] : touched.students) {
    const Student& after = students_.at(id);
    if (before.version == after.version) continue;
    for (const auto& number : before.numbers)
      if (!number_of(after, number.number)) given.emplace(number.number, id);
  }
  for (const auto& [id, before] : touched.students) write_student(before, students_.at(id), given, rows);
  if (!given.empty()) throw std::logic_error("a number is given away, and nobody takes it over");
}

void SqlWriteTransaction::write_student(const Student& before, const Student& after, NumbersGiven& given,
                                        WriteRows& rows) {
  if (before.version == after.version) {
    rows.locked_students.add(after.open_request, after.id, before.version, before.open_request);
    return;
  }
  rows.changed_students.add(after.school, after.name, search_key(after.name), after.id_number, to_string(after.sex),
                            to_string(after.birth_date), to_string(after.status), text_or_none(after.status_until),
                            after.grade, after.class_name, present(after.merged_into), after.open_request,
                            after.version, after.id, before.version, before.open_request);
  rows.finding.change(before, after);
  if (before.name != after.name || before.birth_date != after.birth_date) rows.marked.push_back(after.id);
  for (const auto& number : after.numbers) {
    if (const auto* old = number_of(before, number.number)) {
      if (*old != number) rows.changed_numbers.add(to_string(number.state), number.since, number.number, after.id);
    } else if (const auto giver = given.extract(number.number)) {
      rows.moved_numbers.add(after.id, to_string(number.state), number.since, number.number, giver.mapped());
    } else {
      rows.new_numbers.add(number.number, after.id, to_string(number.kind), to_string(number.state), number.since);
    }
  }
}

}  // namespace xueji::sql

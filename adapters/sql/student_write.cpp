// What a decision changes in the registry: the lock of "one open business", and the effects.
#include <algorithm>

#include "adapters/sql/rows.hpp"
#include "adapters/sql/write_transaction.hpp"
#include "engine/registry/changes.hpp"
#include "engine/registry/names.hpp"

namespace xueji::sql {

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

void SqlWriteTransaction::write_student(const Student& before, const Student& after, WriteRows& rows) {
  if (before.version == after.version) {
    rows.locked_students.add(after.open_request, after.id, before.version, before.open_request);
    return;
  }
  rows.changed_students.add(after.school, after.name, search_key(after.name), after.id_number, to_string(after.sex),
                            to_string(after.birth_date), to_string(after.status), after.grade, after.class_name,
                            after.open_request, after.version, after.id, before.version, before.open_request);
  rows.finding.change(before, after);
  for (const auto& number : after.numbers) {
    const auto old = std::find_if(before.numbers.begin(), before.numbers.end(),
                                  [&](const StudentNumber& other) { return other.number == number.number; });
    if (old == before.numbers.end())
      rows.new_numbers.add(number.number, after.id, to_string(number.kind), to_string(number.state), number.since);
    else if (*old != number)
      rows.changed_numbers.add(to_string(number.state), number.since, number.number, after.id);
  }
}

}  // namespace xueji::sql

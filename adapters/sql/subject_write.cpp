// What a decision about several students changes: who they are, their records, their locks.
#include "adapters/sql/request_document.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/write_transaction.hpp"
#include "engine/registry/changes.hpp"

namespace xueji::sql {
namespace {

int locked_by_request(const Several& several) { return several.count - several.set_aside - several.unlocked; }

}  // namespace

void SqlWriteTransaction::change_subjects(const Decision& decision, Touched& touched, WriteRows& rows) {
  const RequestId request = decision.request.id;
  for (const auto& entry : decision.history) {
    if (entry.changes.empty()) continue;
    if (!entry.about) throw std::logic_error("a change of the registry that is about none of several students");
    Student& student = touch(entry.about, touched);
    student = apply(student, entry.changes, entry.recorded_at);
  }
  for (const auto& subject : decision.subjects.set_aside) {
    const SetAside& why = subject.set_aside.value();
    rows.subjects_set_aside.add(why.at, why.by, why.reason.zh, why.reason.en, request, subject.ordinal);
    if (subject.locked) unlock(touch(subject.student, touched), request);
  }
  for (const auto& subject : decision.subjects.filled)
    rows.subjects_filled.add(values_to_document(subject.fields), request, subject.ordinal);
  if (decision.subjects.releases_all) release_all(request, touched, rows);
  for (const auto& subject : decision.subjects.added) {
    const auto& why = subject.set_aside;
    rows.new_subjects.add(request, subject.ordinal, subject.student, why ? std::optional{why->at} : std::nullopt,
                          why ? why->by : AccountId{}, why ? why->reason.zh : std::string{},
                          why ? why->reason.en : std::string{}, subject.locked ? 1 : 0,
                          values_to_document(subject.fields));
    if (!why && subject.locked) lock(touch(subject.student, touched), request);
  }
}

/// The database releases them at once, before it is given what else became of them.
void SqlWriteTransaction::release_all(RequestId request, Touched& touched, WriteRows& rows) {
  const auto& before = touched.requests.at(request);
  rows.releases.emplace_back(request, before ? locked_by_request(*before->several) : 0);
  for (auto& [id, student] : touched.students)
    if (student.open_request == request) student.open_request = {};
  for (auto& [id, student] : students_)
    if (student.open_request == request) student.open_request = {};
}

}  // namespace xueji::sql

// A request cut to what its reader sees of it.
#include <algorithm>

#include "engine/machine/sight.hpp"
#include "web/server/resources/lookups.hpp"

namespace xueji::web {
namespace {

using Restored = std::unordered_map<StudentId, Student>;

/// What stands now of the record itself, its lock, is none of the part.
Restored students_then(const Context& context, std::vector<StudentId> ids, Instant moment) {
  Restored students;
  for (Student& student : context.services.queries.students_as_of(ids, moment)) {
    student.open_request = {};
    students.emplace(student.id, std::move(student));
  }
  return students;
}

std::vector<SubjectRow> subjects_then(const Context& context, std::vector<SubjectRow> subjects, const PartEnd& until) {
  std::vector<StudentId> ids;
  for (const SubjectRow& row : subjects) ids.push_back(row.subject.student);
  const Restored students = students_then(context, std::move(ids), until.at);
  for (SubjectRow& row : subjects) {
    row.student = students.at(row.subject.student);
    row.subject = as_it_stood(row.subject, until);
    if (!row.subject.set_aside) row.set_aside_by_username = row.set_aside_by_name = {};
  }
  return subjects;
}

std::optional<RequestRow> row_then(const Context& context, RequestRow row, const PartEnd& until) {
  const auto pinned = context.services.queries.submissions(row.request.id, until.submission, {1, {}}).items;
  if (pinned.empty()) return std::nullopt;
  row.request = as_it_stood(std::move(row.request), until, pinned.front().submission, pinned.front().hashes);
  row.student = students_then(context, {row.student.id}, until.at).at(row.student.id);
  row.school = row.student.school;
  row.claimers.clear();
  row.pending.reset();
  row.subjects = subjects_then(context, std::move(row.subjects), until);
  row.part_ended = until;
  return row;
}

/// The student as the record left the caller's sight, or where they never had it, the school that it was at when the
/// request was opened; nothing where it is there still, or they see it.
std::optional<Student> when_left(const Context& context, const Caller& caller, const Request& request,
                                 const Student& now, OfficeId at_opening) {
  const auto offices = context.services.directory.offices();
  const Instant moment = context.services.clock.now();
  const auto sees = [&](OfficeId school) { return may_see_office(caller, school, *offices, moment); };
  if (request.unfiled || !has_left_sight(now, at_opening, caller, *offices, moment)) return std::nullopt;
  auto left = context.services.queries.schools_left(now.id, request.opened_at);
  // Where its own end moved the record, that is what it shows.
  if (request.outcome) std::erase_if(left, [&](const SchoolLeft& each) { return each.at >= request.token.since; });
  if (left.empty()) return std::nullopt;
  const auto last = std::find_if(left.rbegin(), left.rend(), [&](const SchoolLeft& each) { return sees(each.school); });
  const Instant then = (last == left.rend() ? left.front() : *last).at - Instant::duration{1};
  return students_then(context, {now.id}, then).at(now.id);
}

}  // namespace

std::vector<SubjectRow> subjects_as_seen(const Context& context, const Caller& caller, const RequestRow& row,
                                         std::vector<SubjectRow> subjects) {
  if (row.part_ended) return subjects_then(context, std::move(subjects), *row.part_ended);
  for (SubjectRow& each : subjects)
    if (!each.subject.set_aside)
      each.when_left =
          when_left(context, caller, row.request, each.student, school_at_opening(row.request, each.subject.ordinal));
  return subjects;
}

std::optional<RequestRow> as_seen(const Context& context, const Caller& caller, RequestRow row) {
  const Sight sight =
      sight_of(row.request, caller, *context.services.directory.offices(), context.services.clock.now());
  if (sight.kind == Sight::Kind::nothing) return std::nullopt;
  if (sight.kind == Sight::Kind::part) return row_then(context, std::move(row), *sight.until);
  if (row.request.several) row.subjects = subjects_as_seen(context, caller, row, std::move(row.subjects));
  row.when_left = when_left(context, caller, row.request, row.student, school_at_opening(row.request, 1));
  return row;
}

std::vector<RequestRow> as_seen(const Context& context, const Caller& caller, std::vector<RequestRow> rows) {
  std::vector<RequestRow> seen;
  for (RequestRow& row : rows)
    if (auto one = as_seen(context, caller, std::move(row))) seen.push_back(std::move(*one));
  return seen;
}

}  // namespace xueji::web

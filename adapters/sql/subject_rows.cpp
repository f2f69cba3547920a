#include "adapters/sql/subject_rows.hpp"

#include <algorithm>

#include "adapters/sql/request_document.hpp"
#include "adapters/sql/restored_students.hpp"
#include "adapters/sql/rows.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t ranges_at_once = 64;

std::string any_of(std::size_t ranges) {
  std::string condition;
  for (std::size_t at = 0; at < padded(ranges); ++at)
    condition += std::string(at == 0 ? "" : " OR ") + "(x.request_id = ?i AND x.ordinal >= ?i AND x.ordinal <= ?i)";
  return condition;
}

void bind_ranges(Statement& statement, std::span<const SubjectRange> ranges) {
  for (std::size_t at = 0; at < padded(ranges.size()); ++at) {
    const auto& range = ranges[std::min(at, ranges.size() - 1)];
    statement.set(3 * at, range.request);
    statement.set(3 * at + 1, range.first);
    statement.set(3 * at + 2, range.last);
  }
}

/// Takes back what was changed since the request ended, or since the student was set aside.
void restore(Session& session, const std::map<RequestId, SubjectRange>& left,
             std::vector<std::pair<RequestId, SubjectRow>>& found) {
  std::map<std::pair<RequestId, int>, Student*> students;
  for (auto& [request, row] : found) students.emplace(std::pair(request, row.subject.ordinal), &row.student);
  std::vector<SubjectRange> ranges;
  for (const auto& [request, range] : left) ranges.push_back(range);
  TakingBack later;
  for (std::size_t at = 0; at < ranges.size(); at += ranges_at_once) {
    const auto chunk = std::span(ranges).subspan(at, std::min(ranges_at_once, ranges.size() - at));
    auto& changes = session.prepare(
        "SELECT x.request_id, x.ordinal, " + std::string(TakingBack::columns) +
            " FROM request_subject x CROSS JOIN request r ON r.id = x.request_id CROSS JOIN student_change c ON "
            "c.student_id = x.student_id WHERE (" +
            any_of(chunk.size()) +
            ") AND ((r.shown_until > 0 AND c.history_id > r.shown_until) OR c.recorded_at > x.set_aside_at) "
            "ORDER BY c.id DESC",
        "ii" + std::string(TakingBack::kinds));
    bind_ranges(changes, chunk);
    changes.each([&] {
      const auto student = students.find({RequestId{changes.integer(0)}, static_cast<int>(changes.integer(1))});
      if (student != students.end()) later.take_back(*student->second, changes, 2);
    });
  }
}

}  // namespace

Subject read_subject(const Statement& row, std::size_t from) {
  Subject subject{
      static_cast<int>(row.integer(from)), StudentId{row.integer(from + 1)}, {}, row.integer(from + 6) != 0};
  if (!row.null(from + 2))
    subject.set_aside = SetAside{
        AccountId{row.integer(from + 3)}, instant_of(row.integer(from + 2)), {row.text(from + 4), row.text(from + 5)}};
  if (!row.null(from + 7)) subject.fields = read_values(row.text(from + 7));
  return subject;
}

std::map<RequestId, std::vector<Subject>> load_subjects(Session& session, std::span<const SubjectRange> ranges) {
  std::map<RequestId, std::map<int, Subject>> found;
  for (std::size_t at = 0; at < ranges.size(); at += ranges_at_once) {
    const auto chunk = ranges.subspan(at, std::min(ranges_at_once, ranges.size() - at));
    auto& rows = session.prepare("SELECT " + std::string(subject_columns) +
                                     ", x.request_id FROM request_subject x WHERE " + any_of(chunk.size()),
                                 std::string(subject_kinds) + "i");
    bind_ranges(rows, chunk);
    rows.each([&] {
      Subject subject = read_subject(rows, 0);
      found[RequestId{rows.integer(subject_kinds.size())}].insert_or_assign(subject.ordinal, std::move(subject));
    });
  }
  std::map<RequestId, std::vector<Subject>> subjects;
  for (auto& [request, by_ordinal] : found)
    for (auto& [ordinal, subject] : by_ordinal) subjects[request].push_back(std::move(subject));
  return subjects;
}

std::string subject_row_columns() {
  return std::string(subject_columns) + ", x.request_id, a.username, a.name, r.outcome, " +
         std::string(student_columns);
}

std::string subject_row_kinds() { return std::string(subject_kinds) + "ittt" + std::string(student_kinds); }

std::vector<std::pair<RequestId, SubjectRow>> read_subject_rows(Session& session, Statement& rows) {
  constexpr std::size_t own = subject_kinds.size();
  std::vector<std::pair<RequestId, SubjectRow>> found;
  std::map<RequestId, SubjectRange> left;
  rows.each([&] {
    SubjectRow row{read_subject(rows, 0), read_student(rows, own + 4), rows.text(own + 1), rows.text(own + 2)};
    const RequestId request{rows.integer(own)};
    const int ordinal = row.subject.ordinal;
    if (row.subject.set_aside || !rows.text(own + 3).empty())
      left.emplace(request, SubjectRange{request, ordinal, ordinal}).first->second.last = ordinal;
    found.emplace_back(request, std::move(row));
  });
  // The same student may stand in several requests: its numbers are read once and copied.
  std::unordered_map<StudentId, Student*> firsts;
  std::vector<Student*> students;
  for (auto& [request, row] : found)
    if (firsts.emplace(row.student.id, &row.student).second) students.push_back(&row.student);
  attach_numbers(session, students);
  for (auto& [request, row] : found) row.student.numbers = firsts.at(row.student.id)->numbers;
  restore(session, left, found);
  return found;
}

std::unordered_map<RequestId, std::vector<SubjectRow>> load_first_subjects(Session& session,
                                                                           std::span<const RequestId> requests) {
  std::unordered_map<RequestId, std::vector<SubjectRow>> found;
  in_chunks<RequestId>(requests, [&](std::span<const RequestId> chunk) {
    auto& rows = session.prepare("SELECT " + subject_row_columns() + std::string(from_subjects) +
                                     " WHERE x.ordinal <= ?i AND x.request_id IN " + parameter_list(chunk.size()) +
                                     " ORDER BY x.request_id, x.ordinal",
                                 subject_row_kinds());
    rows.set(0, first_subjects);
    bind_list(rows, chunk, 1);
    for (auto& [request, row] : read_subject_rows(session, rows)) found[request].push_back(std::move(row));
  });
  return found;
}

/// By lists of ids: older MariaDB looks at every student of the registry for an UPDATE that names them by a SELECT.
long long release_students_of(Session& session, RequestId request) {
  std::vector<StudentId> students;
  auto& rows =
      session.prepare("SELECT student_id FROM request_subject WHERE request_id = ?i AND set_aside_at IS NULL", "i");
  rows.bind(request).each([&] { students.push_back(StudentId{rows.integer(0)}); });
  long long released = 0;
  in_chunks<StudentId>(students, [&](std::span<const StudentId> chunk) {
    auto& update = session.prepare("UPDATE student SET open_request_id = 0 WHERE open_request_id = ?i AND id IN " +
                                   parameter_list(chunk.size()));
    update.set(0, request);
    bind_list(update, chunk, 1);
    released += update.run();
  });
  return released;
}

}  // namespace xueji::sql

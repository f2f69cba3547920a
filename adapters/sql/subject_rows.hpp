// The several students of a request, as rows: a request about one student has none.
#pragma once
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/sql/session.hpp"
#include "engine/ports/queries.hpp"

namespace xueji::sql {

inline constexpr std::string_view subject_columns =
    "x.ordinal, x.student_id, x.set_aside_at, x.set_aside_by, x.reason_zh, x.reason_en, x.locked, x.fields";
inline constexpr std::string_view subject_kinds = "iiiittit";
Subject read_subject(const Statement& row, std::size_t from);

/// Ordinals of one request from the first to the last.
struct SubjectRange {
  RequestId request;
  int first = 0, last = 0;
};
/// In the order of their ordinals, each once.
std::map<RequestId, std::vector<Subject>> load_subjects(Session& session, std::span<const SubjectRange> ranges);

/// For people: each with the student as the request has left them, and the name of who set it aside.
inline constexpr std::string_view from_subjects =
    " FROM request_subject x CROSS JOIN request r ON r.id = x.request_id CROSS JOIN student s ON s.id = x.student_id "
    "LEFT JOIN account a ON a.id = x.set_aside_by";
std::string subject_row_columns();
std::string subject_row_kinds();
std::vector<std::pair<RequestId, SubjectRow>> read_subject_rows(Session& session, Statement& rows);
/// The first_subjects of each request.
std::unordered_map<RequestId, std::vector<SubjectRow>> load_first_subjects(Session& session,
                                                                           std::span<const RequestId> requests);

/// Releases all students of the request that it locks; how many.
long long release_students_of(Session& session, RequestId request);

}  // namespace xueji::sql

// The several students of a request, as rows: a request about one student has none.
#pragma once
#include <map>
#include <span>
#include <vector>

#include "adapters/sql/session.hpp"
#include "engine/machine/request.hpp"

namespace xueji::sql {

inline constexpr std::string_view subject_columns =
    "x.ordinal, x.student_id, x.set_aside_at, x.set_aside_by, x.reason_zh, x.reason_en";
inline constexpr std::string_view subject_kinds = "iiiitt";
Subject read_subject(const Statement& row, std::size_t from);

/// Ordinals of one request from the first to the last.
struct SubjectRange {
  RequestId request;
  int first = 0, last = 0;
};
/// In the order of their ordinals, each once.
std::map<RequestId, std::vector<Subject>> load_subjects(Session& session, std::span<const SubjectRange> ranges);

/// Releases all students of the request that it locks; how many.
long long release_students_of(Session& session, RequestId request);

}  // namespace xueji::sql

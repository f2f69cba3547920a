// The words for the places that every request has; those that a definition names itself are its author's.
#pragma once
#include <array>
#include <string_view>

#include "engine/base/text.hpp"

namespace xueji {

/// Where the student was when the request was opened.
inline constexpr std::string_view student_school = "student.school";
/// Of whoever opened it; nobody's before that.
inline constexpr std::string_view initiator_office = "initiator.office";
/// The school that a field of the form names, as it was submitted last; none before the first submission.
inline constexpr std::string_view named_school = "named.school";
/// Of a pair: where its students were when the request was opened, one school or two. It stands in `common superior of
/// students` and in who is told, and nowhere else.
inline constexpr std::string_view students_schools = "students";

/// The words that conditions can begin with.
inline constexpr std::array<std::string_view, 3> places_of_requests{student_school, initiator_office, named_school};

/// Of one of the first two: `发起单位`, `The initiator's office`.
const Text& title_of_place(std::string_view place);

}  // namespace xueji

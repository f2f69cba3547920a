// The words for the places that every request has; those that a definition names itself are its author's.
#pragma once
#include <string_view>

#include "engine/base/text.hpp"

namespace xueji {

/// Where the student was when the request was opened.
inline constexpr std::string_view student_school = "student.school";
/// Of whoever opened it; nobody's before that.
inline constexpr std::string_view initiator_office = "initiator.office";
/// Of a pair: where its students were when the request was opened, one school or two. It stands in `common superior of
/// students` and in who is told, and nowhere else.
inline constexpr std::string_view students_schools = "students";

/// Of one of the three: `发起单位`, `The initiator's office`.
const Text& title_of_place(std::string_view place);

}  // namespace xueji

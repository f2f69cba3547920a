// The branches that `for each: school of students` writes out: one for each of the two schools that a pair may have.
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace xueji {

inline constexpr std::string_view for_each_word = "for each";
/// The author's word for the school of the branch in which it stands.
inline constexpr std::string_view branch_school = "branch.school";
/// What it means in each: where that one of the pair was when the request was opened. Nobody's in the second where both
/// were at one school, so that a school has one branch.
inline constexpr std::array<std::string_view, 2> branch_schools{"students.1.school", "students.2.school"};
/// The key of a state of the first branch in the second.
inline std::string key_in_second_branch(const std::string& key) { return key + "_2"; }

}  // namespace xueji

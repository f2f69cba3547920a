// The roles that a post can carry, and the levels of offices.
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "engine/base/text.hpp"

namespace xueji {

/// From the top of the tree downwards. An office may be missing between two levels. A township's office
/// (乡镇中心校、教办) supervises schools for its county and is no authority (学籍主管部门).
enum class Level { ministry, province, prefecture, county, township, school };

/// `registrar` (学籍管理员) files and `head` (主管领导) confirms at a school; `reviewer` (经办) and `approver` (审批)
/// decide at an authority; `admin` administers; `system` is the machine and never a person's.
enum class Role { registrar, head, reviewer, approver, admin, system };

std::string_view to_string(Level level);
/// `省级教育行政部门`, `province`
const Text& title_of(Level level);
std::string_view to_string(Role role);
std::optional<Level> parse_level(std::string_view word);
/// The inverse of to_string(), `system` included; an author may only write one of role_words.
std::optional<Role> parse_role(std::string_view word);

/// Which role of the authority above stands in: for the people of a school its reviewer, else the same one.
Role role_above(Role role);

/// The words an author may write, for messages that name the nearest one.
inline constexpr std::array<std::string_view, 6> level_words{"ministry", "province", "prefecture",
                                                             "county",   "township", "school"};
inline constexpr std::array<std::string_view, 5> role_words{"registrar", "head", "reviewer", "approver", "admin"};

}  // namespace xueji

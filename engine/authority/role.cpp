#include "engine/authority/role.hpp"

#include <utility>

namespace xueji {
namespace {

constexpr std::array<std::pair<Level, std::string_view>, 6> levels{{{Level::ministry, "ministry"},
                                                                    {Level::province, "province"},
                                                                    {Level::prefecture, "prefecture"},
                                                                    {Level::county, "county"},
                                                                    {Level::township, "township"},
                                                                    {Level::school, "school"}}};
constexpr std::array<std::pair<Role, std::string_view>, 6> roles{{{Role::registrar, "registrar"},
                                                                  {Role::head, "head"},
                                                                  {Role::reviewer, "reviewer"},
                                                                  {Role::approver, "approver"},
                                                                  {Role::admin, "admin"},
                                                                  {Role::system, "system"}}};

}  // namespace

const Text& title_of(Level level) {
  static const std::array<Text, 6> titles{{{"教育部", "ministry"},
                                           {"省级教育行政部门", "province"},
                                           {"市级教育行政部门", "prefecture"},
                                           {"县级教育行政部门", "county"},
                                           {"乡镇教育管理机构", "township"},
                                           {"学校", "school"}}};
  return titles[static_cast<std::size_t>(level)];
}

std::string_view to_string(Level level) { return levels[static_cast<std::size_t>(level)].second; }
std::string_view to_string(Role role) { return roles[static_cast<std::size_t>(role)].second; }

std::optional<Level> parse_level(std::string_view word) {
  for (const auto& [level, text] : levels)
    if (text == word) return level;
  return std::nullopt;
}

std::optional<Role> parse_role(std::string_view word) {
  for (const auto& [role, text] : roles)
    if (text == word) return role;
  return std::nullopt;
}

Role role_above(Role role) { return role == Role::registrar || role == Role::head ? Role::reviewer : role; }

}  // namespace xueji

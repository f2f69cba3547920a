// The people of a scenario, as its author calls them: `registrar`, `county reviewer`, `other county reviewer`,
// `second county reviewer`.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/authority/role.hpp"

namespace xueji {

enum class Which {
  usual,   ///< at the student's school, or the office of that level above it
  second,  ///< another person at the same post
  other    ///< at the post of another county (or province) and its school
};

struct PersonWord {
  Which which = Which::usual;
  Level level = Level::school;
  Role role = Role::registrar;
  bool operator==(const PersonWord&) const = default;
};

/// Roles of a school need no level; nothing for anything that is no such word.
std::optional<PersonWord> parse_person(std::string_view word);
std::string to_string(const PersonWord& person);

}  // namespace xueji

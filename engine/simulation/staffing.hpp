// A number for every role at every level: how many officers a post has, or how many minutes a decision takes them.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/authority/role.hpp"

namespace xueji {

struct NumberRange {
  double least = 0;
  double most = 0;
  bool whole = false;
};
inline constexpr NumberRange range_of_officers{1, 10'000, true};
inline constexpr NumberRange range_of_minutes{0, 10'000, false};

class RoleNumbers {
 public:
  double of(Level level, Role role) const { return numbers_[position(level, role)]; }

  /// Takes over `reviewer=2, ministry approver=5`: a role without a level means every level; of two that mean the same
  /// post the later counts. Gives what is wrong and what to write, or nothing.
  std::optional<std::string> take(std::string_view specification, const NumberRange& range);

 private:
  static constexpr std::size_t levels = level_words.size(), roles = role_words.size() + 1;
  static std::size_t position(Level level, Role role) {
    return static_cast<std::size_t>(level) * roles + static_cast<std::size_t>(role);
  }

  std::array<double, levels * roles> numbers_{};
};

inline constexpr std::string_view usual_officers =
    "registrar=1, head=1, reviewer=2, approver=1, admin=1, province reviewer=4, province approver=4, ministry "
    "reviewer=20, ministry approver=20";
inline constexpr std::string_view usual_minutes = "registrar=10, head=3, reviewer=10, approver=5, admin=5";

}  // namespace xueji

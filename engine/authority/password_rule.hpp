// Which passwords may be chosen: long enough, not one of the frequent ones, not made of what everybody knows.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "engine/base/text.hpp"

namespace xueji {

inline constexpr std::size_t password_characters_min = 8;
inline constexpr std::size_t password_bytes_max = 256;  ///< 64 characters of any script

/// Immutable; safe from any thread.
class WeakPasswords {
 public:
  WeakPasswords() = default;
  /// One a line; empty lines and those that begin with `# ` are none.
  explicit WeakPasswords(std::string_view lines);
  /// Whatever the case of ASCII letters.
  bool contains(std::string_view password) const;
  std::size_t size() const { return passwords_.size(); }

 private:
  std::unordered_set<std::string> passwords_;
};

/// What is wrong with it, for people; nothing for one that may be chosen. `old` is the one before, where there is one.
std::optional<Text> fault_of_password(std::string_view password, std::string_view username,
                                      const std::optional<std::string>& old, const WeakPasswords& weak);

}  // namespace xueji

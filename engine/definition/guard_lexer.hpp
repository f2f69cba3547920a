// From a guard's text to its words and signs.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/definition/guard.hpp"

namespace xueji {

enum class GuardTokenKind { name, text, integer, sign, end };

struct GuardToken {
  GuardTokenKind kind = GuardTokenKind::end;
  std::string word;         ///< a name with its dots, a text without quotes, a number's digits, a sign
  std::int64_t number = 0;  ///< of an integer
  std::size_t offset = 0;   ///< bytes into the source
};

/// The last token is always `end`.
std::variant<std::vector<GuardToken>, GuardFault> lex_guard(std::string_view source);

}  // namespace xueji

#include "engine/definition/guard_lexer.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace xueji {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c) || c == '.'; }

constexpr std::array<std::string_view, 15> signs{"==", "!=", "<=", ">=", "&&", "||", "<", ">",
                                                 "!",  "(",  ")",  "[",  "]",  ",",  "-"};

struct Lexer {
  std::string_view source;
  std::size_t at = 0;
  std::vector<GuardToken> tokens;
  std::optional<GuardFault> fault;

  void fail(std::size_t offset, std::string what, std::string advice) {
    fault = GuardFault{offset, std::move(what), std::move(advice)};
  }

  void lex_name() {
    const auto start = at;
    while (at < source.size() && is_name_part(source[at])) ++at;
    tokens.push_back({GuardTokenKind::name, std::string{source.substr(start, at - start)}, 0, start});
  }

  void lex_integer() {
    GuardToken token{GuardTokenKind::integer, {}, 0, at};
    const char* begin = source.data() + at;
    const auto [stop, error] = std::from_chars(begin, source.data() + source.size(), token.number);
    if (error != std::errc{}) return fail(at, "this number is too large", "use a number below 9223372036854775808");
    at += static_cast<std::size_t>(stop - begin);
    if (at < source.size() && is_name_part(source[at]))
      return fail(token.offset, "a number must be a whole number of decimal digits", "put texts between quotes");
    token.word = source.substr(token.offset, at - token.offset);
    tokens.push_back(std::move(token));
  }

  void lex_text() {
    const char quote = source[at];
    GuardToken token{GuardTokenKind::text, {}, 0, at};
    for (++at; at < source.size() && source[at] != quote; ++at) {
      if (source[at] == '\\') {
        ++at;
        if (at >= source.size() || (source[at] != '\\' && source[at] != '"' && source[at] != '\''))
          return fail(at - 1, "a backslash may only stand before a quote or another backslash",
                      "write \\\\ for one backslash");
      }
      token.word += source[at];
    }
    if (at >= source.size())
      return fail(token.offset, "the text that begins here does not end", fmt::format("close it with {}", quote));
    ++at;
    tokens.push_back(std::move(token));
  }

  void lex_sign() {
    for (const auto sign : signs) {
      if (!source.substr(at).starts_with(sign)) continue;
      tokens.push_back({GuardTokenKind::sign, std::string{sign}, 0, at});
      at += sign.size();
      return;
    }
    const char c = source[at];
    if (c == '=') return fail(at, "`=` is no comparison", "write `==` to compare");
    if (c == '&' || c == '|')
      return fail(at, fmt::format("`{}` is no sign of this language", c), fmt::format("write `{}{}`", c, c));
    std::size_t end = at + 1;
    while (end < source.size() && (source[end] & 0xC0) == 0x80) ++end;
    fail(at, fmt::format("`{}` has no meaning here", source.substr(at, end - at)), "put texts between quotes");
  }

  void run() {
    while (!fault && at < source.size()) {
      const char c = source[at];
      if (c == ' ' || c == '\t' || c == '\n')
        ++at;
      else if (is_name_start(c))
        lex_name();
      else if (is_digit(c))
        lex_integer();
      else if (c == '"' || c == '\'')
        lex_text();
      else
        lex_sign();
    }
    tokens.push_back({GuardTokenKind::end, {}, 0, source.size()});
  }
};

}  // namespace

std::variant<std::vector<GuardToken>, GuardFault> lex_guard(std::string_view source) {
  Lexer lexer{source, 0, {}, {}};
  lexer.run();
  if (lexer.fault) return *lexer.fault;
  return std::move(lexer.tokens);
}

}  // namespace xueji

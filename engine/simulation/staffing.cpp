#include "engine/simulation/staffing.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <variant>

#include "engine/base/text.hpp"

namespace xueji {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

struct Entry {
  std::optional<Level> level;
  Role role = Role::registrar;
  double number = 0;
};

std::variant<Entry, std::string> read_entry(std::string_view text, const NumberRange& range) {
  Entry entry;
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return fmt::format("`{}` gives no number; write it as reviewer=2", text);
  auto post = trimmed(text.substr(0, equals));
  const auto number = trimmed(text.substr(equals + 1));
  if (const auto space = post.find(' '); space != std::string_view::npos) {
    entry.level = parse_level(post.substr(0, space));
    if (!entry.level) {
      const auto meant = nearest(post.substr(0, space), level_words);
      return fmt::format("there is no level `{}`; write one of {}{}", post.substr(0, space),
                         fmt::join(level_words, ", "), meant.empty() ? "" : fmt::format(", perhaps {}", meant));
    }
    post = trimmed(post.substr(space));
  }
  const auto role = parse_role(post);
  if (!role || *role == Role::system)
    return fmt::format("there is no role `{}`; write one of {}", post, fmt::join(role_words, ", "));
  entry.role = *role;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), entry.number);
  if (number.empty() || error != std::errc{} || end != number.data() + number.size() ||
      !(entry.number >= range.least) || !(entry.number <= range.most) ||
      (range.whole && entry.number != std::floor(entry.number)))
    return fmt::format("`{}` is no {}number from {} to {}; write it as {}=2", number, range.whole ? "whole " : "",
                       range.least, range.most, post);
  return entry;
}

}  // namespace

std::optional<std::string> RoleNumbers::take(std::string_view specification, const NumberRange& range) {
  while (!specification.empty()) {
    const auto comma = specification.find(',');
    const auto read = read_entry(trimmed(specification.substr(0, comma)), range);
    if (const auto* wrong = std::get_if<std::string>(&read)) return *wrong;
    const auto& entry = std::get<Entry>(read);
    for (std::size_t level = 0; level < levels; ++level)
      if (!entry.level || *entry.level == static_cast<Level>(level))
        numbers_[position(static_cast<Level>(level), entry.role)] = entry.number;
    specification = comma == std::string_view::npos ? std::string_view{} : specification.substr(comma + 1);
  }
  return std::nullopt;
}

}  // namespace xueji

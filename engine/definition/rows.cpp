#include "engine/definition/rows.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace xueji {
namespace {

constexpr char row_mark = '\x1e', part_mark = '\x1f';

/// Takes what stands before the next mark of that kind, or all.
std::string_view take_part(std::string_view& text, char mark) {
  const auto end = std::min(text.find(mark), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(end);
  return part;
}

/// The text begins with a part's mark.
std::string_view next_part(std::string_view& text) {
  text.remove_prefix(1);
  return take_part(text, part_mark);
}

}  // namespace

std::string text_of_rows(const GuardRows& rows) {
  std::string text;
  for (const auto& row : rows) {
    text += row_mark;
    for (const auto& [key, value] : row)
      if (!is_blank(value)) text.append(1, part_mark).append(key).append(1, part_mark).append(value);
  }
  return text;
}

bool holds_rows(std::string_view text) { return !text.empty() && text.front() == row_mark; }

std::optional<GuardRows> rows_of(std::string_view text) {
  GuardRows rows;
  std::string_view left = text;
  if (!left.empty() && !holds_rows(left)) return std::nullopt;
  while (!left.empty()) {
    left.remove_prefix(1);
    std::string_view row = take_part(left, row_mark);
    auto& values = rows.emplace_back();
    while (!row.empty()) {
      if (row.front() != part_mark) return std::nullopt;
      const auto key = next_part(row);
      if (row.empty()) return std::nullopt;
      values.emplace(key, next_part(row));
    }
  }
  if (text_of_rows(rows) != text) return std::nullopt;
  return rows;
}

}  // namespace xueji

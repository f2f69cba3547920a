#include "engine/base/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace xueji {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;  ///< 0 for an ill-formed sequence
};

CodePoint read_code_point(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const auto lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  char32_t value = lead & (0x7F >> bytes);
  for (std::size_t at = 1; at < bytes; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(at) & 0x3F);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {};
  return {value, bytes};
}

bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

struct Range {
  char32_t first, last;
};

/// Unicode's white space, its default ignorable code points, and blanks with a name: Braille, Hangul fillers.
constexpr std::array<Range, 24> unseen{
    {{0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},
     {0x61C, 0x61C},   {0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x2000, 0x200F},
     {0x2028, 0x202F}, {0x205F, 0x206F}, {0x2800, 0x2800}, {0x3000, 0x3000},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},
     {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}}};

/// Of these the ones that stand for room between words.
constexpr std::array<Range, 10> spaces{{{0x09, 0x0D},
                                        {0x20, 0x20},
                                        {0x85, 0x85},
                                        {0xA0, 0xA0},
                                        {0x1680, 0x1680},
                                        {0x2000, 0x200A},
                                        {0x2028, 0x2029},
                                        {0x202F, 0x202F},
                                        {0x205F, 0x205F},
                                        {0x3000, 0x3000}}};

template <std::size_t count>
bool is_among(const std::array<Range, count>& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return range.first <= value && value <= range.last; });
}
bool is_unseen(char32_t value) { return is_among(unseen, value); }

}  // namespace

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const auto [value, bytes] = read_code_point(text);
    if (bytes == 0 || !is_unseen(value)) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::string in_two_lines(const Text& text) { return text.zh + "\n" + text.en; }

std::optional<Text> of_two_lines(std::string_view lines) {
  const auto end = lines.find('\n');
  if (end == lines.npos) return std::nullopt;
  return Text{std::string(lines.substr(0, end)), std::string(lines.substr(end + 1))};
}

bool is_clean_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto [value, bytes] = read_code_point(text);
    if (bytes == 0 || (is_control(value) && value != '\t' && value != '\n')) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::string plain_characters(std::string_view typed) {
  constexpr Range full_width{0xFF01, 0xFF5E};
  constexpr char32_t above_ascii = 0xFEE0;
  std::string plain;
  while (!typed.empty()) {
    const auto [value, bytes] = read_code_point(typed);
    const std::size_t taken = bytes == 0 ? 1 : bytes;
    if (bytes != 0 && full_width.first <= value && value <= full_width.last)
      plain += static_cast<char>(value - above_ascii);
    else if (bytes == 0 || !is_unseen(value))
      plain += typed.substr(0, taken);
    typed.remove_prefix(taken);
  }
  return plain;
}

std::string in_one_line(std::string_view typed) {
  std::string line;
  bool space = false;
  while (!typed.empty()) {
    const auto [value, bytes] = read_code_point(typed);
    const std::size_t taken = bytes == 0 ? 1 : bytes;
    if (bytes != 0 && is_unseen(value)) {
      space = space || is_among(spaces, value);
    } else {
      if (space && !line.empty()) line += ' ';
      space = false;
      line += typed.substr(0, taken);
    }
    typed.remove_prefix(taken);
  }
  return line;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace xueji

// Texts that people read: always both languages.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace xueji {

enum class Language { zh, en };

struct Text {
  std::string zh;
  std::string en;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
  bool operator==(const Text&) const = default;
};

/// Where there is room for one text only: the Chinese on the first line, the English on the second.
std::string in_two_lines(const Text& text);
/// The two of them again; nothing for a text of one line.
std::optional<Text> of_two_lines(std::string_view lines);

/// True for well-formed UTF-8 without NUL and without control characters other than tab and line feed.
bool is_clean_utf8(std::string_view text);
/// Whether people see nothing in it: no text, or only spaces of any width, line breaks and marks without a shape. What
/// is blank counts as not written, in comments, reasons, fields and conditions.
bool is_blank(std::string_view text);
/// What was typed or pasted where only digits, Latin letters and ASCII marks can be meant: full-width ones as those,
/// and nothing that people see nothing in. Other characters stay, also ill-formed ones.
std::string plain_characters(std::string_view typed);
/// What was typed where one line is meant: nothing that people see nothing in at its ends, and within one space for
/// spaces and line breaks in a row. Ill-formed characters stay.
std::string in_one_line(std::string_view typed);
/// The number of code points; `text` must be well-formed UTF-8.
std::size_t code_points(std::string_view text);
/// The candidate nearest to `word` by edit distance, or empty when none is near enough to be meant.
template <class Range>
std::string_view nearest(std::string_view word, const Range& candidates);
std::size_t edit_distance(std::string_view a, std::string_view b);

template <class Range>
std::string_view nearest(std::string_view word, const Range& candidates) {
  std::string_view best;
  std::size_t best_distance = word.size() / 3 + 2;
  for (const auto& candidate : candidates) {
    const std::string_view view{candidate};
    if (const auto distance = edit_distance(word, view); distance < best_distance) {
      best = view;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace xueji

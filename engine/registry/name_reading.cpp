#include "engine/registry/name_reading.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <optional>

#include "engine/registry/name_characters.hpp"
#include "engine/registry/names.hpp"

namespace xueji {
namespace {

constexpr char32_t ideographic_zero = 0x3007, final_middle_dot = 0x1427;

UScriptCode script_of(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
  return U_FAILURE(error) ? USCRIPT_UNKNOWN : script;
}

/// Ideographs of the planes that hold nothing else may be newer than the library.
bool is_ideograph_of_names(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0 ||
         (c >= 0x20000 && c <= 0x3FFFF && is_name_letter(c));
}

/// A variation selector behind an ideograph or a Mongolian letter is part of how the name is written.
bool chooses_a_form(std::u32string_view name, std::size_t at) {
  if (at == 0 || !u_hasBinaryProperty(static_cast<UChar32>(name[at]), UCHAR_VARIATION_SELECTOR)) return false;
  const char32_t before = name[at - 1];
  const bool is_mongolian = script_of(name[at]) == USCRIPT_MONGOLIAN || (name[at] >= 0x180B && name[at] <= 0x180F);
  return is_mongolian ? script_of(before) == USCRIPT_MONGOLIAN && !is_unseen_in_names(before)
                      : is_ideograph_of_names(before);
}

/// A final of Canadian syllables, beside one of them.
bool is_final_of_syllables(std::u32string_view name, std::size_t at) {
  const auto is_syllable = [](char32_t c) {
    return c != final_middle_dot && script_of(c) == USCRIPT_CANADIAN_ABORIGINAL;
  };
  return name[at] == final_middle_dot &&
         ((at > 0 && is_syllable(name[at - 1])) || (at + 1 < name.size() && is_syllable(name[at + 1])));
}

bool is_letter_of_names(char32_t c) { return is_name_letter(c) && !is_name_dot(c) && !is_unseen_in_names(c); }

bool is_between_parts(std::u32string_view name, std::size_t at) {
  return at > 0 && at + 1 < name.size() && is_letter_of_names(name[at - 1]) && is_letter_of_names(name[at + 1]);
}

/// Letters of which some look like those of another of the three.
bool has_twins(char32_t c) {
  const UScriptCode script = script_of(c);
  return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK;
}

char32_t latin_form(char32_t c) { return latin_twin(c).value_or(c); }

bool is_round(char32_t c) { return latin_form(c) == U'O' || latin_form(c) == U'o'; }

/// The word in letters of one script, where each letter of the others has its twin there; Latin before the others.
void write_in_one_script(std::u32string& name, std::size_t first, std::size_t last) {
  const auto holds = [&](UScriptCode script) {
    return std::any_of(name.begin() + static_cast<std::ptrdiff_t>(first),
                       name.begin() + static_cast<std::ptrdiff_t>(last),
                       [&](char32_t c) { return script_of(c) == script; });
  };
  constexpr std::array scripts{USCRIPT_LATIN, USCRIPT_CYRILLIC, USCRIPT_GREEK};
  if (std::count_if(scripts.begin(), scripts.end(), holds) < 2) return;
  for (const UScriptCode script : scripts) {
    if (!holds(script)) continue;
    std::u32string word;
    for (std::size_t at = first; at < last; ++at) {
      const char32_t c = name[at], latin = latin_form(c);
      const bool stays = script_of(c) == script || !has_twins(c);
      const auto twin = stays                     ? std::optional(c)
                        : script == USCRIPT_LATIN ? latin_twin(c)
                                                  : twin_of_latin(latin, script == USCRIPT_CYRILLIC);
      if (!twin) break;
      word += *twin;
    }
    if (word.size() == last - first) return void(name.replace(first, last - first, word));
  }
}

void mend_words(std::u32string& name) {
  const auto is_mark_of_name = [&](char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; };
  for (std::size_t first = 0; first < name.size(); ++first) {
    if (!has_twins(name[first])) continue;
    std::size_t last = first + 1;
    while (last < name.size() && (has_twins(name[last]) || is_mark_of_name(name[last]))) ++last;
    const bool is_among_ideographs = (first > 0 && is_ideograph_of_names(name[first - 1])) ||
                                     (last < name.size() && is_ideograph_of_names(name[last]));
    const auto begin = name.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = name.begin() + static_cast<std::ptrdiff_t>(last);
    if (is_among_ideographs && std::all_of(begin, end, is_round))
      std::fill(begin, end, ideographic_zero);
    else
      write_in_one_script(name, first, last);
    first = last - 1;
  }
}

/// Nobody's name begins or ends with one; an apostrophe or a tsheg may stand there.
bool is_no_end(char32_t c) {
  return is_name_dot(c) || c == U' ' || c == U'-' || c == 0x2010 || c == 0x2011 || c == 0x3000;
}

}  // namespace

std::u32string code_points_of(std::string_view utf8) {
  const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  std::u32string all;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
    all += static_cast<char32_t>(text.char32At(at));
  return all;
}

bool stands_between_names(char32_t c) {
  const auto is_in = [c](const auto& set) { return std::find(set.begin(), set.end(), c) != set.end(); };
  return is_in(name_dots) || is_in(name_marks_between);
}

bool is_name_dot(char32_t c) { return c == name_dots[0] || meant_by(c) == name_dots[0]; }

bool is_unseen_in_names(char32_t c) {
  constexpr std::array<char32_t, 3> blank{0x13441, 0x13442, 0x16FE4};
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ||
         std::find(blank.begin(), blank.end(), c) != blank.end();
}

std::u32string meant_at(std::u32string_view name, std::size_t at) {
  const char32_t c = name[at];
  if (is_unseen_in_names(c)) return chooses_a_form(name, at) ? std::u32string(1, c) : std::u32string();
  if (const auto letters = letters_of_ligature(c); !letters.empty()) return std::u32string(letters);
  if (is_final_of_syllables(name, at)) return std::u32string(1, c);
  const char32_t meant = meant_by(c).value_or(c);
  const bool is_refused = !is_name_letter(c) && !stands_between_names(c);
  const bool is_clear = !is_refused || !stands_between_names(meant) || is_between_parts(name, at);
  return std::u32string(1, is_clear ? meant : c);
}

std::u32string meant_by_name(std::u32string_view name) {
  std::u32string meant;
  for (std::size_t at = 0; at < name.size(); ++at)
    for (const char32_t c : meant_at(name, at))
      if (meant.empty() || c != meant.back() || !stands_between_names(c)) meant += c;
  mend_words(meant);
  while (!meant.empty() && is_no_end(meant.back())) meant.pop_back();
  meant.erase(meant.begin(), std::find_if_not(meant.begin(), meant.end(), is_no_end));
  return meant;
}

}  // namespace xueji

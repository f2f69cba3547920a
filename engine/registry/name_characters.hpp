// The characters of names: one table for server and page, ours, newer than any library's. Written from Unicode's data
// by script/name-characters.mjs.
#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace xueji {

/// First and last code point.
struct CharacterRange {
  char32_t first, last;
};

/// What is typed or copied for another character that looks the same: compatibility ideographs, full-width and
/// half-width letters, mathematical letters, other dots and dashes, radicals for ideographs.
struct LookAlike {
  char32_t given, meant;
};

/// Such as `17.0.0`.
std::string_view unicode_version();

/// Letters, marks and 〇, in order.
std::span<const CharacterRange> name_letters();
/// By `given`, in order. Not all of them may stand in a name: radicals, full stops and dashes may not.
std::span<const LookAlike> look_alikes();

bool is_name_letter(char32_t c);
std::optional<char32_t> meant_by(char32_t c);
/// The Latin letter that a Cyrillic or Greek one looks like.
std::optional<char32_t> latin_twin(char32_t c);
/// The Cyrillic letter, or the Greek one, that looks like a Latin one.
std::optional<char32_t> twin_of_latin(char32_t latin, bool cyrillic);
/// `fi` for `ﬁ`; empty for what is no ligature.
std::u32string_view letters_of_ligature(char32_t c);

}  // namespace xueji

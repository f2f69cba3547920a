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
/// half-width letters, other dots, radicals for ideographs.
struct LookAlike {
  char32_t given, meant;
};

/// Such as `17.0.0`.
std::string_view unicode_version();

/// Letters, marks and 〇, in order.
std::span<const CharacterRange> name_letters();
/// By `given`, in order. Not all of them may stand in a name: radicals may not.
std::span<const LookAlike> look_alikes();

bool is_name_letter(char32_t c);
std::optional<char32_t> meant_by(char32_t c);

}  // namespace xueji

// What was meant by the characters of a name: one rule for refusals, for what is told, and for finding.
#pragma once
#include <string>
#include <string_view>

namespace xueji {

/// The code points of well-formed UTF-8.
std::u32string code_points_of(std::string_view utf8);

/// May stand between the letters of a name: dots, spaces, hyphens, apostrophes, tsheg.
bool stands_between_names(char32_t c);
/// The dot within a name, or what is typed for it.
bool is_name_dot(char32_t c);
/// People see nothing where it stands: what Unicode calls ignorable, fillers and blanks that count as letters.
bool is_unseen_in_names(char32_t c);

/// What was meant by the character at that place, by its neighbours too: nothing for one that nobody sees, unless it
/// chooses the form of the ideograph before it; the character itself where nothing else is clear.
std::u32string meant_at(std::u32string_view name, std::size_t at);

/// The whole name as it was probably meant: each character by meant_at(), no dot, hyphen or space twice or at the ends,
/// 〇 for an O among ideographs, and one script within a word of letters that look alike.
std::u32string meant_by_name(std::u32string_view name);

}  // namespace xueji

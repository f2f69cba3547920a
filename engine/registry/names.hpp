// Names of persons: what they may hold, and the key by which they are found.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/registry/complaint.hpp"

namespace xueji {

inline constexpr std::size_t person_name_code_points_max = 50;

/// What may stand between the letters of a name, beside the dots: spaces, hyphens, apostrophes, and the tsheg between
/// Tibetan syllables.
inline constexpr std::array<char32_t, 10> name_marks_between{' ',  0x3000, '-',    0x2010, 0x2011,
                                                             '\'', 0x2018, 0x2019, 0x0F0B, 0x0F0C};
/// `· • ． ‧ ・ ･ ∙`, all typed for the dot within a minority name, which is the first.
inline constexpr std::array<char32_t, 7> name_dots{0x00B7, 0x2022, 0xFF0E, 0x2027, 0x30FB, 0xFF65, 0x2219};

/// 1 to 50 code points of letters, ideographs, spaces inside, `·` and its look-alikes, hyphen, apostrophe, tsheg; no
/// control, private-use or unassigned characters, no leading or trailing space, and a letter that people see. The
/// value is never altered. What was meant by a character that is refused is said where that is clear.
Complaint check_person_name(std::string_view name);
/// For finding, never for storing: NFKC, look-alike dots folded to U+00B7, case folded, spaces and what nobody sees
/// removed.
std::string search_key(std::string_view name);
/// Where two names of one search_key() are written differently: `第 4 个字符 U+00B7 与 U+2022`. Empty for equal ones.
Text spelling_difference(std::string_view name, std::string_view other);
/// The name as it was probably meant (engine/registry/name_reading.hpp): without look-alikes, characters that nobody
/// sees, and dots, hyphens or spaces twice or at the ends; nothing where it is that already. Names are kept as given:
/// this is only told.
std::optional<std::string> meant_name(std::string_view name);

}  // namespace xueji

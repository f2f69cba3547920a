// How L and J numbers are coded: the division of the school, the birth date, a serial with the sex in the seventeenth
// place, and a last character. Nothing of them is taken from an ID number.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/registry/student.hpp"

namespace xueji {

/// What the number of a child begins with. Pupils of one division, birth date and sex share the numbers of one range.
struct NumberRange {
  std::string division;  ///< six digits, where the school lies
  Date born;
  Sex sex = Sex::male;
};

/// L: each of the 500 serials of a sex with the ten last characters that are not its check character, so that no L
/// number can be taken for an ID number. J: each with its check character.
inline constexpr int l_numbers_of_range = 5'000, j_numbers_of_range = 500;

/// The number at that place of its range, from 0: the serials in turn, and again from the first with the next last
/// character. Throws std::invalid_argument for a place outside the range, a division that is not six digits, or a G
/// number, which is made of an ID number.
std::string coded_number(NumberKind kind, const NumberRange& range, int place);

/// Whether the eighteen characters are or were those of an ID number or of any student's number.
using IsTaken = std::function<bool(std::string_view characters)>;

/// The first number of the range that nobody has or had, from that place on; nothing where the range is exhausted.
std::optional<std::string> first_free_number(NumberKind kind, const NumberRange& range, const IsTaken& is_taken,
                                             int from = 0);

}  // namespace xueji

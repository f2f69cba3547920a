// The first number of a record: an L or J number that nobody has or had.
#pragma once
#include <optional>
#include <string>

#include "engine/machine/decide.hpp"

namespace xueji {

/// The division is that of the school's authority. Nothing where every number of the division, birth date and sex has
/// been given, or where the authority has no division of six digits.
std::optional<std::string> new_number(NumberKind kind, const Student& student, const OfficeTree& offices,
                                      const OthersHave& others_have);

}  // namespace xueji

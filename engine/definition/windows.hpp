// Windows are named in definitions and kept in the calendar: the two must agree before anything is served.
#pragma once
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

/// A fault for every window that the definition names and the calendar lacks: the business would always be open, the
/// waiting would never end.
std::vector<Fault> unknown_windows(const Definition& definition, const Calendar& calendar);

}  // namespace xueji

// Windows are named in definitions and kept in the calendar: the two must agree before anything is served.
#pragma once
#include <optional>

#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

/// A fault where the definition's window is missing from the calendar, which would leave the business always open.
std::optional<Fault> unknown_window(const Definition& definition, const Calendar& calendar);

}  // namespace xueji

// Windows are named in definitions and kept in the calendar: the two must agree before anything is served.
#pragma once
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

/// A fault for every window that the definition names and the calendar lacks: the business would always be open, the
/// waiting would never end.
std::vector<Fault> unknown_windows(const Definition& definition, const Calendar& calendar);

/// When it can be begun: while all windows are open that count, those with a condition only where it holds of `values`,
/// and without `values` nowhere. While it is closed, `from` is when the last of those that are closed opens.
WindowAnswer window_of(const Definition& definition, const Calendar& calendar, Instant now,
                       const Guard::Lookup& values = {});

}  // namespace xueji

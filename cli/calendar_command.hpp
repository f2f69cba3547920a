// `xueji calendar add FILE`: a year's holidays come into the installation's calendar.
#pragma once
#include <string>

#include "cli/setup/configuration.hpp"

namespace xueji {

/// Returns 0 when the years stand in the calendar, 1 when the file has a fault or contradicts the calendar. Throws
/// UsageError.
int run_calendar_add(const Configuration& configuration, const std::string& file);

}  // namespace xueji

// What an installation lacks, as the commands on definitions tell it.
#pragma once
#include <vector>

#include "engine/verify/missing.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {

/// Of definitions that go by this calendar: warnings at its file, at that of the first definition where there is none.
std::vector<Violation> warnings_of_missing(const Calendar& calendar, const std::vector<const Definition*>& definitions,
                                           Date today);

/// Says on standard error where working days are counted without a calendar.
void warn_without_calendar(const Calendar& calendar, const Definition& definition);

}  // namespace xueji

// What an installation lacks and will need: said before it hurts, and keeps nothing from running.
#pragma once
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

struct Missing {
  std::string rule;  ///< `calendar-not-found`, `year-without-holidays`
  Text what;
  Text advice;
};

/// It is said for so long before it is needed, and on every day after.
inline constexpr std::chrono::days said_before{30};

/// `calendar-not-found` where there is no calendar at all. `year-without-holidays` for each year whose holidays the
/// calendar does not know and into which the longest deadline reaches, counted from today or a day less than
/// `said_before` away. Nothing where no definition has a deadline.
std::vector<Missing> missing_for(const Calendar& calendar, const std::vector<const Definition*>& definitions,
                                 Date today);

}  // namespace xueji

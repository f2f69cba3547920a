#pragma once
#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

/// When what a state waits for comes; `now` where it has come already.
Instant moment_of(const WaitMoment& wait, const Calendar& calendar, Instant now);

}  // namespace xueji

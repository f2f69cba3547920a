#pragma once
#include "engine/definition/definition.hpp"
#include "engine/simulation/working_time.hpp"

namespace xueji {

/// When what a waiting state waits for comes; `arrived` itself where it is there already.
Seconds wait_until(const WaitMoment& moment, Seconds arrived, const WorkingTime& time, const Calendar& calendar);

}  // namespace xueji

#include "engine/simulation/wait_moment.hpp"

namespace xueji {

Seconds wait_until(const WaitMoment& moment, Seconds arrived, const WorkingTime& time, const Calendar& calendar) {
  if (moment.kind == WaitMoment::Kind::working_days) return time.due(arrived, moment.working_days);
  const WindowAnswer window = calendar.window(moment.name, time.instant(arrived));
  const bool opens = moment.kind == WaitMoment::Kind::window_opens;
  const auto change = opens ? window.from : window.until;
  return window.open == opens || !change ? arrived : time.seconds_until(*change);
}

}  // namespace xueji

#include "engine/definition/wait_moment.hpp"

#include <algorithm>

namespace xueji {

Instant moment_of(const WaitMoment& wait, const Calendar& calendar, Instant now) {
  switch (wait.kind) {
    case WaitMoment::Kind::term_begins:
      return std::max(now, calendar.next_term(wait.name, now));
    case WaitMoment::Kind::working_days:
      return calendar.add_working_days(now, wait.working_days);
    case WaitMoment::Kind::window_opens:
      return calendar.window(wait.name, now).from.value_or(now);
    case WaitMoment::Kind::window_closes:
      return calendar.window(wait.name, now).until.value_or(now);
  }
  return now;
}

}  // namespace xueji

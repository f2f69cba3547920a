#include "engine/simulation/working_time.hpp"

#include <algorithm>

namespace xueji {
namespace {

using namespace std::chrono;

constexpr Seconds morning_opens = 8 * 3'600 + 1'800, morning_closes = 12 * 3'600;
constexpr Seconds afternoon_opens = 13 * 3'600 + 1'800, afternoon_closes = 18 * 3'600;
constexpr Seconds morning = morning_closes - morning_opens;
static_assert(morning + afternoon_closes - afternoon_opens == seconds_of_working_day);
constexpr int days_of_deadlines = 2 * 366;

Seconds worked_of_day(Seconds time_of_day) {
  return std::clamp(time_of_day - morning_opens, Seconds{0}, morning) +
         std::clamp(time_of_day - afternoon_opens, Seconds{0}, afternoon_closes - afternoon_opens);
}

}  // namespace

WorkingTime::WorkingTime(const Calendar& calendar, Date from, int days_played) : start_(start_of_day_in_china(from)) {
  const sys_days first{from};
  for (int day = 0; day < days_played + days_of_deadlines; ++day) {
    working_days_before_.push_back(static_cast<std::int64_t>(working_days_.size()));
    is_working_day_.push_back(calendar.is_working_day(Date{first + days{day}}));
    if (is_working_day_.back()) working_days_.push_back(day);
  }
}

Seconds WorkingTime::seconds_until(Instant moment) const { return ceil<seconds>(moment - start_).count(); }

std::int64_t WorkingTime::day_of(Seconds at) const {
  return std::min(at / seconds_of_day, static_cast<std::int64_t>(is_working_day_.size()) - 1);
}

bool WorkingTime::is_working_day(std::int64_t day) const { return is_working_day_.at(static_cast<std::size_t>(day)); }

bool WorkingTime::is_working(Seconds at) const {
  const Seconds time_of_day = at % seconds_of_day;
  return is_working_day(day_of(at)) && ((time_of_day >= morning_opens && time_of_day < morning_closes) ||
                                        (time_of_day >= afternoon_opens && time_of_day < afternoon_closes));
}

Seconds WorkingTime::worked(Seconds at) const {
  const auto day = day_of(at);
  const Seconds before = working_days_before_[static_cast<std::size_t>(day)] * seconds_of_working_day;
  return is_working_day(day) ? before + worked_of_day(at - day * seconds_of_day) : before;
}

Seconds WorkingTime::after(Seconds at, Seconds work) const {
  if (work <= 0) return at;
  const Seconds wanted = worked(at) + work;
  const auto whole = static_cast<std::size_t>((wanted - 1) / seconds_of_working_day);
  if (whole >= working_days_.size()) return static_cast<Seconds>(is_working_day_.size()) * seconds_of_day;
  const Seconds rest = wanted - static_cast<Seconds>(whole) * seconds_of_working_day;
  const Seconds opened = working_days_[whole] * seconds_of_day;
  return opened + (rest <= morning ? morning_opens + rest : afternoon_opens + rest - morning);
}

Seconds WorkingTime::next_opening(Seconds at) const { return is_working(at) ? at : after(at, 1) - 1; }

Seconds WorkingTime::due(Seconds arrived, int working_days) const {
  const auto day = day_of(arrived);
  if (working_days <= 0) return (day + 1) * seconds_of_day;
  const std::int64_t today = is_working_day(day) ? 1 : 0;
  const auto position = working_days_before_[static_cast<std::size_t>(day)] + today + working_days - 1;
  const auto last = static_cast<std::int64_t>(working_days_.size()) - 1;
  return (working_days_[static_cast<std::size_t>(std::min(position, last))] + 1) * seconds_of_day;
}

Seconds WorkingTime::reminder(Seconds arrived, int working_days, int before) const {
  const auto last_day = due(arrived, working_days) / seconds_of_day - 1;
  const auto position = working_days_before_[static_cast<std::size_t>(last_day)] - before;
  if (position < 0) return arrived;
  return std::max(arrived, working_days_[static_cast<std::size_t>(position)] * seconds_of_day);
}

}  // namespace xueji

// The clock of a simulation: seconds from 00:00 in China of its first day, with the hours in which offices work.
#pragma once
#include <vector>

#include "engine/registry/calendar.hpp"

namespace xueji {

using Seconds = std::int64_t;
inline constexpr Seconds seconds_of_day = 86'400;
/// 08:30 to 12:00 and 13:30 to 18:00 on every working day of the calendar: eight hours.
inline constexpr Seconds seconds_of_working_day = 8 * 3'600;

class WorkingTime {
 public:
  /// Knows `days` days and two years of deadlines behind them; later moments are taken for the last one known.
  WorkingTime(const Calendar& calendar, Date from, int days);

  Instant instant(Seconds at) const { return start_ + std::chrono::seconds(at); }
  /// Rounded up.
  Seconds seconds_until(Instant moment) const;

  bool is_working(Seconds at) const;
  bool is_working_day(std::int64_t day) const;
  /// Working time that lies before `at`.
  Seconds worked(Seconds at) const;
  /// When so much working time has passed since `at`.
  Seconds after(Seconds at, Seconds work) const;
  /// `at` itself within working hours, else when offices next open.
  Seconds next_opening(Seconds at) const;

  /// As Calendar::add_working_days() and Calendar::working_days_before() say.
  Seconds due(Seconds arrived, int working_days) const;
  Seconds reminder(Seconds arrived, int working_days, int before) const;

 private:
  std::int64_t day_of(Seconds at) const;

  Instant start_;
  std::vector<bool> is_working_day_;
  std::vector<std::int64_t> working_days_before_;  ///< by day: how many of the days before it are working days
  std::vector<std::int64_t> working_days_;         ///< the days that are
};

}  // namespace xueji

// The business calendar: working days with the yearly holidays and make-up days, and the windows in which a business
// may start.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/position.hpp"
#include "engine/base/text.hpp"
#include "engine/base/time.hpp"

namespace xueji {

/// A yearly half-open interval of days in China, `[from, until)`; `until` before `from` runs over the new year.
struct YearlyInterval {
  std::chrono::month_day from;
  std::chrono::month_day until;
};

/// When a business may be *started*; what began before goes on (FAQ 9).
struct Window {
  std::string name;
  std::vector<YearlyInterval> open;
  Text reason;  ///< shown while it is closed
};

struct WindowAnswer {
  bool open = true;
  std::optional<Instant> from;   ///< while closed: when it opens
  std::optional<Instant> until;  ///< while open: when it closes; none for a business without a window
  Text reason;
  std::optional<Instant> since{};  ///< while closed: when it closed last
};

class Calendar {
 public:
  std::string file;                         ///< where it was read; empty where there was none
  std::string text;                         ///< the file's bytes
  std::set<std::chrono::year> known_years;  ///< whose holidays it knows; others have their weekends only
  std::set<Date> holidays;                  ///< weekdays that are free
  std::set<Date> working_weekends;          ///< make-up days (调休)
  std::map<std::string, Window, std::less<>> windows;
  /// First days of the semesters, `spring` and `autumn`; provinces set their own.
  std::map<std::string, std::chrono::month_day, std::less<>> terms{{"spring", std::chrono::March / 1},
                                                                   {"autumn", std::chrono::September / 1}};

  bool is_working_day(Date date) const;
  /// 24:00 in China of the `days`-th working day after the day of `start` (the day of arrival does not count).
  Instant add_working_days(Instant start, int days) const;
  /// 00:00 in China of the day `days` working days before the day on which `due` ends; never before `start`.
  Instant working_days_before(Instant due, int days, Instant start) const;
  /// Working days left after today until that on which `due` ends: 0 on that day itself, 1 on the working day before.
  /// Negative once `due` has passed: -1 up to the end of the first working day after it, then -2, and so on.
  int working_days_until(Instant due, Instant now) const;
  /// A name that the calendar does not know is open.
  WindowAnswer window(std::string_view name, Instant now) const;
  /// 00:00 in China of the next first day of that term; today's where today is one. Throws std::out_of_range for a term
  /// that there is not.
  Instant next_term(std::string_view term, Instant now) const;
  /// The year in which the school year began: on the first day of its autumn term.
  std::chrono::year school_year(Instant now) const;
};

/// Same limits and strictness as definitions.
std::variant<Calendar, std::vector<Fault>> load_calendar(std::string_view yaml, const std::string& file);

}  // namespace xueji

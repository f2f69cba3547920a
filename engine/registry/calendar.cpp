#include "engine/registry/calendar.hpp"

#include <algorithm>
#include <stdexcept>

namespace xueji {
namespace {

using namespace std::chrono;

struct Span {
  Instant from;
  Instant until;
};

/// 00:00 in China of that day; 29 February is 1 March in years without it.
Instant start_of(year in_year, month_day day_of_year) {
  const Date date = in_year / day_of_year.month() / day_of_year.day();
  return start_of_day_in_china(date.ok() ? date : Date{in_year / March / 1});
}

bool runs_over_new_year(const YearlyInterval& interval) { return interval.until <= interval.from; }

/// The window's open times around `now`, in order, those that touch made one.
std::vector<Span> spans_around(const Window& window, Instant now) {
  const year this_year = china_date(now).year();
  std::vector<Span> spans;
  for (int offset = -2; offset <= 2; ++offset) {
    const year in_year = this_year + years{offset};
    for (const auto& interval : window.open)
      spans.push_back({start_of(in_year, interval.from),
                       start_of(runs_over_new_year(interval) ? in_year + years{1} : in_year, interval.until)});
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  std::vector<Span> merged;
  for (const auto& span : spans) {
    if (!merged.empty() && span.from <= merged.back().until)
      merged.back().until = std::max(merged.back().until, span.until);
    else
      merged.push_back(span);
  }
  return merged;
}

}  // namespace

bool Calendar::is_working_day(Date date) const {
  if (working_weekends.contains(date)) return true;
  if (holidays.contains(date)) return false;
  const weekday day_of_week{sys_days{date}};
  return day_of_week != Saturday && day_of_week != Sunday;
}

Instant Calendar::add_working_days(Instant start, int days_wanted) const {
  sys_days day{china_date(start)};
  for (int counted = 0; counted < days_wanted;) {
    day += days{1};
    if (is_working_day(Date{day})) ++counted;
  }
  return start_of_day_in_china(Date{day + days{1}});
}

Instant Calendar::working_days_before(Instant due, int days_wanted, Instant start) const {
  sys_days day{china_date(due - microseconds{1})};
  for (int counted = 0; counted < days_wanted;) {
    day -= days{1};
    if (is_working_day(Date{day})) ++counted;
  }
  return std::max(start_of_day_in_china(Date{day}), start);
}

int Calendar::working_days_until(Instant due, Instant now) const {
  const sys_days last_day{china_date(due - microseconds{1})};
  const sys_days today{china_date(now)};
  const bool is_over = due <= now;
  int counted = 0;
  for (sys_days day = std::min(last_day, today); day < std::max(last_day, today);) {
    day += days{1};
    if (is_working_day(Date{day})) ++counted;
  }
  return is_over ? -std::max(counted, 1) : counted;
}

Instant Calendar::next_term(std::string_view term, Instant now) const {
  const auto found = terms.find(term);
  if (found == terms.end()) throw std::out_of_range("the calendar has no such term");
  const year this_year = china_date(now).year();
  const Instant first = start_of(this_year, found->second);
  return china_date(first) >= china_date(now) ? first : start_of(this_year + years{1}, found->second);
}

std::chrono::year Calendar::school_year(Instant now) const {
  const Date next = china_date(next_term("autumn", now));
  return next == china_date(now) ? next.year() : next.year() - years{1};
}

WindowAnswer Calendar::window(std::string_view name, Instant now) const {
  const auto found = windows.find(name);
  if (found == windows.end()) return {};
  std::optional<Instant> closed;
  for (const auto& span : spans_around(found->second, now)) {
    if (now < span.from) return {false, span.from, std::nullopt, found->second.reason, closed};
    if (now < span.until) return {true, std::nullopt, span.until, found->second.reason};
    closed = span.until;
  }
  return {false, std::nullopt, std::nullopt, found->second.reason, closed};
}

}  // namespace xueji

#include "engine/verify/missing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/identity.hpp"

namespace xueji {
namespace {

using namespace std::chrono;

/// Where something waits for working days, and for how many.
struct Longest {
  const Definition* definition = nullptr;
  const State* state = nullptr;
  int working_days = 0;
};

int working_days_of(const State& state) {
  const int due = state.deadline ? state.deadline->working_days : 0;
  const bool waits = state.wait && state.wait->kind == WaitMoment::Kind::working_days;
  return std::max(due, waits ? state.wait->working_days : 0);
}

Longest longest_of(const std::vector<const Definition*>& definitions) {
  Longest longest;
  for (const Definition* definition : definitions)
    for (const State& state : definition->states)
      if (const int count = working_days_of(state); count > longest.working_days) longest = {definition, &state, count};
  return longest;
}

/// The first day on which so many working days reach into the year.
Date first_reaching(const Calendar& calendar, year into, int working_days) {
  sys_days day{into / January / 1};
  for (int counted = 0; counted < working_days;) {
    day -= days{1};
    counted += calendar.is_working_day(Date{day});
  }
  return Date{day};
}

Missing no_calendar() {
  return {"calendar-not-found",
          {"找不到业务日历，期限只扣除周末，不扣除节假日",
           "there is no business calendar: deadlines know weekends and no holidays"},
          {"请以 --calendar 指明日历文件，或将 calendar.yaml 放在流程定义旁",
           "name one by --calendar, or put a calendar.yaml beside the definitions"}};
}

Missing no_holidays(year missing, Date needed, const Longest& longest) {
  const int number = static_cast<int>(missing);
  return {
      "year-without-holidays",
      {fmt::format("业务日历没有 {} 年的放假安排，自 {} 起会算错期限（“{}”的“{}”为 {} 个工作日）", number,
                   to_string(needed), longest.definition->title.zh, longest.state->title.zh, longest.working_days),
       fmt::format("the calendar has no holidays of {}, and from {} on deadlines come out wrong (`{}` of {} has {} "
                   "working days)",
                   number, to_string(needed), longest.state->key, name_with_variant(*longest.definition),
                   longest.working_days)},
      {fmt::format("国务院办公厅公布 {} 年放假安排后，请用 xueji calendar add 加入日历", number),
       fmt::format("add them by `xueji calendar add FILE` once the State Council has published those of {}", number)}};
}

}  // namespace

std::vector<Missing> missing_for(const Calendar& calendar, const std::vector<const Definition*>& definitions,
                                 Date today) {
  const Longest longest = longest_of(definitions);
  if (!longest.definition) return {};
  if (calendar.file.empty()) return {no_calendar()};
  std::vector<Missing> missing;
  for (year each = today.year();; each += years{1}) {
    const Date needed = first_reaching(calendar, each, longest.working_days);
    if (sys_days{needed} - said_before > sys_days{today}) return missing;
    if (!calendar.known_years.contains(each)) missing.push_back(no_holidays(each, needed, longest));
  }
}

}  // namespace xueji

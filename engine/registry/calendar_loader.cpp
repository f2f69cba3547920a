#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/registry/calendar.hpp"
#include "engine/yaml/yaml_reader.hpp"

namespace xueji {
namespace {

using namespace std::chrono;

constexpr int days_off_max = 31;

bool is_weekend(Date date) {
  const weekday day{sys_days{date}};
  return day == Saturday || day == Sunday;
}

std::optional<Date> read_date(const YamlNode& node, std::string_view text, FaultList& faults) {
  const auto date = parse_date(text);
  if (!date)
    faults.add(node.position, fmt::format("`{}` is no day", text),
               "write days like 2026-10-01, and from to like 2026-10-01..2026-10-07");
  return date;
}

void check_year(const YamlNode& node, Date date, year wanted, FaultList& faults) {
  if (date.year() != wanted)
    faults.add(node.position, fmt::format("{} is not in {}", to_string(date), static_cast<int>(wanted)),
               "put it under its own year");
}

/// `2026-10-01` or `2026-10-01..2026-10-07`; both ends belong to it.
void read_free_days(const YamlNode& node, year in_year, std::set<Date>& free_days, FaultList& faults) {
  const auto text = read_text(node, "free", faults);
  if (!text) return;
  const auto dots = text->find("..");
  const auto first = read_date(node, std::string_view{*text}.substr(0, dots), faults);
  const auto last =
      dots == std::string::npos ? first : read_date(node, std::string_view{*text}.substr(dots + 2), faults);
  if (!first || !last) return;
  check_year(node, *first, in_year, faults);
  if (sys_days{*last} < sys_days{*first} || sys_days{*last} - sys_days{*first} > days{days_off_max})
    return faults.add(node.position, fmt::format("`{}` does not run from a day to a later one", *text),
                      fmt::format("let it run forward, at most {} days", days_off_max));
  for (sys_days day{*first}; day <= sys_days{*last}; day += days{1}) free_days.insert(Date{day});
}

void read_working_day(const YamlNode& node, year in_year, const std::set<Date>& free_days, Calendar& calendar,
                      FaultList& faults) {
  const auto text = read_text(node, "working", faults);
  const auto date = text ? read_date(node, *text, faults) : std::nullopt;
  if (!date) return;
  check_year(node, *date, in_year, faults);
  if (!is_weekend(*date))
    faults.add(node.position, fmt::format("{} is a working day anyway", *text),
               "list only weekends on which people work");
  if (free_days.contains(*date))
    faults.add(node.position, fmt::format("{} is free and a working day", *text),
               "keep what the notice says of that day");
  calendar.working_weekends.insert(*date);
}

void read_year(const YamlEntry& entry, Calendar& calendar, FaultList& faults) {
  const auto first_day = parse_date(entry.key.text + "-01-01");
  if (!first_day)
    return faults.add(entry.key.position, fmt::format("`{}` is no year", entry.key.text), "write it with four digits");
  MapReader map{entry.value, "a year", faults};
  const auto* free = map.need("free", "list the holidays, `free: [2026-10-01..2026-10-07]`");
  const auto* working = map.take("working");
  map.take("source");
  map.finish();
  std::set<Date> free_days;
  if (free)
    for (const auto& item : read_list(*free, "free", faults))
      read_free_days(item, first_day->year(), free_days, faults);
  if (working)
    for (const auto& item : read_list(*working, "working", faults))
      read_working_day(item, first_day->year(), free_days, calendar, faults);
  std::copy_if(free_days.begin(), free_days.end(), std::inserter(calendar.holidays, calendar.holidays.end()),
               [](Date day) { return !is_weekend(day); });
  calendar.known_years.insert(first_day->year());
}

/// `MM-DD`, any day that some year has; false after a fault.
bool read_month_day(const YamlNode& node, std::string_view name, month_day& result, FaultList& faults) {
  const auto text = read_text(node, name, faults);
  if (!text) return false;
  if (const auto date = parse_date("2000-" + *text)) {
    result = {date->month(), date->day()};
    return true;
  }
  faults.add(node.position, fmt::format("`{}` is no day of the year", *text), "write it like 08-15");
  return false;
}

void read_interval(const YamlNode& node, Window& window, FaultList& faults) {
  MapReader map{node, "an interval", faults};
  const auto* from = map.need("from", "add the first day, `from: 08-15`");
  const auto* until = map.need("until", "add the day on which it is closed again, `until: 02-15`");
  map.finish();
  YearlyInterval interval{January / 1, January / 1};
  const bool has_from = from && read_month_day(*from, "from", interval.from, faults);
  const bool has_until = until && read_month_day(*until, "until", interval.until, faults);
  if (!has_from || !has_until) return;
  if (interval.from == interval.until)
    faults.add(node.position, "this interval ends where it begins",
               "leave the window out where the business is always open");
  window.open.push_back(interval);
}

void read_window(const YamlEntry& entry, Calendar& calendar, FaultList& faults) {
  Window window;
  window.name = entry.key.text;
  MapReader map{entry.value, "a window", faults};
  const auto* open = map.need("open", "say when it is open, `open: [{from: 08-15, until: 07-15}]`");
  const auto* reason = map.need("reason", "say what people are told while it is closed, `reason: {zh: …, en: …}`");
  const auto* source = map.need("source", "cite the rule it comes from, `source: FAQ 9`");
  map.finish();
  if (open)
    for (const auto& item : read_list(*open, "open", faults)) read_interval(item, window, faults);
  if (reason) window.reason = read_texts(*reason, "reason", faults, 500).value_or(Text{});
  if (source) read_text(*source, "source", faults, 500);
  calendar.windows.emplace(window.name, std::move(window));
}

void read_terms(const YamlNode& node, Calendar& calendar, FaultList& faults) {
  MapReader map{node, "`terms`", faults};
  for (auto& [term, first_day] : calendar.terms)
    if (const auto* day = map.need(term, fmt::format("add its first day, `{}: 03-01`", term)))
      read_month_day(*day, term, first_day, faults);
  map.finish();
}

}  // namespace

std::variant<Calendar, std::vector<Fault>> load_calendar(std::string_view yaml, const std::string& file) {
  auto read = read_strict_yaml(yaml, file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&read)) return std::move(*faults);
  FaultList faults{file};
  Calendar calendar;
  MapReader map{std::get<YamlDocument>(read).root, "a calendar", faults};
  if (const auto* format = map.need("format", "begin with `format: 1`"))
    read_whole_number(*format, "format", faults, 1, 1);
  const auto* years = map.need("holidays", "add the years, `holidays: {2026: {free: […], working: […]}}`");
  const auto* terms = map.take("terms");
  const auto* windows = map.take("windows");
  map.finish();
  if (years)
    for (const auto& entry : read_entries(*years, "holidays", faults)) read_year(entry, calendar, faults);
  if (terms) read_terms(*terms, calendar, faults);
  if (windows)
    for (const auto& entry : read_entries(*windows, "windows", faults)) read_window(entry, calendar, faults);
  if (!faults.empty()) return faults.take();
  calendar.file = file;
  calendar.text = yaml;
  return calendar;
}

}  // namespace xueji

#include "engine/registry/calendar_addition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "engine/registry/calendar.hpp"
#include "engine/yaml/yaml_reader.hpp"

namespace xueji {
namespace {

using namespace std::chrono;

constexpr std::string_view holidays_key = "holidays";
constexpr std::size_t days_named_max = 5;

/// A calendar that could be read, with its tree.
struct Read {
  Calendar calendar;
  YamlDocument document;
  const std::vector<YamlEntry>& years() const { return document.root.find(holidays_key)->entries; }
};

std::variant<Read, std::vector<Fault>> read(const NamedText& source) {
  auto calendar = load_calendar(source.text, source.file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&calendar)) return std::move(*faults);
  return Read{std::get<Calendar>(std::move(calendar)),
              std::get<YamlDocument>(read_strict_yaml(source.text, source.file))};
}

year year_of(const YamlEntry& entry) { return year{std::stoi(entry.key.text)}; }

/// Days on which the two calendars differ in that year.
std::vector<std::string> different_days(const Calendar& a, const Calendar& b, year in_year) {
  std::vector<std::string> days_named;
  const sys_days end{(in_year + years{1}) / January / 1};
  for (sys_days day{in_year / January / 1}; day < end; day += days{1})
    if (a.is_working_day(Date{day}) != b.is_working_day(Date{day})) days_named.push_back(to_string(Date{day}));
  if (days_named.size() > days_named_max) {
    days_named.resize(days_named_max);
    days_named.emplace_back("…");
  }
  return days_named;
}

void check_years(const Read& calendar, const Read& addition, FaultList& faults) {
  for (const auto& [key, value] : addition.document.root.entries)
    if (key.text != "format" && key.text != holidays_key)
      faults.add(key.position, fmt::format("a file of years has no `{}`", key.text), "keep `format` and `holidays`");
  for (const YamlEntry& entry : addition.years()) {
    const year each = year_of(entry);
    if (!entry.value.find("source"))
      faults.add(entry.key.position, fmt::format("{} does not say where its days come from", entry.key.text),
                 "cite the notice, like `source: 国办发明电〔2025〕7号`");
    const auto days_named = different_days(calendar.calendar, addition.calendar, each);
    if (calendar.calendar.known_years.contains(each) && !days_named.empty())
      faults.add(entry.key.position,
                 fmt::format("{} stands in {} with other days: {}", entry.key.text, calendar.calendar.file,
                             fmt::join(days_named, ", ")),
                 "correct this file; where the notice was changed, correct the calendar by hand");
  }
}

/// Between double quotes, for any text on one line.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) result += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  return result + "\"";
}

std::vector<std::string> lines_of_year(const YamlEntry& entry, const std::string& indent) {
  std::vector<std::string> lines{indent + entry.key.text + ":",
                                 indent + "  source: " + quoted(entry.value.find("source")->text), indent + "  free:"};
  for (const YamlNode& free : entry.value.find("free")->items) lines.push_back(indent + "    - " + free.text);
  if (const YamlNode* working = entry.value.find("working")) {
    std::vector<std::string_view> days_named;
    for (const YamlNode& day : working->items) days_named.push_back(day.text);
    lines.push_back(fmt::format("{}  working: [{}]", indent, fmt::join(days_named, ", ")));
  }
  return lines;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_comment(const std::string& line) {
  const auto first = line.find_first_not_of(' ');
  return first != std::string::npos && line[first] == '#';
}

/// Before which line (from 0) the year belongs: that of the next later year with the comments above it, or the end of
/// the holidays.
std::size_t place_for(const Read& calendar, const std::vector<std::string>& lines, year added) {
  const auto& entries = calendar.years();
  const auto later =
      std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& entry) { return year_of(entry) > added; });
  std::size_t before = lines.size();
  if (later != entries.end()) {
    before = static_cast<std::size_t>(later->key.position.line) - 1;
    while (before > 0 && is_comment(lines[before - 1])) --before;
    return before;
  }
  for (const auto& [key, value] : calendar.document.root.entries)
    if (key.position.line > entries.front().key.position.line)
      before = std::min(before, static_cast<std::size_t>(key.position.line) - 1);
  while (before > 0 && (lines[before - 1].empty() || lines[before - 1].front() == '#')) --before;
  return before;
}

/// `holidays: {2026: …}` leaves no line for another year.
bool has_a_line_for_each_year(const Read& calendar) {
  const auto& root = calendar.document.root.entries;
  const auto holidays =
      std::find_if(root.begin(), root.end(), [](const YamlEntry& entry) { return entry.key.text == holidays_key; });
  return calendar.years().front().key.position.line > holidays->key.position.line;
}

/// What was read before is read again, and the added years with it.
void must_be_whole(const CalendarAddition& addition, const NamedText& before, const Read& calendar,
                   const Read& years_added) {
  const auto now = load_calendar(addition.text, before.file);
  const auto* whole = std::get_if<Calendar>(&now);
  if (!whole || whole->windows.size() != calendar.calendar.windows.size() || whole->terms != calendar.calendar.terms)
    throw std::logic_error("the calendar with the added years can't be read");
  for (const year each : whole->known_years)
    if (!different_days(*whole, calendar.calendar.known_years.contains(each) ? calendar.calendar : years_added.calendar,
                        each)
             .empty())
      throw std::logic_error("the calendar with the added years has other days");
}

}  // namespace

std::variant<CalendarAddition, std::vector<Fault>> with_years(const NamedText& calendar, const NamedText& added_years) {
  auto read_calendar = read(calendar);
  if (auto* faults = std::get_if<std::vector<Fault>>(&read_calendar)) return std::move(*faults);
  auto read_years = read(added_years);
  if (auto* faults = std::get_if<std::vector<Fault>>(&read_years)) return std::move(*faults);
  const Read& known = std::get<Read>(read_calendar);
  const Read& given = std::get<Read>(read_years);
  FaultList faults{added_years.file};
  check_years(known, given, faults);
  if (!faults.empty()) return faults.take();
  if (!has_a_line_for_each_year(known))
    return std::vector<Fault>{{calendar.file, known.years().front().key.position,
                               "the years stand between braces, and there is no place for another",
                               "write each year on a line of its own below `holidays:`"}};
  CalendarAddition addition{calendar.text, {}, {}};
  std::vector<YamlEntry> entries = given.years();
  std::sort(entries.begin(), entries.end(),
            [](const YamlEntry& a, const YamlEntry& b) { return year_of(a) < year_of(b); });
  const std::string indent(static_cast<std::size_t>(known.years().front().key.position.column) - 1, ' ');
  const std::vector<std::string> lines_before = split(calendar.text);
  std::vector<std::string> lines = lines_before;
  // From the last to the first, so that the places of those before stay.
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (known.calendar.known_years.contains(year_of(*entry))) {
      addition.there.insert(addition.there.begin(), year_of(*entry));
      continue;
    }
    auto more = lines_of_year(*entry, indent);
    const auto position = lines.begin() + static_cast<std::ptrdiff_t>(place_for(known, lines_before, year_of(*entry)));
    lines.insert(position, std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    addition.added.insert(addition.added.begin(), year_of(*entry));
  }
  addition.text = fmt::format("{}\n", fmt::join(lines, "\n"));
  must_be_whole(addition, calendar, known, given);
  return addition;
}

}  // namespace xueji

#include "engine/scenario/scenario_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace xueji {
namespace {

constexpr std::size_t offices_min = 2;  ///< a school and a province
constexpr std::size_t offices_max = 5;  ///< a school, a township and what stands above it

std::optional<Instant> china_time(const std::string& text) {
  if (text.size() != 16 && text.size() != 19) return std::nullopt;
  return parse_rfc3339(text + (text.size() == 16 ? ":00+08:00" : "+08:00"));
}

std::optional<Moment> relative(const std::string& text) {
  if (!text.starts_with('+')) return std::nullopt;
  int amount = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + 1, end, amount);
  if (error != std::errc{} || amount < 0 || amount > 10'000) return std::nullopt;
  const std::string unit{stop, end};
  Moment moment;
  if (unit == " working day" || unit == " working days")
    moment.working_days_later = amount;
  else if (unit == " day" || unit == " days")
    moment.later = std::chrono::hours(24 * amount);
  else if (unit == " hour" || unit == " hours")
    moment.later = std::chrono::hours(amount);
  else if (unit == " minute" || unit == " minutes")
    moment.later = std::chrono::minutes(amount);
  else
    return std::nullopt;
  return moment;
}

std::vector<std::string> read_offices(const YamlNode& node, FaultList& faults) {
  const auto text = read_text(node, "school", faults);
  if (!text) return {};
  static constexpr std::string_view under = " under ";
  std::vector<std::string> names;
  std::size_t begin = 0;
  for (auto end = text->find(under); end != std::string::npos; end = text->find(under, begin)) {
    names.push_back(text->substr(begin, end - begin));
    begin = end + under.size();
  }
  names.push_back(text->substr(begin));
  if (names.size() < offices_min || names.size() > offices_max) {
    faults.add(
        node.position, fmt::format("a school stands under one to four offices, not {}", names.size() - 1),
        "write `SCHOOL under COUNTY under PROVINCE`, with a prefecture between the last two and then a township before "
        "them, or without the county");
    return {};
  }
  return names;
}

void read_stage(const YamlNode& node, ScenarioSchool& school, FaultList& faults) {
  if (const auto stage = parse_stage(node.text))
    school.stages.push_back(*stage);
  else
    faults.add(node.position, fmt::format("there is no stage `{}`", node.text),
               suggest(node.text, {stage_words.begin(), stage_words.end()}));
}

}  // namespace

std::optional<Moment> read_moment(const YamlNode& node, FaultList& faults) {
  const auto text = read_text(node, "at", faults);
  if (!text) return std::nullopt;
  if (const auto instant = china_time(*text)) return Moment{instant, std::chrono::minutes(0), 0};
  if (const auto moment = relative(*text)) return moment;
  faults.add(node.position, fmt::format("`{}` is no moment", *text),
             "write 2026-09-01T09:00 (in China), `+3 working days`, or `+2 hours`");
  return std::nullopt;
}

std::vector<std::string> read_school(const YamlNode& node, ScenarioSchool& school, FaultList& faults) {
  if (!node.is_map()) return read_offices(node, faults);
  std::vector<std::string> offices;
  MapReader map{node, "a school", faults};
  if (const auto* name = map.need("name", "add `name: SCHOOL under COUNTY under PROVINCE`"))
    offices = read_offices(*name, faults);
  if (const auto* stages = map.take("stages"))
    for (const YamlNode& item : read_list(*stages, "stages", faults)) read_stage(item, school, faults);
  std::sort(school.stages.begin(), school.stages.end());
  if (const auto* system = map.take("system")) {
    const auto parsed = parse_school_system(system->text);
    if (!parsed)
      faults.add(system->position, fmt::format("there is no school system `{}`", system->text), "write 6-3 or 5-4");
    school.system = parsed.value_or(SchoolSystem::six_three);
  }
  map.finish();
  return offices;
}

std::string read_person(const YamlNode& node, const Scenario& scenario, FaultList& faults) {
  const auto text = read_text(node, "who", faults);
  if (!text) return {};
  if (scenario.people.contains(*text)) return *text;
  const auto person = parse_person(*text);
  if (person) return to_string(*person);
  faults.add(node.position, fmt::format("nobody is called `{}`", *text),
             "write `registrar`, `head`, `county reviewer`, `province approver` or the like, with `other` or `second` "
             "before it, or a name of `given.people`");
  return {};
}

std::optional<RefusalKind> read_refusal(const YamlNode& node, FaultList& faults) {
  const auto text = read_text(node, "refused", faults);
  if (!text) return std::nullopt;
  std::vector<std::string_view> slugs;
  for (int kind = 0; kind <= static_cast<int>(RefusalKind::failed); ++kind) {
    slugs.push_back(slug(static_cast<RefusalKind>(kind)));
    if (slugs.back() == *text) return static_cast<RefusalKind>(kind);
  }
  faults.add(node.position, fmt::format("there is no refusal `{}`", *text), suggest(*text, slugs));
  return std::nullopt;
}

std::string read_state(const YamlNode& node, std::string_view name, const Definition& definition, FaultList& faults) {
  const auto text = read_text(node, name, faults);
  if (!text || definition.state(*text)) return text.value_or("");
  std::vector<std::string_view> states;
  for (const State& state : definition.states) states.push_back(state.key);
  faults.add(node.position, fmt::format("the definition has no state `{}`", *text), suggest(*text, states));
  return {};
}

}  // namespace xueji

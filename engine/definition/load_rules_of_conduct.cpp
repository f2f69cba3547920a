#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view own_submission = "nobody their own submission";

void read_separated_states(Loading& loading, const YamlNode& node) {
  std::vector<std::string> group;
  for (const auto& item : read_list(node, "different people", loading.faults)) {
    const auto key = read_state_key(loading, item, "different people");
    if (key.empty()) continue;
    if (const auto kind = loading.state_name(key)->kind; kind && !is_decided(*kind))
      loading.faults.add(item.position, fmt::format("in `{}` no officer decides", key),
                         "name approvals or registrations");
    else if (std::find(group.begin(), group.end(), key) != group.end())
      loading.faults.add(item.position, fmt::format("`{}` stands here a second time", key), "keep one of the two");
    else
      group.push_back(key);
  }
  if (node.is_list() && node.items.size() == 1)
    loading.faults.add(node.position, "one state alone needs no different people", "name at least two states");
  loading.definition.separation.different_people.push_back(std::move(group));
}

void load_one_separation(Loading& loading, const YamlNode& node) {
  MapReader map{node, "an entry of `separation`", loading.faults};
  const auto* decides = map.take("decides");
  const auto* different = map.take("different people");
  map.finish();
  if (decides) {
    const auto text = read_text(*decides, "decides", loading.faults);
    if (text && *text != own_submission)
      loading.faults.add(decides->position, fmt::format("`decides` cannot be `{}`", *text),
                         fmt::format("write `decides: {}`", own_submission));
    loading.definition.separation.nobody_own_submission = true;
  }
  if (different) read_separated_states(loading, *different);
}

/// What `inform` may name after `on`: this definition's actions, the outcomes of its ends, and the machine's own
/// events.
std::vector<std::string_view> informing_events(const Definition& definition) {
  std::vector<std::string_view> events;
  const auto add = [&](std::string_view event) {
    if (std::find(events.begin(), events.end(), event) == events.end()) events.push_back(event);
  };
  if (definition.opened_on) add("open");
  for (const auto& state : definition.states) {
    for (const auto& action : state.actions) add(action.key);
    if (state.kind == StateKind::end) add(to_string(state.outcome));
    if (state.kind == StateKind::check) add(to_string(CheckOutcome::suspect));
    if (state.deadline) add("overdue");
  }
  return events;
}

void read_who(Loading& loading, Inform& inform, const YamlNode& item) {
  if (item.is_text() && item.text == "initiator") {
    inform.initiator = true;
  } else if (item.is_text() && item.text.find(' ') == std::string::npos) {
    loading.faults.add(item.position, fmt::format("`{}` is nobody to tell", item.text),
                       "write `initiator` or `ROLE at OFFICE`");
  } else if (auto actor = read_told(loading, item, "who")) {
    inform.who.push_back(std::move(*actor));
  }
}

void load_one_inform(Loading& loading, const YamlNode& node) {
  MapReader map{node, "an entry of `inform`", loading.faults};
  const auto* on = map.need("on", "say at which action or outcome, `on: return`");
  const auto* who = map.need("who", "say who is told, `who: [initiator]`");
  map.finish();
  Inform inform;
  if (const auto event = on ? read_text(*on, "on", loading.faults) : std::nullopt) {
    const auto events = informing_events(loading.definition);
    if (loading.states_are_whole && std::find(events.begin(), events.end(), *event) == events.end())
      loading.faults.add(on->position, fmt::format("nothing called `{}` happens here", *event),
                         suggest(*event, events));
    inform.on = *event;
  }
  if (who)
    for (const auto& item : read_list(*who, "who", loading.faults)) read_who(loading, inform, item);
  loading.definition.inform.push_back(std::move(inform));
}

constexpr std::string_view pair_word = "pair of students";
constexpr auto pair_advice = "write `on: {pair of students: [student.name, student.birth_date]}`";

/// `pair of students: [student.name, student.birth_date], where: …`
void load_pair_rule(Loading& loading, const YamlNode& node) {
  PairRule rule;
  rule.position = node.position;
  MapReader map{node, "`on`", loading.faults};
  const auto* same = map.need(pair_word, "say what two records have alike");
  const auto* where = map.take("where");
  map.finish();
  if (!same) return;
  for (const auto& item : read_list(*same, pair_word, loading.faults)) {
    const auto members = student_members();
    const auto member = std::find_if(members.begin(), members.end(),
                                     [&](const Member& each) { return item.is_text() && each.path() == item.text; });
    if (member == members.end()) {
      const auto paths = member_paths();
      loading.faults.add(item.position, fmt::format("`{}` is no member of a record", item.text),
                         suggest(item.text, {paths.begin(), paths.end()}));
    } else if (std::find(rule.same.begin(), rule.same.end(), member->name) != rule.same.end()) {
      loading.faults.add(item.position, fmt::format("`{}` stands here a second time", item.text),
                         "keep one of the two");
    } else {
      rule.same.emplace_back(member->name);
    }
  }
  for (const std::string_view needed : {"name", "birth_date"})
    if (std::find(rule.same.begin(), rule.same.end(), needed) == rule.same.end())
      loading.faults.add(same->position,
                         fmt::format("a pair has `student.{}` alike: by it the records are found", needed),
                         fmt::format("add `student.{}`", needed));
  if (where) rule.where = read_guard(loading, *where, GuardScope::opening);
  loading.definition.opened_on = std::move(rule);
}

void check_opening_of_pair(Loading& loading, const YamlNode& node) {
  const Definition& definition = loading.definition;
  const bool is_pair = definition.subject.kind == SubjectRule::Kind::pair;
  if (is_pair && !definition.opened_on)
    loading.faults.add(node.position, "nobody opens a request about a pair: the machine does", pair_advice);
  if (!definition.opened_on) return;
  if (!is_pair)
    loading.faults.add(definition.opened_on->position, "the machine opens requests about a pair only",
                       "write `subject: {students: 2}`");
  if (!definition.open_when.empty())
    loading.faults.add(definition.open_when.front().position, "nobody is told why the machine opened nothing",
                       "write the condition as `where` of `on`");
  if (!definition.windows.empty())
    loading.faults.add(definition.windows.front().position, "the machine opens a pair whenever it finds one",
                       "leave out `window`");
}

void load_window(Loading& loading, const YamlNode& node) {
  WindowRule rule;
  rule.position = node.position;
  if (node.is_map()) {
    MapReader map{node, "a window", loading.faults};
    const auto* name = map.need("name", "name the calendar's window, `name: transfer`");
    const auto* when = map.need("when", "say for whom it counts, `when: student.graduating`, or write its name alone");
    map.finish();
    if (name) rule.name = read_text(*name, "name", loading.faults).value_or("");
    if (when) rule.when = read_guard(loading, *when, GuardScope::opening);
  } else {
    rule.name = read_text(node, "window", loading.faults).value_or("");
  }
  if (!rule.name.empty()) loading.definition.windows.push_back(std::move(rule));
}

/// One window, or a list of those that count together.
void load_windows(Loading& loading, const YamlNode& node) {
  if (!node.is_list() && !node.is_map()) return load_window(loading, node);
  if (loading.definition.format < 2) {
    loading.faults.add(node.position, "several windows, and windows with a condition, belong to format 2",
                       "write `format: 2`");
    return;
  }
  if (node.is_map()) return load_window(loading, node);
  if (node.items.size() > windows_max)
    loading.faults.add(node.position, fmt::format("a business has at most {} windows", windows_max), "leave some out");
  for (const auto& item : read_list(node, "window", loading.faults)) load_window(loading, item);
}

}  // namespace

void load_open(Loading& loading, const YamlNode& node) {
  auto& definition = loading.definition;
  MapReader map{node, "`open`", loading.faults};
  if (const auto* by = map.need("by", "say who may open it, `by: registrar at student.school`")) {
    if (auto actor = read_opener(loading, *by, "by")) {
      if (actor->office.place == initiator_office && actor->office.step != OfficeExpression::Step::any_school)
        loading.faults.add(by->position, "nobody is the initiator before the request is opened",
                           "name the office from the student, like `student.school`");
      if (actor->office.starts_from(named_school))
        loading.faults.add(by->position, "no school is named before the form is filled in",
                           "name the office from the student, like `student.school`");
      definition.opened_by = std::move(*actor);
    }
  }
  if (const auto* on = map.take("on")) load_pair_rule(loading, *on);
  if (const auto* when = map.take("when"))
    definition.open_when = read_rules(loading, *when, "when", GuardScope::opening);
  if (const auto* window = map.take("window")) load_windows(loading, *window);
  map.refuse_later_key("windows");
  map.finish();
  check_opening_of_pair(loading, node);
}

void load_separation(Loading& loading, const YamlNode& node) {
  loading.definition.separation.position = node.position;
  for (const auto& item : read_list(node, "separation", loading.faults)) load_one_separation(loading, item);
}

void load_inform(Loading& loading, const YamlNode& node) {
  for (const auto& item : read_list(node, "inform", loading.faults)) load_one_inform(loading, item);
}

}  // namespace xueji

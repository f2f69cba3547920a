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
    if (const auto kind = loading.state_name(key)->kind; kind && kind != StateKind::approval)
      loading.faults.add(item.position, fmt::format("in `{}` no officer decides", key), "name approval states");
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
  } else if (auto actor = read_actor(loading, item, "who")) {
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

}  // namespace

void load_open(Loading& loading, const YamlNode& node) {
  auto& definition = loading.definition;
  MapReader map{node, "`open`", loading.faults};
  if (const auto* by = map.need("by", "say who may open it, `by: registrar at student.school`")) {
    if (auto actor = read_opener(loading, *by, "by")) {
      if (actor->office.place == initiator_office && actor->office.step != OfficeExpression::Step::any_school)
        loading.faults.add(by->position, "nobody is the initiator before the request is opened",
                           "name the office from the student, like `student.school`");
      definition.opened_by = std::move(*actor);
    }
  }
  if (const auto* when = map.take("when"))
    definition.open_when = read_rules(loading, *when, "when", GuardScope::opening);
  if (const auto* window = map.take("window")) {
    definition.window = read_text(*window, "window", loading.faults).value_or("");
    definition.window_position = window->position;
  }
  map.refuse_later_key("windows");
  map.finish();
}

void load_separation(Loading& loading, const YamlNode& node) {
  loading.definition.separation.position = node.position;
  for (const auto& item : read_list(node, "separation", loading.faults)) load_one_separation(loading, item);
}

void load_inform(Loading& loading, const YamlNode& node) {
  for (const auto& item : read_list(node, "inform", loading.faults)) load_one_inform(loading, item);
}

}  // namespace xueji

#include <fmt/format.h>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

/// A later state, so that a request comes through once at most, or an end.
std::string read_way_target(Loading& loading, const State& choice, const YamlNode& node) {
  const auto* own = loading.state_name(choice.key);
  auto to = read_target(loading, node, "to", *own);
  const auto* target = loading.state_name(to);
  if (target && target <= own && target->kind != StateKind::end)
    loading.faults.add(node.position, fmt::format("`{}` does not come after `{}`", to, choice.key),
                       "name a later state, or an end: a choice only leads on");
  return to;
}

void load_way(Loading& loading, State& choice, const YamlNode& node, bool is_last) {
  MapReader map{node, "a way of a choice", loading.faults};
  const auto* when = map.take("when");
  const auto* to = map.need("to", "name the state to which it leads, `to: STATE`");
  map.finish();
  Way way{std::nullopt, {}, when ? when->position : node.position};
  if (when) way.when = read_guard(loading, *when, GuardScope::effect);
  if (to) way.to = read_way_target(loading, choice, *to);
  if (map.usable() && when && is_last)
    loading.faults.add(
        when->position,
        fmt::format("the last way of `{}` has a condition, and nothing says where to go otherwise", choice.key),
        "let a last way have no `when`: `- {to: STATE}`");
  if (map.usable() && !when && !is_last)
    loading.faults.add(node.position, "a way without `when` is always taken, so none after it ever is",
                       "add `when: CONDITION`, or let it be the last");
  choice.ways.push_back(std::move(way));
}

}  // namespace

void load_choice(Loading& loading, State& choice, const YamlNode& ways) {
  const auto& items = read_list(ways, to_string(StateKind::choice), loading.faults);
  if (items.size() == 1)
    loading.faults.add(ways.position, fmt::format("`{}` has one way, which is no choice", choice.key),
                       "add a way before it, `- {when: CONDITION, to: STATE}`, or lead to that state at once");
  for (const auto& item : items) load_way(loading, choice, item, &item == &items.back());
}

}  // namespace xueji

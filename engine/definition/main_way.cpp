#include "engine/definition/main_way.hpp"

namespace xueji {
namespace {

const State* led_on_to(const Definition& definition, const State& from, const std::string& key) {
  const State* to = definition.state(key);
  if (!to || definition.order(key) <= definition.order(from.key)) return nullptr;
  return to->kind == StateKind::end && to->outcome != Outcome::completed ? nullptr : to;
}

const State* next_on_main_way(const Definition& definition, const State& from, const KnownWayOf& way_of) {
  if (const auto taken = way_of && from.kind == StateKind::choice ? way_of(from) : std::nullopt)
    return led_on_to(definition, from, from.ways.at(*taken).to);
  for (const Action& action : from.actions)
    if (const State* to = led_on_to(definition, from, action.to)) return to;
  for (const auto& [outcome, key] : from.outcomes)
    if (const State* to = led_on_to(definition, from, key)) return to;
  if (from.awaited)
    if (const State* to = led_on_to(definition, from, from.awaited->way_of(Outcome::completed).to)) return to;
  for (const Way& way : from.ways)
    if (const State* to = led_on_to(definition, from, way.to)) return to;
  if (const State* to = led_on_to(definition, from, from.to)) return to;
  return nullptr;
}

}  // namespace

std::vector<const State*> main_way(const Definition& definition, const State& from, const KnownWayOf& way_of) {
  std::vector<const State*> way;
  for (const State* state = &from; state; state = next_on_main_way(definition, *state, way_of)) way.push_back(state);
  return way;
}

}  // namespace xueji

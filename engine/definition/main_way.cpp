#include "engine/definition/main_way.hpp"

#include <algorithm>

namespace xueji {
namespace {

const State* led_on_to(const Definition& definition, const State& from, const std::string& key) {
  const State* to = definition.state(key);
  if (!to || definition.order(key) <= definition.order(from.key)) return nullptr;
  return to->kind == StateKind::end && to->outcome != Outcome::completed ? nullptr : to;
}

/// Nothing where no action leads on; null where several would and each is shut.
std::optional<const State*> next_by_actions(const Definition& definition, const State& from, const KnownWays& known) {
  std::vector<const State*> open, all;
  for (const Action& action : from.actions)
    if (const State* to = led_on_to(definition, from, action.to)) {
      all.push_back(to);
      if (!known.is_shut || !known.is_shut(from, action)) open.push_back(to);
    }
  if (all.empty()) return std::nullopt;
  if (!open.empty()) return open.front();
  return std::count(all.begin(), all.end(), all.front()) == std::ssize(all) ? all.front() : nullptr;
}

const State* next_on_main_way(const Definition& definition, const State& from, const KnownWays& known) {
  if (const auto taken = known.of_choice && from.kind == StateKind::choice ? known.of_choice(from) : std::nullopt)
    return led_on_to(definition, from, from.ways.at(*taken).to);
  if (const auto to = next_by_actions(definition, from, known)) return *to;
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

std::vector<const State*> main_way(const Definition& definition, const State& from, const KnownWays& known) {
  std::vector<const State*> way;
  for (const State* state = &from; state; state = next_on_main_way(definition, *state, known)) way.push_back(state);
  return way;
}

}  // namespace xueji

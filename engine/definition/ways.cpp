#include "engine/definition/ways.hpp"

#include <algorithm>

namespace xueji {

std::size_t way_taken(const State& choice, const Guard::Lookup& values) {
  const auto taken = std::find_if(choice.ways.begin(), choice.ways.end(),
                                  [&](const Way& way) { return !way.when || way.when->holds(values); });
  if (taken == choice.ways.end()) throw ImpossibleMove("no way of `" + choice.key + "` can be taken");
  return static_cast<std::size_t>(taken - choice.ways.begin());
}

StateConfiguration led_on(const Definition& definition, StateConfiguration configuration, const WayOf& way_of,
                          const IsHeld& is_held, std::vector<std::string>& through) {
  for (const State* state = definition.state(configuration.state); state && state->kind == StateKind::choice;
       state = definition.state(configuration.state)) {
    if (std::find(through.begin(), through.end(), state->key) != through.end())
      throw ImpossibleMove("what is behind the choice `" + state->key + "` leads back to it for ever");
    through.push_back(state->key);
    configuration = arrived_at(definition, state->ways.at(way_of(*state)).to, is_held, &through);
  }
  return configuration;
}

}  // namespace xueji

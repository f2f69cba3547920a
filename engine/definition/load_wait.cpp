#include <fmt/format.h>

#include "engine/definition/loading.hpp"

namespace xueji {

void load_refused(Loading& loading, State& state, MapReader& map) {
  const auto* node = map.take("refused");
  if (!node) return;
  state.refused = read_target(loading, *node, "refused", *loading.state_name(state.key));
  if (!state.refused.empty() && (state.refused == state.key || state.refused == state.to))
    loading.faults.add(node->position, fmt::format("`{}` can't be where it goes once that is refused", state.refused),
                       "name a state in which people decide anew, or an end without effects");
}

void load_wait(Loading& loading, State& state, MapReader& map, const YamlNode* moment) {
  if (moment) state.wait = read_phrase<WaitMoment>(loading, *moment, "wait", parse_wait);
  if (const auto* to = map.need("to", "name the state in which it goes on, `to: STATE`")) {
    state.to = read_target(loading, *to, "to", *loading.state_name(state.key));
    if (state.to == state.key)
      loading.faults.add(to->position, fmt::format("`{}` leads to itself", state.key), "name another state");
  }
  load_refused(loading, state, map);
  if (const auto* actions = map.take("actions")) load_actions(loading, state, *actions);
  for (const Action& action : state.actions)
    if (!action.by)
      loading.faults.add(action.position, fmt::format("nobody holds `{}`, so `{}` needs `by`", state.key, action.key),
                         "say who may do it while it waits, `by: ROLE at OFFICE`");
}

}  // namespace xueji

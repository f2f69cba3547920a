#include "engine/definition/configuration.hpp"

#include <algorithm>
#include <stdexcept>

namespace xueji {
namespace {

bool has_ended(const std::string& branch) { return branch == join_word || branch == stop_word; }

const State& known(const Definition& definition, const std::string& key) {
  const State* state = definition.state(key);
  if (!state) throw std::logic_error("the definition has no state '" + key + "'");
  return *state;
}

/// After a branch has ended: on, elsewhere, or still waiting for the others.
StateConfiguration joined(const Definition& definition, StateConfiguration configuration, const IsHeld& is_held) {
  const State& parallel = known(definition, configuration.state);
  const auto& branches = configuration.branches;
  const auto joins = static_cast<std::size_t>(std::count(branches.begin(), branches.end(), join_word));
  const auto stops = static_cast<std::size_t>(std::count(branches.begin(), branches.end(), stop_word));
  if (joins >= parallel.join) return arrived_at(definition, parallel.to, is_held);
  if (branches.size() - stops < parallel.join) return arrived_at(definition, parallel.otherwise, is_held);
  return configuration;
}

}  // namespace

bool held_everywhere(const State&) { return true; }

std::string passed_on(const Definition& definition, std::string to, const IsHeld& is_held) {
  for (const State* state = definition.state(to); state; state = definition.state(to)) {
    if (state->kind != StateKind::approval || state->otherwise.empty() || is_held(*state)) break;
    to = state->otherwise;
  }
  return to;
}

StateConfiguration arrived_at(const Definition& definition, const std::string& state, const IsHeld& is_held) {
  StateConfiguration arrived{passed_on(definition, state, is_held), {}};
  bool ended = false;
  for (const Branch& branch : known(definition, arrived.state).branches) {
    arrived.branches.push_back(passed_on(definition, branch.first, is_held));
    ended = ended || has_ended(arrived.branches.back());
  }
  return ended ? joined(definition, std::move(arrived), is_held) : arrived;
}

StateConfiguration initial_configuration(const Definition& definition) {
  return arrived_at(definition, definition.states.front().key);
}

std::vector<std::string> active_states(const StateConfiguration& configuration) {
  if (configuration.branches.empty()) return {configuration.state};
  std::vector<std::string> states;
  for (const auto& branch : configuration.branches)
    if (!has_ended(branch)) states.push_back(branch);
  return states;
}

StateConfiguration led_to(const Definition& definition, StateConfiguration configuration, const std::string& from,
                          const std::string& to, const IsHeld& is_held) {
  const State& origin = known(definition, from);
  const std::string end = passed_on(definition, to, is_held);
  if (has_ended(end)) {
    configuration.branches.at(origin.branch) = end;
    return joined(definition, std::move(configuration), is_held);
  }
  const State& target = known(definition, end);
  if (target.parallel.empty()) return arrived_at(definition, end, is_held);
  configuration.branches.at(target.branch) = end;
  return configuration;
}

std::vector<std::string> earlier_states(const Definition& definition, std::string_view state, const IsHeld& is_held) {
  std::vector<std::string> result;
  const std::size_t position = definition.order(state);
  if (position >= definition.states.size()) return result;
  for (std::size_t before = position; before-- > 0;)
    if (may_be_returned_to(definition.states[before], definition.states[position]) &&
        passed_on(definition, definition.states[before].key, is_held) == definition.states[before].key)
      result.push_back(definition.states[before].key);
  return result;
}

}  // namespace xueji

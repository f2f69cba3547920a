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

Configuration entering(const Definition& definition, const std::string& key) {
  Configuration arrived{key, {}};
  for (const Branch& branch : known(definition, key).branches) arrived.branches.push_back(branch.first);
  return arrived;
}

/// After a branch has ended: on, elsewhere, or still waiting for the others.
Configuration joined(const Definition& definition, Configuration configuration) {
  const State& parallel = known(definition, configuration.state);
  const auto& branches = configuration.branches;
  const auto joins = static_cast<std::size_t>(std::count(branches.begin(), branches.end(), join_word));
  const auto stops = static_cast<std::size_t>(std::count(branches.begin(), branches.end(), stop_word));
  if (joins >= parallel.join) return entering(definition, parallel.to);
  if (branches.size() - stops < parallel.join) return entering(definition, parallel.otherwise);
  return configuration;
}

bool may_be_returned_to(const State& earlier, const State& from) {
  if (!earlier.parallel.empty() && (earlier.parallel != from.parallel || earlier.branch != from.branch)) return false;
  if (earlier.key == from.parallel) return false;
  return earlier.kind == StateKind::draft || earlier.kind == StateKind::approval || earlier.kind == StateKind::parallel;
}

}  // namespace

Configuration initial_configuration(const Definition& definition) {
  return entering(definition, definition.states.front().key);
}

std::vector<std::string> active_states(const Configuration& configuration) {
  if (configuration.branches.empty()) return {configuration.state};
  std::vector<std::string> states;
  for (const auto& branch : configuration.branches)
    if (!has_ended(branch)) states.push_back(branch);
  return states;
}

Configuration led_to(const Definition& definition, Configuration configuration, const std::string& from,
                     const std::string& to) {
  const State& origin = known(definition, from);
  if (has_ended(to)) {
    configuration.branches.at(origin.branch) = to;
    return joined(definition, std::move(configuration));
  }
  const State& target = known(definition, to);
  if (target.parallel.empty()) return entering(definition, to);
  configuration.branches.at(target.branch) = to;
  return configuration;
}

std::vector<std::string> earlier_states(const Definition& definition, std::string_view state) {
  std::vector<std::string> result;
  const std::size_t position = definition.order(state);
  if (position >= definition.states.size()) return result;
  for (std::size_t before = position; before-- > 0;)
    if (may_be_returned_to(definition.states[before], definition.states[position]))
      result.push_back(definition.states[before].key);
  return result;
}

}  // namespace xueji

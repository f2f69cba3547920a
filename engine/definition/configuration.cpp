#include "engine/definition/configuration.hpp"

#include <algorithm>

namespace xueji {
namespace {

bool is_passed_on(const State& state, const IsHeld& is_held) {
  return state.kind != StateKind::parallel && !state.otherwise.empty() && !is_held(state);
}

bool has_ended(const std::string& branch) { return branch == join_word || branch == stop_word; }

const State& known(const Definition& definition, const std::string& key) {
  const State* state = definition.state(key);
  if (!state) throw ImpossibleMove("the definition has no state '" + key + "'");
  return *state;
}

/// Where its ended branches lead: on, or elsewhere; null where it still waits for the others.
const std::string* joined_to(const State& parallel, const std::vector<std::string>& branches) {
  const auto joins = static_cast<std::size_t>(std::count(branches.begin(), branches.end(), join_word));
  const auto stops = static_cast<std::size_t>(std::count(branches.begin(), branches.end(), stop_word));
  if (joins >= parallel.join) return &parallel.to;
  if (branches.size() < parallel.join + stops) return &parallel.otherwise;
  return nullptr;
}

/// The branch of the configuration that the state lies in.
std::string& branch_of(StateConfiguration& configuration, const State& state) {
  if (state.parallel != configuration.state || state.branch >= configuration.branches.size())
    throw ImpossibleMove("`" + state.key + "` lies in no branch of `" + configuration.state + "` that is under way");
  return configuration.branches[state.branch];
}

}  // namespace

bool held_everywhere(const State&) { return true; }

std::string passed_on(const Definition& definition, std::string to, const IsHeld& is_held,
                      std::vector<std::string>* notices) {
  for (const State* state = definition.state(to); state; state = definition.state(to)) {
    if (is_passed_on(*state, is_held)) {
      to = state->otherwise;
    } else if (state->kind == StateKind::notice) {
      if (notices) notices->push_back(to);
      to = state->to;
    } else {
      break;
    }
  }
  return to;
}

StateConfiguration arrived_at(const Definition& definition, const std::string& state, const IsHeld& is_held,
                              std::vector<std::string>* notices) {
  std::string to = state;
  for (std::size_t joins = 0; joins <= definition.states.size(); ++joins) {
    StateConfiguration arrived{passed_on(definition, to, is_held, notices), {}};
    const State& there = known(definition, arrived.state);
    for (const Branch& branch : there.branches)
      arrived.branches.push_back(passed_on(definition, branch.first, is_held));
    const std::string* onwards = arrived.branches.empty() ? nullptr : joined_to(there, arrived.branches);
    if (!onwards) return arrived;
    to = *onwards;
  }
  throw ImpossibleMove("the joins behind `" + state + "` lead on to each other for ever");
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

Moved led_to(const Definition& definition, StateConfiguration configuration, const std::string& from,
             const std::string& to, const IsHeld& is_held) {
  const State& origin = known(definition, from);
  std::vector<std::string> notices;
  const std::string end = passed_on(definition, to, is_held, &notices);
  const State* target = has_ended(end) ? nullptr : &known(definition, end);
  const auto whole = [&](const std::string& state) {
    StateConfiguration arrived = arrived_at(definition, state, is_held, &notices);
    return Moved{std::move(arrived), std::nullopt, std::move(notices)};
  };
  if (target && target->parallel.empty()) return whole(end);
  const State& in_branch = target ? *target : origin;
  branch_of(configuration, in_branch) = end;
  if (target) return {std::move(configuration), target->branch, {}};
  const std::string* onwards = joined_to(known(definition, configuration.state), configuration.branches);
  if (onwards) return whole(*onwards);
  return {std::move(configuration), origin.branch, {}};
}

const State* refused_to(const Definition& definition, const State& from, const std::string& to, bool by_clock,
                        const IsHeld& is_held) {
  if (!from.parallel.empty() && has_ended(passed_on(definition, to, is_held)))
    return definition.state(known(definition, from.parallel).refused);
  const bool by_machine = (from.wait && by_clock) || from.kind == StateKind::request;
  return by_machine ? definition.state(from.refused) : nullptr;
}

std::vector<const State*> states_before(const Definition& definition, const State& state, const IsHeld& is_held) {
  std::vector<const State*> result;
  for (std::size_t before = definition.order(state.key); before-- > 0;)
    if (const State& each = definition.states[before]; may_be_returned_to(each, state) && !is_passed_on(each, is_held))
      result.push_back(&each);
  return result;
}

std::vector<std::string> earlier_states(const Definition& definition, std::string_view state, const IsHeld& is_held) {
  std::vector<std::string> keys;
  if (const State* from = definition.state(state))
    for (const State* each : states_before(definition, *from, is_held)) keys.push_back(each->key);
  return keys;
}

}  // namespace xueji

#include "engine/scenario/coverage.hpp"

namespace xueji {
namespace {

std::string transition(const std::string& state, std::string_view action) { return state + "." + std::string(action); }

std::string_view check_answer(const State& state, const std::string& to) {
  for (const auto& [outcome, target] : state.outcomes)
    if (target == to) return to_string(outcome);
  return to_string(CheckOutcome::unavailable);
}

}  // namespace

Transitions transitions_of(const Definition& definition) {
  Transitions all;
  for (const State& state : definition.states) {
    for (const Action& action : state.actions) all.insert(transition(state.key, action.key));
    for (const auto& [outcome, target] : state.outcomes) all.insert(transition(state.key, to_string(outcome)));
    if (state.kind == StateKind::check) all.insert(transition(state.key, to_string(CheckOutcome::unavailable)));
    if (!state.deadline) continue;
    if (state.deadline->remind_before) all.insert(transition(state.key, "reminder"));
    all.insert(transition(state.key, state.deadline->expire_to.empty() ? "overdue" : "expire"));
  }
  return all;
}

Transitions transitions_in(const Definition& definition, const Decision& decision) {
  const Transitions all = transitions_of(definition);
  Transitions taken;
  for (const HistoryDraft& entry : decision.history) {
    const State* from = definition.state(entry.from);
    if (!from) continue;
    const auto name = transition(entry.from, entry.action == "checks" ? check_answer(*from, entry.to) : entry.action);
    if (all.contains(name)) taken.insert(name);
  }
  return taken;
}

}  // namespace xueji

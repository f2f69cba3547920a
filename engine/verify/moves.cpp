#include "engine/verify/moves.hpp"

#include <algorithm>

#include "engine/definition/configuration.hpp"
#include "engine/machine/right.hpp"
#include "engine/machine/submission.hpp"
#include "engine/verify/guard_truth.hpp"

namespace xueji {
namespace {

/// What a person must meet: the action's own rules, and where it submits the draft those of the form.
std::vector<const Guard*> demands_of(const Definition& definition, const State& state, const Action& action) {
  auto guards = guards_of(action.when);
  if (is_submission(definition, state, action)) {
    const auto form = guards_of(definition.require);
    guards.insert(guards.end(), form.begin(), form.end());
  }
  return guards;
}

std::vector<std::string> targets_of(const Definition& definition, const SubjectKind& kind, const State& state,
                                    const Action& action) {
  if (!action.to_earlier) return {action.to};
  auto targets = earlier_states(definition, state.key, kind.is_held());
  if (std::find(targets.begin(), targets.end(), action.to) == targets.end()) targets.push_back(action.to);
  return targets;
}

void add_moves_of(const Definition& definition, const SubjectKind& kind, const State& state, const Action& action,
                  bool certain, std::vector<Move>& moves) {
  for (const auto& to : targets_of(definition, kind, state, action)) {
    Move move{state.key, action.key, to, &action, false, certain, action.by ? action.by->source : state.actor.source};
    moves.push_back(move);
    if (action.by || !state.deadline || !state.deadline->escalate) continue;
    move.escalated = true;
    move.who = state.deadline->escalate->source;
    moves.push_back(std::move(move));
  }
}

}  // namespace

std::set<const Action*> impossible_actions(const Definition& definition, const std::vector<SubjectKind>& kinds) {
  std::set<const Action*> impossible;
  for (const State& state : definition.states)
    for (const Action& action : state.actions) {
      const auto demands = demands_of(definition, state, action);
      if (std::all_of(kinds.begin(), kinds.end(),
                      [&](const SubjectKind& kind) { return truth_of(demands, definition, kind) == Truth::never; }))
        impossible.insert(&action);
    }
  return impossible;
}

std::vector<Move> moves_in(const Definition& definition, const State& state, const SubjectKind& kind,
                           const std::set<const Action*>& impossible) {
  std::vector<Move> moves;
  for (const Action& action : state.actions) {
    const bool told_already = impossible.contains(&action);
    if (!told_already && truth_of(demands_of(definition, state, action), definition, kind) == Truth::never) continue;
    const bool certain = told_already || truth_of(guards_of(action.when), definition, kind) == Truth::always;
    add_moves_of(definition, kind, state, action, certain, moves);
  }
  for (const auto& [outcome, to] : state.outcomes)
    moves.push_back({state.key, std::string(to_string(outcome)), to, nullptr, false, true, {}});
  if (state.wait) moves.push_back({state.key, "elapsed", state.to, nullptr, false, true, {}});
  if (state.deadline && !state.deadline->expire_to.empty())
    moves.push_back({state.key, "expire", state.deadline->expire_to, nullptr, false, true, {}});
  return moves;
}

bool is_taken_back(const Definition& definition, const Move& move) {
  return move.action && takes_back(definition, *move.action);
}

}  // namespace xueji

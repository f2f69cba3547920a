#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

/// Where something in the state may lead, in the order of the file.
std::vector<std::string_view> targets_of(const State& state) {
  std::vector<std::string_view> targets;
  targets.reserve(state.actions.size() + state.outcomes.size() + 1);
  for (const auto& action : state.actions) targets.push_back(action.to);
  for (const auto& [outcome, to] : state.outcomes) targets.push_back(to);
  if (state.awaited)
    for (const AwaitedWay& way : state.awaited->ways) targets.push_back(way.to);
  if (state.kind == StateKind::wait || state.kind == StateKind::notice) targets.push_back(state.to);
  return targets;
}

/// Without it a request could wait for a join that can't come.
void check_otherwise(Loading& loading) {
  const auto& states = loading.definition.states;
  for (const auto& parallel : states) {
    if (parallel.kind != StateKind::parallel) continue;
    const auto stopping = std::find_if(states.begin(), states.end(), [&](const State& inner) {
      const auto targets = targets_of(inner);
      return inner.parallel == parallel.key && std::find(targets.begin(), targets.end(), stop_word) != targets.end();
    });
    if (stopping != states.end() && parallel.otherwise.empty())
      loading.faults.add(
          parallel.position,
          fmt::format("`{}` can stop its branch, and `{}` does not say what comes then", stopping->key, parallel.key),
          "add `otherwise: STATE`, for when too few branches can still join");
    if (stopping == states.end() && !parallel.otherwise.empty())
      loading.faults.add(parallel.position,
                         fmt::format("no branch of `{}` can stop, so `otherwise` never comes", parallel.key),
                         "remove `otherwise`, or let a branch lead `to: stop`");
  }
}

/// Where a move to the state may come to rest, for some subject: notices and choices lead on, and what nobody holds is
/// passed on.
std::vector<const State*> rests_of(const Definition& definition, const std::string& key) {
  const State* state = definition.state(key);
  if (!state) return {};
  std::vector<const std::string*> next{&state->otherwise};
  if (state->kind == StateKind::notice) next.push_back(&state->to);
  for (const Way& way : state->ways) next.push_back(&way.to);
  std::vector<const State*> rests;
  if (state->kind != StateKind::notice && state->kind != StateKind::choice) rests.push_back(state);
  if (state->kind == StateKind::parallel) return rests;
  for (const std::string* to : next) {
    const auto more = rests_of(definition, *to);
    rests.insert(rests.end(), more.begin(), more.end());
  }
  return rests;
}

/// An end to which one of the choice's ways may lead, and that is so; null where it is no choice, or leads to none.
template <class Is>
const State* end_by_choice(const Definition& definition, const std::string& key, Is is) {
  const State* state = definition.state(key);
  if (!state || state->kind != StateKind::choice) return nullptr;
  for (const State* rest : rests_of(definition, key))
    if (rest->kind == StateKind::end && is(*rest)) return rest;
  return nullptr;
}

/// What the loader refuses where the next state is an end, behind a choice too.
void check_ends_of_choices(Loading& loading) {
  const Definition& definition = loading.definition;
  for (const State& state : definition.states) {
    if (state.kind == StateKind::notice)
      for (const std::string* to : {&state.to, &state.otherwise})
        if (const State* end =
                end_by_choice(definition, *to, [](const State& each) { return each.outcome != Outcome::completed; }))
          loading.faults.add(
              state.position,
              fmt::format("the notice `{}` leads by `{}` to `{}`, which completes nothing", state.key, *to, end->key),
              "lead there without a notice, and tell others by `inform`");
    if (state.kind != StateKind::registration && state.kind != StateKind::work) continue;
    for (const Action& action : state.actions)
      if (const State* end =
              end_by_choice(definition, action.to, [](const State& each) { return each.outcome == Outcome::rejected; }))
        loading.faults.add(action.position,
                           fmt::format("`{}` rejects nothing, and `{}` leads by `{}` to `{}`", state.key, action.key,
                                       action.to, end->key),
                           "let it return the request, or make the state an approval");
  }
}

bool has_effects(const State* end) { return !end->effects.empty(); }

bool completes(const State* state) {
  return has_effects(state) || (state->kind == StateKind::end && state->outcome == Outcome::completed);
}

/// The registry refuses effects only, and another end's could be refused again.
void check_refused(Loading& loading) {
  for (const State& state : loading.definition.states) {
    if (state.refused.empty()) continue;
    const State* to = loading.definition.state(state.to);
    const auto then = rests_of(loading.definition, state.to), otherwise = rests_of(loading.definition, state.otherwise);
    const bool may_be_refused =
        state.awaited || std::any_of(then.begin(), then.end(), has_effects) || (to && !to->otherwise.empty());
    if (!may_be_refused && std::none_of(otherwise.begin(), otherwise.end(), has_effects))
      loading.faults.add(state.position, fmt::format("`{}` has no effect, so `refused` never comes", state.to),
                         to ? "remove `refused`" : "write it in the parallel state that joins");
    const auto refused = rests_of(loading.definition, state.refused);
    if (std::any_of(refused.begin(), refused.end(), completes))
      loading.faults.add(state.position, fmt::format("`{}` would complete what was refused", state.refused),
                         "let `refused` lead to a state in which people decide anew, or to an end without effects");
  }
}

void check_draft_submits(Loading& loading) {
  const auto& draft = loading.definition.states.front();
  if (!draft.action("submit"))
    loading.faults.add(draft.position, fmt::format("the draft `{}` has no action `submit`", draft.key),
                       "add `submit: {to: STATE}`");
}

/// The first end that has the effect; null where none has.
const State* end_with(const Definition& definition, const Effect& effect) {
  const auto found = std::find_if(definition.states.begin(), definition.states.end(), [&](const State& state) {
    return std::any_of(state.effects.begin(), state.effects.end(),
                       [&](const EffectCall& call) { return call.name == effect.name; });
  });
  return found == definition.states.end() ? nullptr : &*found;
}

}  // namespace

void check_whole(Loading& loading) {
  check_draft_submits(loading);
  check_otherwise(loading);
  check_refused(loading);
  check_ends_of_choices(loading);
  check_subject(loading);
  check_reminders(loading);
  check_closing(loading);
  check_requests(loading);
  for (const Effect* effect : effects())
    if (effect->check) effect->check(loading, end_with(loading.definition, *effect));
}

}  // namespace xueji

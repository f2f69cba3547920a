#include "engine/machine/separation.hpp"

#include <algorithm>

#include "engine/machine/places.hpp"
#include "engine/machine/right.hpp"

namespace xueji {
namespace {

bool same_person(const Act& act, const Actors& actors) {
  const auto is_theirs = [&](AccountId account) {
    return account && (account == actors.account || account == actors.delegated_from);
  };
  return is_theirs(act.account) || is_theirs(act.delegated_from);
}

bool is_in_draft(const Definition& definition, const Act& act) {
  const State* state = definition.state(act.state);
  return state && state->kind == StateKind::draft;
}

/// An act of an older version, whose action this one lacks, counts too.
bool has_decided(const Definition& definition, const Act& act) {
  const State* state = definition.state(act.state);
  const Action* action = state ? state->action(act.action) : nullptr;
  return state && is_decided(state->kind) && (!action || decides(definition, *state, *action));
}

bool contains(const std::vector<std::string>& group, std::string_view state) {
  return std::find(group.begin(), group.end(), state) != group.end();
}

}  // namespace

bool is_own_submission(const Definition& definition, const Request& request, const Actors& actors) {
  if (!definition.separation.nobody_own_submission) return false;
  return std::any_of(request.acts.begin(), request.acts.end(), [&](const Act& act) {
    const bool opened = act.action == "open";
    const bool submitted = act.round == request.round - 1 && is_in_draft(definition, act);
    return (opened || submitted) && same_person(act, actors);
  });
}

bool stood_in_for_the_draft(const Situation& situation, const Holder& post) {
  const Definition& definition = situation.definition;
  const Request& request = *situation.request;
  if (!definition.separation.nobody_own_submission) return false;
  return std::any_of(request.acts.begin(), request.acts.end(), [&](const Act& act) {
    if (act.round != request.round - 1 || act.as != post || !is_in_draft(definition, act)) return false;
    const State& draft = *definition.state(act.state);
    const Action* action = draft.action(act.action);
    return action && !action->by && post != holder_of(draft, places_of(request), situation.offices);
  });
}

std::optional<Act> separated_act(const Definition& definition, const Request& request, std::string_view state,
                                 const Actors& actors) {
  for (const auto& group : definition.separation.different_people) {
    if (!contains(group, state)) continue;
    for (const Act& act : request.acts)
      if (act.round == request.round && act.state != state && contains(group, act.state) &&
          has_decided(definition, act) && same_person(act, actors))
        return act;
  }
  return std::nullopt;
}

}  // namespace xueji

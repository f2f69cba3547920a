#include <set>

#include "engine/definition/configuration.hpp"
#include "engine/machine/act_titles.hpp"
#include "engine/machine/decide.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/permission.hpp"
#include "engine/machine/right.hpp"
#include "engine/machine/sight.hpp"

namespace xueji {
namespace {

Explanation unseen(std::string_view action) {
  return {std::string(action), false, {{"jurisdiction", not_found().detail, std::nullopt, std::nullopt}}, {}};
}

/// Whoever sees a part is told why it is no more.
Explanation out_of_sight(const Situation& situation, const Caller& caller, std::string_view action) {
  const Sight sight = sight_of(*situation.request, caller, situation.offices, situation.now);
  if (!sight.until) return unseen(action);
  return {std::string(action), false, {part_ended_reason(*sight.until)}, {}};
}

ActionView view_of(const Situation& situation, const Permission& permission, const Action& action, bool seen) {
  ActionView view{&action, permission.state, unseen(action.key), {}, std::nullopt};
  if (seen) view.explanation = explanation_of(permission, action.key);
  if (seen && permission.granted()) view.as = permission.as;
  if (action.to_earlier)
    view.to = earlier_states(situation.definition, permission.state, held_for(*situation.request, situation.offices));
  return view;
}

/// One for each state in which it is open to the caller and is an act of its own; where it is open in none, just one.
void add_views(std::vector<ActionView>& views, const Situation& situation, const Caller& caller, const Action& action) {
  const bool seen = may_see(*situation.request, caller, situation.offices, situation.now);
  const auto permissions = permissions_to_act(situation, caller, {action.key, {}});
  const bool one_act = &action == &comment_action() || leaves_branches(situation.definition, action);
  std::size_t granted = 0;
  for (const Permission& permission : permissions)
    if (seen && permission.granted() && (!one_act || granted == 0))
      views.push_back(view_of(situation, permission, *permission.action, seen)), ++granted;
  if (granted == 0)
    views.push_back(view_of(situation, permission_to_act(situation, caller, {action.key, {}}), action, seen));
}

Action built_in(std::string key, CommentRule comment) {
  Action action;
  action.key = std::move(key);
  action.title = *built_in_title(action.key);
  action.comment = comment;
  return action;
}

}  // namespace

const Action& comment_action() {
  static const Action action = built_in("comment", CommentRule::required);
  return action;
}

const Action& reassign_action() {
  static const Action action = built_in("reassign", CommentRule::optional);
  return action;
}

const Action& set_aside_action() {
  static const Action action = built_in("set_aside", CommentRule::required);
  return action;
}

Explanation explain(const Situation& situation, const Caller& caller, std::string_view action, bool found) {
  if (!situation.student) return unseen(action);
  if (!situation.request) {
    if (action != "open" || !may_begin(situation, caller, found)) return unseen(action);
    return explanation_of(permission_to_open(situation, caller), action);
  }
  if (!may_see(*situation.request, caller, situation.offices, situation.now))
    return out_of_sight(situation, caller, action);
  return explanation_of(permission_to_act(situation, caller, {action, {}}), action);
}

std::vector<ActionView> actions_for(const Situation& situation, const Caller& caller) {
  std::vector<ActionView> views;
  if (!situation.request || situation.request->outcome) return views;
  if (sight_of(*situation.request, caller, situation.offices, situation.now).until) return views;
  std::set<std::string_view> added;
  bool reassigned = false;
  for (const Token* token : active_tokens(*situation.request)) {
    const State* state = situation.definition.state(token->state);
    if (!state) continue;
    reassigned = reassigned || right_in_state(situation, *token, reassign_action().key);
    for (const Action& action : state->actions)
      if (added.insert(action.key).second) add_views(views, situation, caller, action);
  }
  add_views(views, situation, caller, comment_action());
  if (reassigned) add_views(views, situation, caller, reassign_action());
  return views;
}

std::vector<FieldChange> field_changes(const Definition& definition, const FieldValues& fields,
                                       const FieldValues& before) {
  std::vector<FieldChange> changes;
  for (const Field& field : definition.fields) {
    const auto value = fields.find(field.key);
    if (field.member().empty() || value == fields.end() || value->second.empty()) continue;
    const auto old_value = before.find(field.key);
    changes.push_back({&field, old_value == before.end() ? std::string() : old_value->second, value->second});
  }
  return changes;
}

}  // namespace xueji

#include "engine/definition/configuration.hpp"
#include "engine/machine/act_titles.hpp"
#include "engine/machine/decide.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/permission.hpp"

namespace xueji {
namespace {

Explanation unseen(std::string_view action) {
  return {std::string(action), false, {{"jurisdiction", not_found().detail, std::nullopt, std::nullopt}}, {}};
}

void add_view(std::vector<ActionView>& views, const Situation& situation, const Caller& caller, const Action& action) {
  ActionView view{&action, unseen(action.key), {}, std::nullopt};
  if (may_see(*situation.request, caller, situation.offices, situation.now)) {
    const Permission permission = permission_to_act(situation, caller, action.key);
    view.explanation = explanation_of(permission, action.key);
    if (permission.granted()) view.as = permission.as;
  }
  if (action.to_earlier) view.to = earlier_states(situation.definition, situation.request->token.state);
  views.push_back(std::move(view));
}

}  // namespace

const Action& comment_action() {
  static const Action action = [] {
    Action built_in;
    built_in.key = "comment";
    built_in.title = *built_in_title(built_in.key);
    built_in.comment = CommentRule::required;
    return built_in;
  }();
  return action;
}

const Action& reassign_action() {
  static const Action action = [] {
    Action built_in;
    built_in.key = "reassign";
    built_in.title = *built_in_title(built_in.key);
    return built_in;
  }();
  return action;
}

Explanation explain(const Situation& situation, const Caller& caller, std::string_view action) {
  if (!situation.student) return unseen(action);
  if (!situation.request) {
    if (action != "open" || !may_see_office(caller, situation.student->school, situation.offices, situation.now))
      return unseen(action);
    return explanation_of(permission_to_open(situation, caller), action);
  }
  if (!may_see(*situation.request, caller, situation.offices, situation.now)) return unseen(action);
  return explanation_of(permission_to_act(situation, caller, action), action);
}

std::vector<ActionView> actions_for(const Situation& situation, const Caller& caller) {
  std::vector<ActionView> views;
  if (!situation.request || situation.request->outcome) return views;
  const State* state = situation.definition.state(situation.request->token.state);
  if (!state) return views;
  for (const Action& action : state->actions) add_view(views, situation, caller, action);
  add_view(views, situation, caller, comment_action());
  if (state->kind == StateKind::approval) add_view(views, situation, caller, reassign_action());
  return views;
}

std::vector<FieldChange> field_changes(const Definition& definition, const Request& request) {
  std::vector<FieldChange> changes;
  for (const Field& field : definition.fields) {
    const auto value = request.fields.find(field.key);
    if (field.changes.empty() || value == request.fields.end() || value->second.empty()) continue;
    const auto before = request.before.find(field.key);
    changes.push_back({&field, before == request.before.end() ? std::string() : before->second, value->second});
  }
  return changes;
}

}  // namespace xueji

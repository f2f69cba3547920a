// People's acts on a request: the definition's actions and the built-in comment.
#include <algorithm>

#include "engine/definition/configuration.hpp"
#include "engine/machine/acts.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/permission.hpp"
#include "engine/machine/submission.hpp"

namespace xueji {
namespace {

bool lists(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Text not_with_this_action() { return {"此操作不能修改这一项", "This action cannot change it"}; }

/// In a draft the whole form may be given anew; elsewhere only what the action asks for.
void take_form(const Situation& situation, const Perform& what, const Action& action, bool draft, Request& request,
               FormFaults& faults) {
  if (what.fields) {
    if (draft) request.fields.clear();
    if (!draft)
      for (const auto& [key, value] : *what.fields)
        if (!lists(action.fields, key)) faults.complain("/fields/" + key, not_with_this_action());
    for (const auto& key : action.fields)
      if (what.fields->contains(key)) request.fields.erase(key);
    request.fields.merge(take_fields(situation, *what.fields, faults));
  }
  if (what.evidence) {
    for (std::size_t position = 0; !draft && position < what.evidence->size(); ++position)
      if (!lists(action.evidence, (*what.evidence)[position].kind))
        faults.complain("/evidence/" + std::to_string(position) + "/kind", not_with_this_action());
    std::erase_if(request.evidence,
                  [&](const EvidenceItem& item) { return draft || lists(action.evidence, item.kind); });
    const auto taken = take_evidence(situation, *what.evidence, faults);
    request.evidence.insert(request.evidence.end(), taken.begin(), taken.end());
  }
}

std::string destination(const Situation& situation, const Perform& what, const Permission& permission,
                        FormFaults& faults) {
  const Action& action = *permission.action;
  if (what.to.empty()) return action.to;
  const auto possible = action.to_earlier ? earlier_states(situation.definition, permission.state,
                                                           held_for(*situation.request, situation.offices))
                                          : std::vector<std::string>{};
  if (lists(possible, what.to)) return what.to;
  std::string names;
  for (const auto& state : possible) names += (names.empty() ? "" : ", ") + state;
  if (possible.empty())
    faults.complain("/to", {"此操作不能指定去向", "This action takes no destination"});
  else
    faults.complain("/to", {"只能退回到：" + names, "It can be returned to: " + names});
  return action.to;
}

}  // namespace

Verdict decide_perform(const Situation& situation, const Command& command, const Perform& what) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  const Caller& caller = *command.caller;
  const Permission permission = permission_to_act(situation, caller, {what.action, what.task}, what.comment);
  if (!permission.granted()) return refusal_of(situation, permission, what.action);
  if (!permission.action) return refusal_of(situation, unknown_action(situation), what.action);
  const Action& action = *permission.action;

  Movement movement(situation, *situation.request, situation.request->version, permission.state);
  Request& request = movement.request();
  const bool draft = situation.definition.state(permission.state)->kind == StateKind::draft;
  FormFaults faults;
  check_comment(action.comment, what.comment, faults);
  const std::string to = destination(situation, what, permission, faults);
  take_form(situation, what, action, draft && &action != &comment_action(), request, faults);
  check_submission(situation, permission.state, action, request, faults);
  if (auto refusal = refusal_of(faults)) return *refusal;

  if (&action == &comment_action()) {
    movement.record(caller.account, permission.as, action.key, what.comment);
    movement.inform(action.key, caller.account);
    return std::move(movement).finish();
  }
  const Performance performance{&action, caller.account, permission.post->delegated_from, permission.as,
                                to,      what.comment};
  if (auto refusal = carry_out(movement, situation, performance)) return *refusal;
  return std::move(movement).finish();
}

}  // namespace xueji

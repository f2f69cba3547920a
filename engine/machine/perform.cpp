// People's acts on a request: the definition's actions and the built-in comment.
#include "engine/machine/acts.hpp"
#include "engine/machine/submission.hpp"

namespace xueji {
namespace {

/// Changes nothing and leads nowhere.
Verdict comment(Movement movement, const Situation& situation, const Caller& caller, const Permission& permission,
                const Perform& what) {
  const Action& action = comment_action();
  FormFaults faults;
  check_comment(action.comment, what.comment, faults);
  if (!what.to.empty()) faults.complain("/to", {"此操作不能指定去向", "This action takes no destination"});
  take_form(situation, what, *situation.definition.state(permission.state), action, movement.request(), faults);
  if (auto refusal = refusal_of(faults)) return *refusal;
  movement.record(caller.account, permission.as, action.key, what.comment);
  movement.inform(action.key, caller.account);
  return std::move(movement).finish();
}

}  // namespace

Verdict decide_perform(const Situation& situation, const Command& command, const Perform& what) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  const Caller& caller = *command.caller;
  const Permission permission = permission_to_act(situation, caller, {what.action, what.task, &what});
  if (!permission.granted()) return refusal_of(situation, permission, what.action);
  if (!permission.action) return refusal_of(situation, unknown_action(situation), what.action);
  Movement movement(situation, *situation.request, situation.request->version, permission.state);
  if (permission.action == &comment_action()) return comment(std::move(movement), situation, caller, permission, what);
  if (auto refusal = perform(movement, situation, caller, permission, what, {})) return *refusal;
  return std::move(movement).finish();
}

}  // namespace xueji

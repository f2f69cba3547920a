// Waiting checks are to be asked now: an administrator wants it, or the machine, after the clock was set back. Nothing
// of it shows in the request, so nothing is recorded; the answer is still taken once, by the attempt that it belongs
// to.
#include "engine/machine/acts.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/permission.hpp"

namespace xueji {

Verdict decide_retry(const Situation& situation, const Command& command, const RetryChecks& what) {
  if (command.caller) {
    if (auto refusal = refusal_before_all(situation, command)) return *refusal;
    if (!administers(*command.caller, situation.request->school, situation.offices, situation.now)) return not_found();
  } else if (!situation.request || !situation.student) {
    return Nothing{};
  }
  const Request& request = *situation.request;
  const Token* token = what.task ? token_of(request, what.task) : &request.token;
  const State* state = token ? situation.definition.state(token->state) : nullptr;
  if (!state || state->kind != StateKind::check) {
    if (!command.caller) return Nothing{};
    return refusal_of(situation, unknown_action(situation), "retry");
  }
  if (token->timer && *token->timer <= situation.now) return Nothing{};
  Movement movement(situation, request, request.version, token->state);
  movement.token().timer = situation.now;
  return std::move(movement).finish();
}

}  // namespace xueji

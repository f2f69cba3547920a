// Who of a queue works on a task: claim, release, reassign.
#include <algorithm>

#include "engine/machine/acts.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/permission.hpp"
#include "engine/machine/separation.hpp"

namespace xueji {
namespace {

constexpr std::string_view pointer_to_person = "/to";

/// The post by which that person may take the task; null where they have none.
const Post* post_for_task(const std::vector<Post>& posts, const std::vector<Holder>& queue, Instant now) {
  const auto found = std::find_if(posts.begin(), posts.end(), [&](const Post& post) {
    return post.in_force(now) && std::find(queue.begin(), queue.end(), Holder{post.office, post.role}) != queue.end();
  });
  return found == posts.end() ? nullptr : &*found;
}

void check_person(const Situation& situation, const Perform& what, const Permission& permission, FormFaults& faults) {
  const Post* post = what.reassign_to ? post_for_task(what.reassign_posts, permission.who, situation.now) : nullptr;
  if (!post) {
    faults.complain(std::string(pointer_to_person),
                    {"没有担任该岗位的此人", "There is no such person who holds this post"});
    return;
  }
  const Actors actors{what.reassign_to, post->delegated_from};
  if (!is_decided(situation.definition.state(permission.state)->kind)) return;
  if (is_own_submission(situation.definition, *situation.request, actors) ||
      stood_in_for_the_draft(situation, {post->office, post->role}) ||
      separated_act(situation.definition, *situation.request, permission.state, actors))
    faults.complain(std::string(pointer_to_person),
                    {"此人不能办理此件，因其填报或已办理过",
                     "This person may not decide it, having submitted or decided it before"});
}

}  // namespace

Verdict decide_claim(const Situation& situation, const Command& command, const Claim& what) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  const Permission permission = permission_to_act(situation, *command.caller, {"claim", what.task});
  if (!permission.granted()) return refusal_of(situation, permission, "claim");
  Movement movement(situation, *situation.request, situation.request->version, permission.state);
  movement.token().claimed_by = command.caller->account;
  movement.token().claimed_at = situation.now;
  movement.record(command.caller->account, permission.as, "claim");
  return std::move(movement).finish();
}

Verdict decide_release(const Situation& situation, const Command& command, const Release& what) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  const Permission permission = permission_to_act(situation, *command.caller, {"release", what.task});
  if (!permission.granted()) return refusal_of(situation, permission, "release");
  Movement movement(situation, *situation.request, situation.request->version, permission.state);
  movement.token().claimed_by = {};
  movement.token().claimed_at.reset();
  movement.record(command.caller->account, permission.as, "release");
  return std::move(movement).finish();
}

Verdict decide_reassign(const Situation& situation, const Command& command, const Perform& what) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  const Action& action = reassign_action();
  const Permission permission = permission_to_act(situation, *command.caller, {action.key, what.task});
  if (!permission.granted()) return refusal_of(situation, permission, action.key);
  FormFaults faults;
  check_comment(action.comment, what.comment, faults);
  if (what.fields) faults.complain("/fields", {"改派不能修改填报内容", "Reassigning changes no fields"});
  if (what.evidence) faults.complain("/evidence", {"改派不能修改材料", "Reassigning changes no evidence"});
  check_person(situation, what, permission, faults);
  if (auto refusal = refusal_of(faults)) return *refusal;

  Movement movement(situation, *situation.request, situation.request->version, permission.state);
  movement.token().claimed_by = what.reassign_to;
  movement.token().claimed_at = situation.now;
  movement.record(command.caller->account, permission.as, action.key, what.comment);
  if (what.reassign_to != command.caller->account) movement.notify({action.key, what.reassign_to, std::nullopt});
  return std::move(movement).finish();
}

}  // namespace xueji

#include "engine/machine/submission.hpp"

#include <algorithm>

#include "engine/machine/acts.hpp"
#include "engine/machine/each_values.hpp"
#include "engine/machine/once.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/right.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji {
namespace {

/// What the action asks to be filled in and attached with it.
void check_demands(const Definition& definition, const Action& action, const Request& request, FormFaults& faults) {
  for (const std::string& key : action.fields)
    if (const Field* field = definition.field(key); field && !field->required && !request.fields.contains(key))
      faults.complain("/fields/" + key, {"请填写“" + field->title.zh + "”", "Fill in \"" + field->title.en + "\""});
  for (const std::string& key : action.evidence) {
    const EvidenceKind* kind = definition.evidence_kind(key);
    const bool present = std::any_of(request.evidence.begin(), request.evidence.end(),
                                     [&](const EvidenceItem& item) { return item.kind == key; });
    if (kind && !present)
      faults.missing_evidence.push_back(
          {"/evidence", {"请上传“" + kind->title.zh + "”", "Upload \"" + kind->title.en + "\""}});
  }
}

std::string destination(const Situation& situation, const Perform& what, const Permission& permission,
                        FormFaults& faults) {
  const Action& action = *permission.action;
  if (what.to.empty()) return action.to;
  const auto possible = action.to_earlier ? earlier_states(situation.definition, permission.state,
                                                           held_for(*situation.request, situation.offices))
                                          : std::vector<std::string>{};
  if (std::find(possible.begin(), possible.end(), what.to) != possible.end()) return what.to;
  std::string names;
  for (const auto& state : possible) names += (names.empty() ? "" : ", ") + state;
  if (possible.empty())
    faults.complain("/to", {"此操作不能指定去向", "This action takes no destination"});
  else
    faults.complain("/to", {"只能退回到：" + names, "It can be returned to: " + names});
  return action.to;
}

/// As of the last submission, or of when a field was filled in after it.
void keep_values_before(const Situation& situation, Request& request, bool submits) {
  if (submits) request.before.clear();
  request.before.merge(values_before(situation.definition, request.fields, *situation.student));
}

/// What else the same person could do there.
void advise_others(Refusal& refusal, const Situation& situation, const Caller& caller, const Permission& refused,
                   TaskId task) {
  std::vector<Text> titles;
  for (const Action& action : situation.definition.state(refused.state)->actions)
    if (&action != refused.action && permission_to_act(situation, caller, {action.key, task}).granted())
      titles.push_back({"“" + action.title.zh + "”", "\"" + action.title.en + "\""});
  if (titles.empty()) return;
  const Text others = join(titles, "、", ", ");
  refusal.detail.zh += "；可改为" + others.zh;
  refusal.detail.en += "; you can still choose " + others.en;
}

}  // namespace

bool is_submission(const Definition& definition, const State& from, const Action& action) {
  return from.kind == StateKind::draft && !action.to.empty() && !takes_back(definition, action);
}

std::optional<Refusal> carry_out(Movement& movement, const Situation& situation, const Caller& caller,
                                 const Permission& permission, const std::string& to, const std::string& comment) {
  const Action& action = *permission.action;
  const State& from = *situation.definition.state(permission.state);
  const bool submits = is_submission(situation.definition, from, action);
  Request& request = movement.request();
  request.acts.push_back({from.key, action.key, caller.account, permission.post->delegated_from, permission.as,
                          situation.now, request.round});
  if (submits) {
    ++request.round;
    request.unfiled = false;
    pin_place(situation.definition, request);
    request.locks = situation.definition.lock != Lock::none && !shares_lock(request.opened_from, *situation.student);
    if (request.once.empty()) {
      request.once = once_of(situation, places_of(request));
      if (auto refusal = refusal_for_once(situation, caller, request.once, action.key)) return refusal;
    }
  }
  keep_values_before(situation, request, submits);
  if (auto refusal = movement.arrive(caller.account, permission.as, action.key, to, comment)) return refusal;
  if (submits && !request.outcome) movement.decision().locks_student = request.locks && !locks_student(situation);
  movement.inform(action.key, caller.account);
  if (request.outcome) movement.inform(std::string(to_string(*request.outcome)), caller.account);
  return std::nullopt;
}

std::optional<Refusal> perform(Movement& movement, const Situation& situation, const Caller& caller,
                               const Permission& permission, const Perform& what, FormFaults faults) {
  if (!permission.granted()) return refusal_of(situation, permission, what.action);
  const Definition& definition = situation.definition;
  const Action& action = *permission.action;
  const State& from = *definition.state(permission.state);
  const bool submits = is_submission(definition, from, action);
  Request& request = movement.request();
  check_comment(action.comment, what.comment, faults);
  const std::string to = destination(situation, what, permission, faults);
  take_form(situation, what, from, action, request, faults);
  keep_what_chose(situation, request, faults);
  if (submits) {
    check_each_filled(situation, faults);
    check_complete(situation, request, faults);
  } else if (from.kind != StateKind::draft)
    check_still_complete(situation, *situation.request, request, faults);
  check_demands(definition, action, request, faults);
  if (auto refusal = refusal_of(faults)) return refusal;

  auto refusal = carry_out(movement, situation, caller, permission, to, what.comment);
  if (refusal) advise_others(*refusal, situation, caller, permission, what.task);
  return refusal;
}

void check_comment(CommentRule rule, const std::string& comment, FormFaults& faults) {
  if (rule == CommentRule::required && is_blank(comment))
    faults.complain("/comment", {"请填写意见", "A comment is required"});
  else if (rule == CommentRule::none && !is_blank(comment))
    faults.complain("/comment", {"此操作不填写意见", "This action takes no comment"});
  else if (!is_clean_utf8(comment))
    faults.complain("/comment", {"意见含有不允许的字符", "The comment holds characters that are not allowed"});
  else if (code_points(comment) > comment_code_points_max)
    faults.complain("/comment", {"意见最多 2000 个字", "A comment has at most 2,000 characters"});
}

}  // namespace xueji

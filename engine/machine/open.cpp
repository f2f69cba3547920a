// Opening a request and correcting its draft.
#include <algorithm>

#include "engine/machine/acts.hpp"
#include "engine/machine/each_values.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/permission.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/subjects.hpp"
#include "engine/machine/submission.hpp"

namespace xueji {
namespace {

Request new_request(const Situation& situation, const Caller& caller, const Holder& as,
                    std::optional<OpenedFrom> opened_from = {}) {
  Request request;
  request.definition = situation.definition_id;
  request.student = situation.student->id;
  request.school = situation.student->school;
  request.unfiled = is_unfiled_draft(situation.definition, as.office, request.school);
  request.locks = locks_from_opening(situation.definition, as.office, request.school) &&
                  !shares_lock(opened_from, *situation.student);
  request.opened_by = caller.account;
  request.opened_as = as;
  request.opened_at = situation.now;
  request.opened_from = std::move(opened_from);
  return request;
}

/// The students that were taken, with their records.
std::vector<SubjectRecord> records_taken(const Situation& situation, const std::vector<Subject>& taken) {
  std::vector<SubjectRecord> records;
  auto next = situation.subjects.begin();
  for (const Subject& subject : taken) {
    next = std::find_if(next, situation.subjects.end(),
                        [&](const SubjectRecord& each) { return each.student && each.student->id == subject.student; });
    records.push_back({subject, next->student});
  }
  return records;
}

/// As if whoever opened the draft had then performed `submit` on it.
std::optional<Refusal> submit(Movement& movement, const Situation& situation, const std::vector<Subject>& taken,
                              const Caller& caller, const std::string& comment, FormFaults faults) {
  const Request draft = movement.request();
  Situation opened = situation;
  opened.request = &draft;
  if (situation.definition.subject.kind == SubjectRule::Kind::batch) opened.subjects = records_taken(situation, taken);
  Perform what;
  what.action = "submit";
  what.comment = comment;
  const Permission permission = permission_to_act(opened, caller, {what.action, {}, &what});
  return perform(movement, opened, caller, permission, what, std::move(faults));
}

Refusal nobody_to_open(const Situation& situation, const ToOpen& what) {
  Refusal refusal;
  refusal.kind = RefusalKind::not_allowed;
  refusal.detail = {"没有可以填报此件的岗位", "There is no post that could fill it in"};
  if (!what.by) return refusal;
  const Text who = describe(*what.by, situation.offices);
  refusal.detail = {"此项业务不由" + who.zh + "为该生发起", "It is not opened for this student by " + who.en};
  return refusal;
}

/// A is waited for by B, that by C, and so on: somebody's definitions lead in a circle.
Refusal waits_too_deep() {
  Refusal refusal;
  refusal.kind = RefusalKind::not_allowed;
  const std::string most = std::to_string(waiting_requests_max);
  refusal.detail = {"依次等待的业务最多 " + most + " 件", "At most " + most + " requests wait for each other in a row"};
  return refusal;
}

Text why_begun(const ToOpen& what) {
  const std::string number = to_string(what.from.request);
  if (what.from.depth > 0)
    return {"由“" + what.from_title.zh + "”（编号 " + number + "）办理中发起，该件等此件办结",
            "Opened from within \"" + what.from_title.en + "\" (number " + number + "), which waits for it"};
  return {"由“" + what.from_title.zh + "”（编号 " + number + "）办结时发起",
          "Opened at the end of \"" + what.from_title.en + "\" (number " + number + ")"};
}

/// Locks the student, unless it does not do so yet or ever, or has ended already.
Decision opened(Movement movement) {
  movement.decision().locks_student = movement.request().locks && !movement.request().outcome;
  movement.decision().unlocks_student = false;
  return std::move(movement).finish();
}

/// Locks those who are not set aside, unless it has ended already.
Decision opened_for(std::vector<Subject> subjects, Movement movement) {
  Decision& decision = movement.decision();
  decision.subjects.added = std::move(subjects);
  decision.locks_student = false;
  return std::move(movement).finish();
}

}  // namespace

Verdict decide_open(const Situation& situation, const Command& command, const Open& what) {
  const Caller& caller = *command.caller;
  if (!situation.student || !may_begin(situation, caller, what.found)) return not_found();
  const Permission permission = permission_to_open(situation, caller);
  if (!permission.granted()) return refusal_of(situation, permission, "open");

  Request request = new_request(situation, caller, permission.as);
  FormFaults faults;
  request.fields = take_fields(situation, what.fields, faults);
  request.evidence = take_evidence(situation, what.evidence, faults);
  request.before = values_before(situation.definition, request.fields, *situation.student);
  std::vector<Subject> subjects;
  if (situation.definition.subject.several()) {
    subjects = take_subjects(situation, what, request, faults);
    if (auto refusal = refusal_of(faults)) return *refusal;
  }
  const std::string& draft = situation.definition.states.at(0).key;
  request.acts.push_back(
      {draft, "open", caller.account, permission.post->delegated_from, permission.as, situation.now, request.round});
  Movement movement(situation, std::move(request), std::nullopt, {});
  movement.arrive(caller.account, permission.as, "open", draft, what.submit ? std::string() : what.comment);
  if (what.submit) {
    if (auto refusal = submit(movement, situation, subjects, caller, what.comment, std::move(faults))) return *refusal;
  } else {
    check_comment(CommentRule::optional, what.comment, faults);
    if (auto refusal = refusal_of(faults)) return *refusal;
  }
  return subjects.empty() ? opened(std::move(movement)) : opened_for(std::move(subjects), std::move(movement));
}

std::variant<Decision, Refusal> decide_opening(const Situation& situation, const ToOpen& what) {
  if (what.from.depth > waiting_requests_max) return waits_too_deep();
  const Caller machine = opener_of(what);
  const Permission permission = permission_to_open(situation, machine, what.from);
  if (!permission.post) return nobody_to_open(situation, what);
  if (!permission.granted()) return refusal_of(situation, permission, "open");

  Request request = new_request(situation, machine, permission.as, what.from);
  FormFaults faults;
  request.fields = take_fields(situation, what.fields, faults);
  if (auto refusal = refusal_of(faults)) return *refusal;
  request.before = values_before(situation.definition, request.fields, *situation.student);
  Movement movement(situation, std::move(request), std::nullopt, {});
  try {
    movement.arrive({}, std::nullopt, "open", situation.definition.states.at(0).key, in_two_lines(why_begun(what)));
  } catch (const ImpossibleMove&) {
    return nobody_to_open(situation, what);
  }
  movement.notify({"opened", AccountId{}, movement.token().holder});
  return opened(std::move(movement));
}

Verdict decide_edit(const Situation& situation, const Command& command, const Edit& what) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  const Permission permission = permission_to_act(situation, *command.caller, {"edit", {}});
  if (!permission.granted()) return refusal_of(situation, permission, "edit");

  Movement movement(situation, *situation.request, situation.request->version, permission.state);
  FormFaults faults;
  if (what.fields) movement.request().fields = take_fields(situation, *what.fields, faults);
  if (what.evidence) movement.request().evidence = take_evidence(situation, *what.evidence, faults);
  if (!what.each.empty())
    movement.decision().subjects.filled = take_each(situation, what.each, movement.request(), faults);
  keep_what_chose(situation, movement.request(), faults);
  if (auto refusal = refusal_of(faults)) return *refusal;
  movement.request().before = values_before(situation.definition, movement.request().fields, *situation.student);
  movement.record(command.caller->account, permission.as, "edit");
  return std::move(movement).finish();
}

}  // namespace xueji

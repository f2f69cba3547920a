#include "engine/machine/permission.hpp"

#include <algorithm>

#include "engine/definition/windows.hpp"
#include "engine/machine/closing.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/grounds.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/machine/once.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/right.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/separation.hpp"
#include "engine/machine/sight.hpp"
#include "engine/machine/submission.hpp"

namespace xueji {
namespace {

const Post* acting_post(const Caller& caller, const Right& right, Instant now) {
  for (const Holder& holder : right.holders)
    if (const Post* post = caller.post(holder.role, holder.office, now)) return post;
  for (const Post& post : caller.posts)
    if (post.in_force(now) && right.any_post_at.contains(post.office)) return &post;
  return nullptr;
}

Reason state_reason(const Situation& situation) {
  const Request& request = *situation.request;
  const State* state = situation.definition.state(request.token.state);
  const Text title = state ? state->title : Text{request.token.state, request.token.state};
  if (request.several && request.several->applied)
    return {"state",
            {"此件已批准，正在逐人写入学籍，不能再办理",
             "The request is decided and is being written to the records one by one; nothing more can be done on it"},
            request.token.since,
            std::nullopt};
  if (request.outcome)
    return {"state",
            {"此件已结束（" + title.zh + "），不能再办理",
             "The request has ended (" + title.en + "); nothing more can be done on it"},
            request.token.since,
            std::nullopt};
  return {"state",
          {"此件处于“" + title.zh + "”，不能进行此操作",
           "The request is at \"" + title.en + "\", where this cannot be done"},
          request.token.since,
          std::nullopt};
}

/// The instant from which the caller will hold one of these posts, where one is promised.
std::optional<Instant> post_promised(const Caller& caller, const std::vector<Holder>& holders, Instant now) {
  std::optional<Instant> earliest;
  for (const Post& post : caller.posts)
    for (const Holder& holder : holders)
      if (post.role == holder.role && post.office == holder.office && post.from && *post.from > now &&
          (!earliest || *post.from < *earliest))
        earliest = post.from;
  return earliest;
}

Reason post_reason(const Situation& situation, const Caller& caller, const std::vector<Holder>& holders) {
  const Text who = describe(holders, situation.offices);
  Text message{"此操作须由" + who.zh + "办理", "This is for " + who.en + " to do"};
  if (holders.empty()) message = {"没有可办理此操作的岗位", "No post can do this"};
  return {"post", message, std::nullopt, post_promised(caller, holders, situation.now)};
}

Reason no_school_of_yours(const ActorExpression& opener) {
  const Text role = title_of(opener.role);
  return {"post",
          {"此业务由学校的" + role.zh + "发起", "A " + role.en + " of a school opens this business"},
          std::nullopt,
          std::nullopt};
}

Reason opened_by_machine() {
  return {
      "post",
      {"此业务由系统发现后立案，不由人发起", "The system opens this business when it finds such a case; nobody does"},
      std::nullopt,
      std::nullopt};
}

Reason merged_reason() {
  return {"merged",
          {"此学籍已合并到另一条学籍，请在那一条上办理",
           "The record was merged into another one; open the business about that"},
          std::nullopt,
          std::nullopt};
}

Reason claimed_reason(const Situation& situation, const Token& token) {
  const Text who = describe(queue_of(token), situation.offices);
  return {"claimed",
          {"此件已被他人认领；请认领人释放，或由" + who.zh + "改派",
           "Someone else has claimed it; they can release it, or " + who.en + " can reassign it"},
          token.claimed_at,
          std::nullopt};
}

Reason one_by_one_reason() {
  return {
      "one-by-one",
      {"批量办理不适用于此环节，请逐件办理", "This step is not decided in bulk; open each request and decide it there"},
      std::nullopt,
      std::nullopt};
}

/// A claim made before the deadline passed does not bind those to whom it was escalated.
bool binds(const Situation& situation, const Token& token, const Caller& caller, const Permission& permission) {
  if (token.claimed_by == caller.account || !claim_stands(situation, token)) return false;
  const bool as_escalated = token.escalated_to && permission.post && permission.as == *token.escalated_to;
  return !(as_escalated && token.due && token.claimed_at && *token.claimed_at < *token.due);
}

void add_separation(Permission& permission, const Situation& situation, const Caller& caller) {
  const Request& request = *situation.request;
  const Actors actors{caller.account, permission.post ? permission.post->delegated_from : AccountId{}};
  if (const auto act = separated_act(situation.definition, request, permission.state, actors)) {
    const State* state = situation.definition.state(act->state);
    permission.obstacles.push_back(
        {RefusalKind::separation_of_duties,
         {"different-people",
          {"您已在“" + state->title.zh + "”办理过此件，须由另一人办理",
           "You have already decided this request at \"" + state->title.en + "\"; another person must decide here"},
          act->at,
          std::nullopt}});
  }
  if (is_own_submission(situation.definition, request, actors))
    permission.obstacles.push_back(
        {permission.post ? RefusalKind::separation_of_duties : RefusalKind::not_allowed,
         {"own-submission",
          {"不能办理本人填报的业务，须由另一人办理", "Nobody decides their own submission; another person must decide"},
          std::nullopt,
          std::nullopt}});
  else if (permission.post && stood_in_for_the_draft(situation, permission.as))
    permission.obstacles.push_back(
        {RefusalKind::separation_of_duties,
         {"own-submission",
          {"本岗位已代为填报此件，须由其他岗位办理",
           "Somebody of this post submitted it in the school's place; another post must decide"},
          std::nullopt,
          std::nullopt}});
}

/// With what the rule reads where the caller may know it.
void add_guards(Permission& permission, const std::vector<Rule>& rules, const Guard::Lookup& values,
                const Situation& situation, const Caller& caller) {
  for (const Rule& rule : rules)
    if (!rule.guard.holds(values))
      permission.obstacles.push_back(
          {RefusalKind::status_not_eligible,
           {"guard", hides_record(situation, caller) ? rule.otherwise : explain_rule(rule, values), std::nullopt,
            std::nullopt}});
}

/// Whether the guard reads what comes with the action only.
bool reads_what_is_given(const Rule& rule, const Action& action) {
  const auto& paths = rule.guard.paths();
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return path == "comment" || std::find(action.fields.begin(), action.fields.end(), path) != action.fields.end();
  });
}

void add_action_guards(Permission& permission, const Situation& situation, const Caller& caller, const Action& action,
                       const Perform* given) {
  std::vector<Rule> rules;
  for (const Rule& rule : action.when)
    if (given || !reads_what_is_given(rule, action)) rules.push_back(rule);
  if (rules.empty()) return;
  Request then = *situation.request;
  if (given) {
    FormFaults told_later;
    take_form(situation, *given, *situation.definition.state(permission.state), action, then, told_later);
  }
  add_guards(permission, rules,
             action_guard_values(situation.definition, then, records_of(situation), given ? given->comment : ""),
             situation, caller);
}

/// What only an office above all of a case's schools decides or ends no other does; it may still return or submit the
/// case, which then comes to whoever stands above the schools of today.
void add_place_below(Permission& permission, const Situation& situation, const Action& action) {
  const Definition& definition = situation.definition;
  const State& state = *definition.state(permission.state);
  const bool from_above = state.actor.office.step == OfficeExpression::Step::common_superior &&
                          state.actor.office.place == students_schools;
  if (!from_above || !permission.post || state.action(action.key) != &action) return;
  const State* to = definition.state(action.to);
  const bool returns = action.to_earlier || (to && definition.order(to->key) <= definition.order(state.key));
  const bool ends = to && to->kind == StateKind::end;
  if (returns || (!ends && !decides(definition, state, action)) || stands_above_all(situation, permission.as.office))
    return;
  permission.obstacles.push_back(
      {RefusalKind::status_not_eligible,
       {"below-schools",
        {"其中一名学生已转到他处，本单位不再是两校共同的上级，不能认定；请退回，重新提交后由两校今天的共同上级办理",
         "One of the pupils has moved, and this office stands above both schools no more; return it, and once it is "
         "submitted again an office above both settles it"},
        std::nullopt,
        std::nullopt}});
}

/// Whether coming there can meet with nothing: it has an owner, changes nothing, and leads no further by itself.
bool is_plain(const Situation& situation, const std::string& key) {
  const State* state = situation.definition.state(key);
  const bool leads_on = state && (state->kind == StateKind::notice || state->kind == StateKind::choice);
  return state && !leads_on && state->branches.empty() && state->effects.empty() && state->otherwise.empty() &&
         held_for(*situation.request, situation.offices)(*state);
}

/// What is refused only on arrival is found by going there without writing. Where the action asks for something to be
/// filled in, nobody knows yet.
void add_arrival(Permission& permission, const Situation& situation, const Caller& caller) {
  const Action& action = *permission.action;
  const bool built_in = &action == &comment_action() || &action == &reassign_action() || &action == &set_aside_action();
  const bool names_place = situation.definition.naming_field() &&
                           is_submission(situation.definition, *situation.definition.state(permission.state), action);
  if (!permission.granted() || built_in || names_place || !action.fields.empty() || is_plain(situation, action.to))
    return;
  Movement trial(situation, *situation.request, situation.request->version, permission.state);
  try {
    if (const auto refusal = carry_out(trial, situation, caller, permission, action.to, {}))
      permission.obstacles.push_back({refusal->kind, {"effect", refusal->detail, std::nullopt, std::nullopt}});
  } catch (const ImpossibleMove&) {
    permission.obstacles.push_back({RefusalKind::failed,
                                    {"impossible",
                                     {"没有单位可以接办下一环节", "No office can hold the state that this leads to"},
                                     std::nullopt,
                                     std::nullopt}});
  }
}

void sort(Permission& permission) {
  std::stable_sort(permission.obstacles.begin(), permission.obstacles.end(),
                   [](const Obstacle& a, const Obstacle& b) { return a.kind < b.kind; });
}

/// What the student's own state has against a business that does not lock the student yet, or never does. Which
/// business it is that locks the student is no other school's to know.
void add_state_of_student(Permission& permission, const Situation& situation, const Caller& caller,
                          const Places& places, const std::optional<OpenedFrom>& opened_from) {
  const Student& student = *situation.student;
  add_guards(permission, situation.definition.open_when,
             opening_guard_values(places, {situation.offices, student}, opened_from), situation, caller);
  if (!student.open_request || situation.definition.subject.several() || situation.definition.lock == Lock::none ||
      shares_lock(opened_from, student))
    return;
  permission.names_open_request = may_see_office(caller, student.school, situation.offices, situation.now);
  if (!permission.names_open_request) {
    const Text message{"该生已有未办结的业务，办结后方可申请",
                       "The student has an open request already; it must end first"};
    permission.obstacles.push_back(
        {RefusalKind::open_business, {"open-business", message, std::nullopt, std::nullopt}});
    return;
  }
  const auto number = to_string(student.open_request);
  Text message{"该生已有未办结的业务（编号 " + number, "The student has an open request already (number " + number};
  std::optional<Instant> since;
  if (situation.blocking) {
    const Text who = describe(holders_of(*situation.blocking), situation.offices);
    message.zh += "，现由" + who.zh + "办理";
    message.en += ", now with " + who.en;
    since = situation.blocking->opened_at;
  }
  message.zh += "），办结后方可申请";
  message.en += "); it must end first";
  permission.obstacles.push_back({RefusalKind::open_business, {"open-business", message, since, std::nullopt}});
}

/// A business whose time is limited is begun within it: asked when it is opened, and when it is submitted first. What
/// has begun goes on (FAQ 9).
void add_window(Permission& permission, const Situation& situation, const Places& places,
                const std::optional<OpenedFrom>& opened_from) {
  const auto values = opening_guard_values(places, {situation.offices, *situation.student}, opened_from);
  const auto window = window_of(situation.definition, situation.calendar, situation.now, values);
  if (window.open) return;
  Text message = window.reason;
  if (situation.request) {
    message.zh += "；从未提交的草稿不算已发起";
    message.en += "; a draft that was never submitted has not been started";
  }
  if (window.from) {
    message.zh += "；" + china_minute(*window.from) + " 起可以办理";
    message.en += "; it opens at " + china_minute(*window.from);
  }
  permission.obstacles.push_back({RefusalKind::window_closed, {"window", message, std::nullopt, window.from}});
}

/// Asked when it is opened, so that people are told early, and when it is submitted first.
void add_once(Permission& permission, const Situation& situation, const Caller& caller, const std::string& once) {
  if (!situation.who_has || once.empty()) return;
  const auto other = situation.who_has(once);
  if (!other || (situation.request && other->id == situation.request->id)) return;
  const Text per = once_per(situation.definition);
  Text message{"此业务对同一" + per.zh + "只办理一次，已有一件",
               "This business is done once per " + per.en + ", and there is a request already"};
  if (may_see(*other, caller, situation.offices, situation.now)) {
    const std::string number = to_string(other->id);
    message.zh += "（编号 " + number + "）";
    message.en += " (number " + number + ")";
    permission.stands_already = other;
  }
  permission.obstacles.push_back({RefusalKind::once_per, {"once-per", message, std::nullopt, std::nullopt}});
}

/// What locks nothing may find the student changed.
void add_change_since_opening(Permission& permission, const Situation& situation, const Caller& caller) {
  if (situation.student->school != situation.request->school)
    permission.obstacles.push_back(
        {RefusalKind::status_not_eligible,
         {"moved",
          {"该生的学籍已转到另一所学校，请撤回此件后重新申请",
           "The student's record has moved to another school since; take this back and open it anew"},
          std::nullopt,
          std::nullopt}});
  if (situation.student->merged_into && !hides_record(situation, caller))
    permission.obstacles.push_back({RefusalKind::status_not_eligible, merged_reason()});
  add_state_of_student(permission, situation, caller, places_of(*situation.request), situation.request->opened_from);
}

Reason closing_reason() {
  return {"closing",
          {"办理期限已过，系统正在关闭此件", "The time for it is over, and the system is closing it"},
          std::nullopt,
          std::nullopt};
}

Permission permission_at(const Situation& situation, const Caller& caller, const Token& at, const Right& right,
                         const Intention& intention) {
  Permission permission;
  permission.state = at.state;
  permission.action = right.action;
  permission.who = right.holders;
  permission.post = acting_post(caller, right, situation.now);
  if (permission.post) permission.as = {permission.post->office, permission.post->role};
  if (intention.action == "claim" && at.claimed_by == caller.account)
    permission.obstacles.push_back(
        {RefusalKind::not_in_this_state,
         {"claimed", {"您已认领此件", "You have already claimed it"}, at.claimed_at, std::nullopt}});
  if (situation.pending && situation.pending->by == caller.account && intention.action != "claim" &&
      intention.action != "release")
    permission.obstacles.push_back({RefusalKind::not_in_this_state, pending_reason(situation)});
  if (!permission.post)
    permission.obstacles.push_back({RefusalKind::not_allowed, post_reason(situation, caller, right.holders)});
  if (right.action && is_to_be_closed(situation))
    permission.obstacles.push_back({RefusalKind::window_closed, closing_reason()});
  if (right.separated) add_separation(permission, situation, caller);
  if ((right.bound_by_claim && binds(situation, at, caller, permission)) ||
      (right.only_claimer && at.claimed_by != caller.account && claim_stands(situation, at)))
    permission.obstacles.push_back({RefusalKind::not_allowed, claimed_reason(situation, at)});
  const bool decides_in_bulk = right.action && right.separated && intention.given && intention.given->in_bulk;
  if (decides_in_bulk && situation.definition.state(at.state)->one_by_one)
    permission.obstacles.push_back({RefusalKind::one_by_one, one_by_one_reason()});
  if (right.action) add_action_guards(permission, situation, caller, *right.action, intention.given);
  if (right.action) add_place_below(permission, situation, *right.action);
  if (right.action && is_submission(situation.definition, *situation.definition.state(at.state), *right.action)) {
    if (situation.request->round == 0)
      add_window(permission, situation, places_of(*situation.request), situation.request->opened_from);
    if (!locks_student(situation)) add_change_since_opening(permission, situation, caller);
    if (situation.request->once.empty())
      add_once(permission, situation, caller,
               once_of(situation, places_ahead(situation.definition, *situation.request)));
  }
  if (right.action && !intention.given) add_arrival(permission, situation, caller);
  sort(permission);
  return permission;
}

/// How near the caller comes to it: granted, holding a post for it, or neither.
int nearness(const Permission& permission) { return permission.granted() ? 2 : permission.post ? 1 : 0; }

/// Whether it is all the same in which of several states it is done.
bool is_one_act(const Situation& situation, const Permission& permission) {
  return permission.action && (permission.action == &comment_action() || permission.action == &set_aside_action() ||
                               leaves_branches(situation.definition, *permission.action));
}

Obstacle several_states(const Situation& situation, const std::vector<Permission>& permissions) {
  Text names;
  for (const Permission& permission : permissions) {
    if (!permission.granted()) continue;
    const State* state = situation.definition.state(permission.state);
    names.zh += (names.zh.empty() ? "“" : "、“") + state->title.zh + "”";
    names.en += (names.en.empty() ? "\"" : ", \"") + state->title.en + "\"";
  }
  return {RefusalKind::validation,
          {"branch",
           {"此件同时处于" + names.zh + "，请指明办理哪一项任务（task）",
            "The request is at " + names.en + " at the same time; name the `task` that you mean"},
           std::nullopt,
           std::nullopt}};
}

}  // namespace

std::vector<Permission> permissions_to_act(const Situation& situation, const Caller& caller,
                                           const Intention& intention) {
  std::vector<Permission> permissions;
  for (const Token* token : active_tokens(*situation.request)) {
    if (intention.task && token_of(*situation.request, intention.task) != token) continue;
    if (const auto right = right_in_state(situation, *token, intention.action))
      permissions.push_back(permission_at(situation, caller, *token, *right, intention));
  }
  return permissions;
}

Permission permission_to_act(const Situation& situation, const Caller& caller, const Intention& intention) {
  const auto permissions = permissions_to_act(situation, caller, intention);
  if (permissions.empty()) return unknown_action(situation);
  const auto granted = std::count_if(permissions.begin(), permissions.end(),
                                     [](const Permission& permission) { return permission.granted(); });
  Permission nearest =
      *std::max_element(permissions.begin(), permissions.end(),
                        [](const Permission& a, const Permission& b) { return nearness(a) < nearness(b); });
  if (granted > 1 && !is_one_act(situation, nearest))
    nearest.obstacles.push_back(several_states(situation, permissions));
  return nearest;
}

Permission unknown_action(const Situation& situation) {
  Permission permission;
  permission.obstacles.push_back({RefusalKind::not_in_this_state, state_reason(situation)});
  return permission;
}

Permission permission_to_open(const Situation& situation, const Caller& caller,
                              const std::optional<OpenedFrom>& opened_from) {
  const Student& student = *situation.student;
  const Definition& definition = situation.definition;
  Permission permission;
  if (const auto holder = opening_post(definition, caller, situation.offices, student.school, situation.now)) {
    permission.who.push_back(*holder);
    permission.post = caller.post(holder->role, holder->office, situation.now);
    permission.as = *holder;
  }
  if (definition.opened_on)
    permission.obstacles.push_back({RefusalKind::not_allowed, opened_by_machine()});
  else if (!permission.post && definition.opened_by.office.step == OfficeExpression::Step::any_school)
    permission.obstacles.push_back({RefusalKind::not_allowed, no_school_of_yours(definition.opened_by)});
  else if (!permission.post)
    permission.obstacles.push_back({RefusalKind::not_allowed, post_reason(situation, caller, permission.who)});
  if (definition.retired)
    permission.obstacles.push_back(
        {RefusalKind::business_retired, {"retired", business_retired(), std::nullopt, std::nullopt}});
  if (student.merged_into) permission.obstacles.push_back({RefusalKind::status_not_eligible, merged_reason()});
  const Places places{student.school, permission.as.office, {}};
  add_window(permission, situation, places, opened_from);
  add_state_of_student(permission, situation, caller, places, opened_from);
  add_once(permission, situation, caller, once_of(situation, places));
  sort(permission);
  return permission;
}

Explanation explanation_of(const Permission& permission, std::string_view action) {
  Explanation explanation{std::string(action), permission.granted(), {}, permission.who};
  for (const Obstacle& obstacle : permission.obstacles) explanation.reasons.push_back(obstacle.reason);
  return explanation;
}

Refusal refusal_of(const Situation& situation, const Permission& permission, std::string_view action) {
  const Obstacle& gravest = permission.obstacles.at(0);
  Refusal refusal;
  refusal.kind = gravest.kind;
  refusal.detail = gravest.reason.message;
  refusal.explanation = explanation_of(permission, action);
  if (gravest.kind == RefusalKind::validation) refusal.complaints.push_back({"/task", gravest.reason.message});
  if (gravest.kind == RefusalKind::window_closed) refusal.opens_at = gravest.reason.from;
  if (gravest.kind == RefusalKind::open_business && permission.names_open_request) {
    refusal.blocking_request = situation.student->open_request;
    if (situation.blocking) refusal.blocking_holders = holders_of(*situation.blocking);
  }
  if (gravest.kind == RefusalKind::once_per && permission.stands_already) {
    refusal.blocking_request = permission.stands_already->id;
    if (!permission.stands_already->outcome) refusal.blocking_holders = holders_of(*permission.stands_already);
  }
  return refusal;
}

std::optional<Refusal> refusal_for_once(const Situation& situation, const Caller& caller, const std::string& once,
                                        std::string_view action) {
  Permission permission;
  add_once(permission, situation, caller, once);
  return permission.granted() ? std::nullopt : std::optional(refusal_of(situation, permission, action));
}

Refusal not_found() {
  Refusal refusal;
  refusal.kind = RefusalKind::not_found;
  refusal.detail = {"找不到，或不在您的管辖范围内", "There is no such thing within your jurisdiction"};
  return refusal;
}

namespace {

Refusal part_has_ended(const PartEnd& until) {
  Refusal refusal;
  refusal.kind = RefusalKind::not_allowed;
  refusal.detail = part_ended_reason(until).message;
  return refusal;
}

Refusal stale(const Situation& situation, Text detail) {
  Refusal refusal;
  refusal.kind = RefusalKind::stale;
  refusal.detail = std::move(detail);
  refusal.current_version = situation.request->version;
  return refusal;
}

/// A task that it has had is not the one that it has now, though it stand in the same state again.
std::optional<Refusal> refusal_for_task(const Situation& situation, TaskId task) {
  const Request& request = *situation.request;
  if (!task || token_of(request, task)) return std::nullopt;
  if (request_of(task) != request.id || number_of(task) == 0 || number_of(task) > request.tasks_given)
    return not_found();
  if (request.outcome) return std::nullopt;
  const Text& title = situation.definition.state(request.token.state)->title;
  return stale(situation, {"这项任务已经办过或转走（此件现处于“" + title.zh + "”），请查看后再办理",
                           "This task is done or has moved on (the request is at \"" + title.en +
                               "\" now); look at it again first"});
}

}  // namespace

std::optional<Refusal> refusal_before_all(const Situation& situation, const Command& command) {
  if (!situation.request || !situation.student) return not_found();
  const Sight sight = sight_of(*situation.request, *command.caller, situation.offices, situation.now);
  if (sight.kind == Sight::Kind::nothing) return not_found();
  if (sight.kind == Sight::Kind::part) return part_has_ended(*sight.until);
  const std::int64_t version = situation.request->version;
  if (command.expected_version && *command.expected_version != version)
    return stale(situation, {"此件已有更新（现为第 " + std::to_string(version) + " 版），请查看后再办理",
                             "The request has changed since (it is now at version " + std::to_string(version) +
                                 "); look at it again first"});
  return refusal_for_task(situation, task_of(command));
}

}  // namespace xueji

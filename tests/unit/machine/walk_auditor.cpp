#include "walk_auditor.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "engine/machine/places.hpp"
#include "walk_companion.hpp"

namespace xueji::test {
namespace {

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_taken_back(const State* to) {
  return to && to->kind == StateKind::end && (to->outcome == Outcome::withdrawn || to->outcome == Outcome::cancelled);
}

void demand(bool holds, const std::string& what) {
  if (!holds) throw std::logic_error(what);
}

/// Where the definition says that it leads: a state, `join` or `stop`. For `to: earlier` that is not one answer.
std::string written_target(const State& from, const std::string& event) {
  if (const Action* action = from.action(event)) return action->to;
  if (event == "expire") return from.deadline->expire_to;
  if (event == "elapsed") return from.to;
  const auto outcome = event == "clear" ? CheckOutcome::clear : CheckOutcome::suspect;
  return from.outcomes.contains(outcome) ? from.outcomes.at(outcome) : "";
}

/// A task keeps its id while it stays where it is, and no other ever has it.
void audit_ids(const Request* before, const Request& after) {
  std::set<TaskId> ids;
  for (const Task& task : kept_tasks_of(after)) {
    demand(ids.insert(task.id).second, "two tasks with one id");
    const auto earlier = before ? kept_tasks_of(*before) : std::vector<Task>{};
    const auto same =
        std::find_if(earlier.begin(), earlier.end(), [&](const Task& each) { return each.id == task.id; });
    if (same == earlier.end())
      demand(number_of(task.id) > (before ? before->tasks_given : 0), "a task with an id that another has had");
    else
      demand(same->state == task.state && same->since == task.since && same->holder == task.holder,
             "a task that moved and kept its id");
  }
}

}  // namespace

void WalkAuditor::take(const Request* before, const Decision& decision) {
  if (!decision.replaces) {
    standing_.clear();
    since_draft_.clear();
    decided_.clear();
    opener_ = decision.request.opened_by;
    submitters_ = {opener_};
  }
  for (const HistoryDraft& entry : decision.history) follow(entry, before, decision);
  const Request& after = decision.request;
  const State& now = *definition_.state(after.token.state);
  demand((now.kind == StateKind::end) == after.outcome.has_value(), "a request in an end has ended, and no other");
  demand(tasks_of(after).empty() == after.outcome.has_value(), "whoever waits is in a queue");
  audit_ids(before, after);
  if (after.outcome) audit_end(now, decision);
  if (!after.outcome) demand(decision.changes.empty(), "a change before the end");
  if (!decision.history.empty()) audit_sentences(after);
}

void WalkAuditor::follow(const HistoryDraft& entry, const Request* before, const Decision& decision) {
  const State* from = definition_.state(entry.from);
  const State* to = definition_.state(entry.to);
  demand(to != nullptr, "history leads to a state that is not");
  if (!from) return arrive(*to);
  const std::string event = event_of(entry, decision.request);
  const bool ended_branch = before && !from->parallel.empty() && entry.to == from->parallel &&
                            is_move(entry, definition_) && written_target(*from, event) != from->parallel;
  const bool moves = is_move(entry, definition_);
  if (!moves && from->kind != StateKind::notice && from->kind != StateKind::choice) return;
  if (moves) {
    audit_people(entry, *from);
    standing_.push_back({from, event, entry.by, acted_for(entry, *from, before)});
    since_draft_.push_back(standing_.back());
  }
  if (!ended_branch) arrive(*to);
  if (!to->branches.empty() && !ended_branch)
    for (const Token* token : active_tokens(decision.request))
      since_draft_.push_back({definition_.state(token->state), "", {}, std::nullopt});
  if (moves && from->kind == StateKind::draft && to->kind != StateKind::end) {
    submitters_ = {opener_, entry.by};
    decided_.clear();
  } else if (from->kind == StateKind::approval && entry.by && !is_taken_back(to) && !is_called_back(*from, entry)) {
    decided_.emplace_back(entry.by, from);
  }
}

/// Whoever stands in, without being named by the definition, because nobody at the post can decide acts in its place.
std::optional<Holder> WalkAuditor::acted_for(const HistoryDraft& entry, const State& from,
                                             const Request* before) const {
  const Token* token = before ? token_in(*before, from.key) : nullptr;
  if (!token || !entry.as || entry.as == token->holder || entry.as != token->escalated_to) return entry.as;
  const bool is_named = from.deadline && from.deadline->escalate &&
                        resolve(*from.deadline->escalate, places_of(*before), offices_) == entry.as;
  return is_named ? entry.as : token->holder;
}

void WalkAuditor::bring_over(const Migration& migration, const Request& now) {
  const auto here = [&](const State& state) {
    const State* same = definition_.state(state.key);
    return same ? same : definition_.state(renamed(migration, state.key));
  };
  for (auto* acts : {&standing_, &since_draft_}) {
    for (Done& done : *acts) done.state = here(*done.state);
    std::erase_if(*acts, [](const Done& done) { return !done.state; });
  }
  for (auto& [account, state] : decided_) state = here(*state);
  std::erase_if(decided_, [](const auto& each) { return !each.second; });
  arrive(*definition_.state(now.token.state));
  for (const Token* token : active_tokens(now)) since_draft_.push_back({definition_.state(token->state), "", {}, {}});
}

void WalkAuditor::arrive(const State& state) {
  if (state.kind == StateKind::draft) since_draft_.clear();
  since_draft_.push_back({&state, "", {}, std::nullopt});
  if (state.kind == StateKind::end) return;
  std::erase_if(standing_, [&](const Done& done) {
    const bool elsewhere =
        !state.parallel.empty() && (done.state->parallel != state.parallel || done.state->branch != state.branch);
    return !elsewhere && definition_.order(done.state->key) >= definition_.order(state.key);
  });
}

/// To the draft, by the post that fills it in.
bool WalkAuditor::is_called_back(const State& from, const HistoryDraft& entry) const {
  const State& draft = definition_.states.front();
  const Action* action = from.action(entry.action);
  return entry.to == draft.key && action && action->by && action->by->source == draft.actor.source;
}

void WalkAuditor::audit_people(const HistoryDraft& entry, const State& from) const {
  if (from.kind != StateKind::approval || !entry.by || is_taken_back(definition_.state(entry.to))) return;
  if (is_called_back(from, entry)) return;
  if (definition_.separation.nobody_own_submission)
    demand(!submitters_.contains(entry.by), "somebody decided their own submission");
  for (const auto& group : definition_.separation.different_people) {
    if (!holds(group, from.key)) continue;
    for (const auto& [account, state] : decided_)
      demand(account != entry.by || state == &from || !holds(group, state->key),
             "one person decided in " + state->key + " and in " + from.key);
  }
}

void WalkAuditor::audit_end(const State& end, const Decision& decision) const {
  demand(decision.unlocks_student || decision.replaces == std::nullopt, "an ended request still locks its student");
  demand(end.outcome == Outcome::completed || decision.changes.empty(), "an effect on a bad end");
  demand(end.effects.empty() == decision.changes.empty(), "an effect without a change, or a change without an effect");
}

void WalkAuditor::audit_sentences(const Request& request) const {
  for (const Invariant& invariant : definition_.always) {
    if (!is_about(invariant, request)) continue;
    demand(std::any_of(invariant.acts.begin(), invariant.acts.end(),
                       [&](const ActPattern& pattern) { return is_done(invariant, pattern, request); }),
           "this did not hold: " + invariant.text);
  }
}

bool WalkAuditor::is_about(const Invariant& invariant, const Request& request) const {
  if (invariant.form == Invariant::Form::effect_after) {
    const auto& effects = definition_.state(request.token.state)->effects;
    return std::any_of(effects.begin(), effects.end(),
                       [&](const EffectCall& call) { return call.name == invariant.subject; });
  }
  if (invariant.form != Invariant::Form::state_after && invariant.form != Invariant::Form::passes) return false;
  const auto tokens = active_tokens(request);
  return request.token.state == invariant.subject || std::any_of(tokens.begin(), tokens.end(), [&](const Token* token) {
           return token->state == invariant.subject;
         });
}

bool WalkAuditor::is_done(const Invariant& invariant, const ActPattern& pattern, const Request& request) const {
  std::set<AccountId> people;
  bool done = false;
  for (const Done& each : invariant.form == Invariant::Form::passes ? since_draft_ : standing_) {
    if (!matches(pattern, each, request)) continue;
    done = true;
    people.insert(each.by);
  }
  return pattern.two_officers ? people.size() >= 2 : done;
}

bool WalkAuditor::matches(const ActPattern& pattern, const Done& done, const Request& request) const {
  if (pattern.event != done.event) return false;
  if (!pattern.state.empty()) return pattern.state == done.state->key;
  if (!done.as) return false;
  if (pattern.at_authority) return offices_.authority_of(request.school)->id == done.as->office;
  return offices_.find(done.as->office)->level == pattern.level;
}

}  // namespace xueji::test

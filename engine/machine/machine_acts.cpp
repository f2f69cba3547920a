// The machine's acts: answers of the national checks, and timers that come due.
#include <algorithm>

#include "engine/machine/acts.hpp"
#include "engine/machine/backoff.hpp"
#include "engine/machine/closing.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/reminders.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji {
namespace {

/// The latest answer of each check of the state, in its order; those never answered are left out.
std::vector<Finding> latest(const State& state, const std::vector<Finding>& before, const std::vector<Finding>& given) {
  std::vector<Finding> result;
  for (const std::string& check : state.checks) {
    const auto is_its = [&](const Finding& finding) { return finding.check == check; };
    auto found = std::find_if(given.begin(), given.end(), is_its);
    if (found == given.end()) {
      found = std::find_if(before.begin(), before.end(), is_its);
      if (found == before.end()) continue;
    }
    result.push_back(*found);
  }
  return result;
}

/// Those of other check states, in other branches, stay.
void replace_findings(std::vector<Finding>& findings, const State& state, const std::vector<Finding>& latest_ones) {
  std::erase_if(findings, [&](const Finding& each) {
    return std::find(state.checks.begin(), state.checks.end(), each.check) != state.checks.end();
  });
  findings.insert(findings.end(), latest_ones.begin(), latest_ones.end());
}

CheckOutcome outcome_of(const State& state, const std::vector<Finding>& findings) {
  const auto any = [&](CheckOutcome outcome) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& each) { return each.outcome == outcome; });
  };
  if (any(CheckOutcome::suspect)) return CheckOutcome::suspect;
  if (any(CheckOutcome::unavailable) || findings.size() < state.checks.size()) return CheckOutcome::unavailable;
  return CheckOutcome::clear;
}

bool same_outcomes(const std::vector<Finding>& a, const std::vector<Finding>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Finding& left, const Finding& right) {
    return left.check == right.check && left.outcome == right.outcome;
  });
}

/// Where a pupil of a case has moved, the office whose task it is today comes before the one above it.
std::optional<Holder> post_for_overdue(const Situation& situation, const Request& request, const Token& token,
                                       const ActorExpression& escalate) {
  const Places places = places_of(request);
  if (escalate.office.above && request.several && !request.several->schools_now.empty()) {
    ActorExpression itself = escalate;
    itself.office.above = false;
    const auto today = resolve(itself, places, situation.offices);
    if (today && today->office != token.holder.office) return today;
  }
  return resolve(escalate, places, situation.offices);
}

void overdue(Movement& movement, const Situation& situation, const Deadline& deadline) {
  const Request& request = movement.request();
  Token& token = movement.token();
  token.timer.reset();
  movement.record({}, std::nullopt, "overdue");
  if (token.holder.role != Role::system) movement.notify({"overdue", AccountId{}, token.holder});
  movement.inform("overdue", AccountId{});
  const auto holder_of_post = [&](const ActorExpression& who) {
    return resolve(who, places_of(request), situation.offices);
  };
  if (deadline.tell)
    if (const auto told = holder_of_post(*deadline.tell)) movement.notify({"overdue", AccountId{}, told});
  if (!deadline.escalate) return;
  const auto escalated = post_for_overdue(situation, request, token, *deadline.escalate);
  // Nobody stands above the ministry: those who administer it find somebody.
  if (!escalated && deadline.escalate->office.above)
    movement.notify({"overdue", AccountId{}, Holder{token.holder.office, Role::admin}});
  if (!escalated || *escalated == token.holder) return;
  escalate(token, *escalated);
  movement.notify({"overdue", AccountId{}, escalated});
}

/// What the registry refuses counts as suspect, and says why to whoever judges it.
AnswerChecks suspected(AnswerChecks answer, const State& state, const std::vector<Finding>& findings,
                       const Refusal& refusal) {
  answer.findings = findings;
  Finding& first = answer.findings.front();
  first.check = state.checks.front();
  first.outcome = CheckOutcome::suspect;
  first.code = registry_code;
  first.detail = refusal.detail;
  return answer;
}

/// By the clock alone, to `to`.
Verdict led_on(Movement movement, const std::string& event, const std::string& to) {
  if (auto refusal = movement.arrive({}, std::nullopt, event, to, {})) return *refusal;
  if (const auto ended = movement.request().outcome) movement.inform(std::string(to_string(*ended)), AccountId{});
  return std::move(movement).finish();
}

}  // namespace

const Token* open_token(const Situation& situation, std::string_view state) {
  const Request* request = situation.request;
  if (!request || !situation.student || request->outcome) return nullptr;
  return token_in(*request, state);
}

Verdict decide_answer(const Situation& situation, const AnswerChecks& what) {
  const Token* asked = open_token(situation, what.state);
  if (is_to_be_closed(situation)) return decide_closing(situation);
  const State* state = situation.definition.state(what.state);
  if (!asked || !state || state->kind != StateKind::check || asked->attempts != what.attempt ||
      (what.task && token_of(*situation.request, what.task) != asked))
    return Nothing{};
  Movement movement(situation, *situation.request, situation.request->version, what.state);
  Request& request = movement.request();
  const auto before = latest(*state, request.findings, {});
  const auto findings = latest(*state, request.findings, what.findings);
  const bool changed = !same_outcomes(before, findings);
  replace_findings(request.findings, *state, findings);
  const CheckOutcome outcome = outcome_of(*state, findings);
  if (outcome == CheckOutcome::unavailable) {
    Token& token = movement.token();
    token.timer = situation.now + pause_before_retry(state->retry, token.attempts);
    ++token.attempts;
    if (changed) movement.record({}, std::nullopt, "checks");
    return std::move(movement).finish();
  }
  if (const auto refusal = movement.arrive({}, std::nullopt, "checks", state->outcomes.at(outcome), {})) {
    if (outcome == CheckOutcome::suspect || findings.empty()) return *refusal;
    return decide_answer(situation, suspected(what, *state, findings, *refusal));
  }
  movement.inform(std::string(to_string(outcome)), AccountId{});
  if (request.outcome) movement.inform(std::string(to_string(*request.outcome)), AccountId{});
  return std::move(movement).finish();
}

Verdict decide_timer(const Situation& situation, const FireTimer& what) {
  if (situation.request && situation.request->outcome) return decide_reminder(situation, what);
  if (is_to_be_closed(situation)) return decide_closing(situation);
  const Token* fired = open_token(situation, what.state);
  const State* state = situation.definition.state(what.state);
  if (!fired || !state || fired->timer != what.timer || situation.now < what.timer) return Nothing{};
  if (state->kind == StateKind::end) return decide_slice(situation);
  Movement movement(situation, *situation.request, situation.request->version, what.state);
  if (state->wait) return led_on(std::move(movement), "elapsed", state->to);
  if (!state->deadline) return Nothing{};
  Token& token = movement.token();
  token.reminded = true;
  if (!token.due || *token.due > situation.now) {
    token.timer = token.due;
    movement.record({}, std::nullopt, "reminder");
    movement.notify({"reminder", AccountId{}, token.holder});
    return std::move(movement).finish();
  }
  if (!state->deadline->expire_to.empty()) return led_on(std::move(movement), "expire", state->deadline->expire_to);
  overdue(movement, situation, *state->deadline);
  return std::move(movement).finish();
}

}  // namespace xueji

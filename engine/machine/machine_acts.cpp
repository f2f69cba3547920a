// The machine's acts: answers of the national checks, and timers that come due.
#include <algorithm>
#include <cmath>

#include "engine/machine/acts.hpp"
#include "engine/machine/movement.hpp"

namespace xueji {
namespace {

const State* open_state(const Situation& situation, std::string_view named) {
  const Request* request = situation.request;
  if (!request || !situation.student || request->outcome || request->token.state != named) return nullptr;
  return situation.definition.state(named);
}

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

std::chrono::microseconds pause_before_retry(const Backoff& backoff, int attempts) {
  const double first = static_cast<double>(backoff.first.count());
  const double most = static_cast<double>(backoff.at_most.count());
  const double seconds = std::min(most, first * std::pow(backoff.factor, attempts));
  return std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6));
}

void overdue(Movement& movement, const Situation& situation, const Deadline& deadline) {
  Request& request = movement.request();
  request.token.timer.reset();
  movement.record({}, std::nullopt, "overdue");
  movement.notify({"overdue", AccountId{}, request.token.holder});
  if (!deadline.escalate) return;
  const auto escalated = resolve(*deadline.escalate, request.school, request.opened_as.office, situation.offices);
  if (!escalated || *escalated == request.token.holder) return;
  request.token.escalated_to = escalated;
  movement.notify({"overdue", AccountId{}, escalated});
}

}  // namespace

Verdict decide_answer(const Situation& situation, const AnswerChecks& what) {
  const State* state = open_state(situation, what.state);
  if (!state || state->kind != StateKind::check || situation.request->token.attempts != what.attempt) return Nothing{};
  Movement movement(situation, *situation.request, situation.request->version);
  Request& request = movement.request();
  const auto findings = latest(*state, request.findings, what.findings);
  const bool changed = !same_outcomes(request.findings, findings);
  request.findings = findings;
  const CheckOutcome outcome = outcome_of(*state, findings);
  if (outcome == CheckOutcome::unavailable) {
    request.token.timer = situation.now + pause_before_retry(state->retry, request.token.attempts);
    ++request.token.attempts;
    if (changed) movement.record({}, std::nullopt, "checks");
    return std::move(movement).finish();
  }
  if (auto refusal = movement.arrive({}, std::nullopt, "checks", state->outcomes.at(outcome), {})) return *refusal;
  movement.inform(std::string(to_string(outcome)), AccountId{});
  if (request.outcome) movement.inform(std::string(to_string(*request.outcome)), AccountId{});
  return std::move(movement).finish();
}

Verdict decide_timer(const Situation& situation, const FireTimer& what) {
  const State* state = open_state(situation, what.state);
  if (!state || !state->deadline || situation.request->token.timer != what.timer || situation.now < what.timer)
    return Nothing{};
  Movement movement(situation, *situation.request, situation.request->version);
  Token& token = movement.request().token;
  const bool is_due = token.due && *token.due <= situation.now;
  if (!is_due) {
    token.reminded = true;
    token.timer = token.due;
    movement.record({}, std::nullopt, "reminder");
    movement.notify({"reminder", AccountId{}, token.holder});
    return std::move(movement).finish();
  }
  token.reminded = true;
  if (state->deadline->expire_to.empty()) {
    overdue(movement, situation, *state->deadline);
    return std::move(movement).finish();
  }
  if (auto refusal = movement.arrive({}, std::nullopt, "expire", state->deadline->expire_to, {})) return *refusal;
  if (const auto ended = movement.request().outcome) movement.inform(std::string(to_string(*ended)), AccountId{});
  return std::move(movement).finish();
}

}  // namespace xueji

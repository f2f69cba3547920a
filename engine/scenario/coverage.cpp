#include "engine/scenario/coverage.hpp"

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/definition/ways.hpp"
#include "engine/machine/closing.hpp"
#include "engine/machine/guard_values.hpp"

namespace xueji {
namespace {

std::string transition(const std::string& state, std::string_view action) { return state + "." + std::string(action); }

/// Ways are told apart by their number: two may lead to the same state.
std::string way_of(const State& choice, std::size_t way) { return transition(choice.key, std::to_string(way + 1)); }

/// By what the checks found; staying means that they are asked again.
std::string_view check_answer(const State& state, const HistoryDraft& entry, const Request& request) {
  if (entry.to == entry.from) return to_string(CheckOutcome::unavailable);
  const bool suspect = std::any_of(request.findings.begin(), request.findings.end(), [&](const Finding& finding) {
    return finding.outcome == CheckOutcome::suspect &&
           std::find(state.checks.begin(), state.checks.end(), finding.check) != state.checks.end();
  });
  return to_string(suspect ? CheckOutcome::suspect : CheckOutcome::clear);
}

/// Whether a request that came to this end may remind somebody of a date that it left in the record.
bool leaves_reminders(const Definition& definition, const State& state) {
  if (definition.reminders.empty() || state.kind != StateKind::end || state.outcome != Outcome::completed) return false;
  const auto touched = touched_by(definition, state);
  return std::any_of(touched.begin(), touched.end(),
                     [&](const Touch& touch) { return touch.member == definition.reminders.front().member; });
}

}  // namespace

/// The calendar ends it wherever it stands; once told is told.
const std::string closing_transition = transition("anywhere", closed_action);

Transitions transitions_of(const Definition& definition) {
  Transitions all;
  if (definition.closing) all.insert(closing_transition);
  for (const State& state : definition.states) {
    for (const Action& action : state.actions) all.insert(transition(state.key, action.key));
    for (const auto& [outcome, target] : state.outcomes) all.insert(transition(state.key, to_string(outcome)));
    if (state.kind == StateKind::check) all.insert(transition(state.key, to_string(CheckOutcome::unavailable)));
    if (state.wait) all.insert(transition(state.key, "elapsed"));
    if (state.awaited) {
      for (const AwaitedWay& way : state.awaited->ways) all.insert(transition(state.key, way.event));
      all.insert(transition(state.key, not_opened_word));
    }
    if (state.kind == StateKind::notice) all.insert(transition(state.key, "noticed"));
    for (std::size_t way = 0; way < state.ways.size(); ++way) all.insert(way_of(state, way));
    if (leaves_reminders(definition, state)) all.insert(transition(state.key, "remind"));
    if (!state.deadline) continue;
    if (state.deadline->remind_before) all.insert(transition(state.key, "reminder"));
    all.insert(transition(state.key, state.deadline->expire_to.empty() ? "overdue" : "expire"));
  }
  return all;
}

Transitions transitions_in(const Situation& situation, const Decision& decision) {
  const Definition& definition = situation.definition;
  const Transitions all = transitions_of(definition);
  Transitions taken;
  for (const HistoryDraft& entry : decision.history) {
    if (entry.action == closed_action) taken.insert(closing_transition);
    const State* from = definition.state(entry.from);
    if (!from) continue;
    if (from->kind == StateKind::choice)
      taken.insert(
          way_of(*from, way_taken(*from, effect_guard_values(definition, decision.request, records_of(situation)))));
    const auto name =
        transition(entry.from, entry.action == "checks" ? check_answer(*from, entry, decision.request) : entry.action);
    if (all.contains(name)) taken.insert(name);
  }
  return taken;
}

}  // namespace xueji

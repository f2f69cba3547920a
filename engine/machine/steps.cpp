#include "engine/machine/steps.hpp"

#include <algorithm>
#include <set>

#include "engine/definition/configuration.hpp"
#include "engine/definition/guard_paths.hpp"
#include "engine/definition/main_way.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/right.hpp"

namespace xueji {
namespace {

/// States by their position in the procedure.
using StepNumbers = std::set<std::size_t>;

bool may_lead_to(const State& check, const std::string& state) {
  if (check.to == state) return true;
  if (std::any_of(check.ways.begin(), check.ways.end(), [&](const Way& way) { return way.to == state; })) return true;
  if (check.awaited && std::any_of(check.awaited->ways.begin(), check.awaited->ways.end(),
                                   [&](const AwaitedWay& way) { return way.to == state; }))
    return true;
  return std::any_of(check.outcomes.begin(), check.outcomes.end(),
                     [&](const auto& outcome) { return outcome.second == state; });
}

/// The state of the whole request: of a branch, its parallel state.
const State* whole_state(const Definition& definition, const std::string& key) {
  const State* state = definition.state(key);
  return state && !state->parallel.empty() ? definition.state(state->parallel) : state;
}

/// Machines leave no act: a check or a wait was passed where an act led to it and the request is found beyond.
void add_machines_between(StepNumbers& passed, const Definition& definition, const State& first,
                          const std::string& arrived, const KnownWays& known) {
  for (const State* state : main_way(definition, first, known)) {
    if (waits_for_people(state->kind) || state->kind == StateKind::parallel || state->kind == StateKind::end ||
        state->key == arrived)
      return;
    passed.insert(definition.order(state->key));
    if (may_lead_to(*state, arrived)) return;
  }
}

/// Whoever takes a request back has not decided it.
bool passes(const Definition& definition, const State& from, const Action& action) {
  return from.kind == StateKind::draft || !takes_back(definition, action);
}

/// Where the act led; what was done in states that an earlier version had and this one lacks is passed over.
const State& stood_after(const Definition& definition, const Request& request, std::size_t act) {
  for (std::size_t later = act + 1; later < request.acts.size(); ++later)
    if (const State* state = whole_state(definition, request.acts[later].state)) return *state;
  return *whole_state(definition, request.token.state);
}

/// By the acts of people. What a request comes back to, and all after it, is to be passed again. A parallel state is
/// passed by the act that takes the request out of it.
StepNumbers passed_by(const Definition& definition, const Request& request, const KnownWays& known) {
  StepNumbers passed;
  for (std::size_t i = 0; i < request.acts.size(); ++i) {
    const Act& act = request.acts[i];
    const State* in = definition.state(act.state);
    const Action* action = in ? in->action(act.action) : nullptr;
    if (!action) continue;
    const State* from = whole_state(definition, act.state);
    const std::string& arrived = stood_after(definition, request, i).key;
    if (from->kind == StateKind::parallel && arrived == from->key) continue;
    if (passes(definition, *from, *action)) passed.insert(definition.order(from->key));
    const bool ends_branch = action->to == join_word || action->to == stop_word;
    if (const State* to = definition.state(ends_branch ? from->to : action->to))
      add_machines_between(passed, definition, *to, arrived, known);
    passed.erase(passed.lower_bound(definition.order(arrived)), passed.end());
  }
  return passed;
}

/// The way to where people last did something; nothing where none of them leads there.
std::optional<std::size_t> way_gone(const State& choice, const Request& request) {
  const auto to = [&](const std::string& state) -> std::optional<std::size_t> {
    for (std::size_t way = 0; way < choice.ways.size(); ++way)
      if (choice.ways[way].to == state) return way;
    return std::nullopt;
  };
  auto gone = to(request.token.state);
  for (std::size_t act = request.acts.size(); act-- > 0 && !gone;) gone = to(request.acts[act].state);
  return gone;
}

/// What people last did there, where the request has gone on from there by it.
const Act* gone_by(const Definition& definition, const Request& request, const State& state) {
  if (definition.order(state.key) >= definition.order(request.token.state)) return nullptr;
  const auto act = std::find_if(request.acts.rbegin(), request.acts.rend(),
                                [&](const Act& each) { return each.state == state.key && state.action(each.action); });
  return act == request.acts.rend() ? nullptr : &*act;
}

/// Before the action comes: not where the guard reads its comment.
bool can_be_told(const Guard& guard, bool with_records) {
  const auto& paths = guard.paths();
  return std::find(paths.begin(), paths.end(), "comment") == paths.end() && (with_records || !reads_records(guard));
}

StepNumbers numbers_of(const Definition& definition, const std::vector<const State*>& states) {
  StepNumbers numbers;
  for (const State* state : states) numbers.insert(definition.order(state->key));
  return numbers;
}

}  // namespace

std::string_view to_string(StepPosition position) {
  switch (position) {
    case StepPosition::done:
      return "done";
    case StepPosition::current:
      return "current";
    case StepPosition::ahead:
      return "ahead";
    case StepPosition::aside:
      return "aside";
  }
  return "";
}

KnownWays ways_known(const Definition& definition, const Request& request, const OfficeTree& offices,
                     const std::optional<GuardRecords>& records) {
  const auto values = [&definition, &request, records, &offices] {
    const Student nobody{};
    return effect_guard_values(definition, request, records ? *records : GuardRecords{offices, nobody});
  };
  return {[&request, records, values](const State& choice) -> std::optional<std::size_t> {
            if (const auto gone = request.outcome ? way_gone(choice, request) : std::nullopt) return gone;
            const bool reads = std::any_of(choice.ways.begin(), choice.ways.end(),
                                           [](const Way& way) { return way.when && reads_records(*way.when); });
            if (reads && !records) return std::nullopt;
            return way_taken(choice, values());
          },
          [&definition, &request, records, values](const State& state, const Action& action) {
            if (action.when.empty()) return false;
            if (const Act* done = gone_by(definition, request, state)) return done->action != action.key;
            return std::any_of(action.when.begin(), action.when.end(), [&](const Rule& rule) {
              return can_be_told(rule.guard, records.has_value()) && !rule.guard.holds(values());
            });
          }};
}

std::vector<Step> steps_of(const Definition& definition, const Request& request, const OfficeTree& offices,
                           const std::optional<GuardRecords>& records) {
  const std::size_t here = definition.order(request.token.state);
  const KnownWays known = ways_known(definition, request, offices, records);
  const StepNumbers passed = passed_by(definition, request, known);
  const StepNumbers ahead = numbers_of(definition, main_way(definition, definition.states.at(here), known));
  StepNumbers shown = numbers_of(definition, main_way(definition, definition.states.front(), known));
  shown.insert(here);
  std::vector<Step> steps;
  const Places places = places_ahead(definition, request);
  const IsHeld is_held = held_at(places, offices);
  for (const std::size_t place : shown) {
    const State& state = definition.states[place];
    if (state.kind == StateKind::choice) continue;
    if (place != here && passed_on(definition, state.key, is_held) != state.key) continue;
    Step step{&state, holder_of(state, places, offices), StepPosition::aside};
    if (place == here)
      step.position = StepPosition::current;
    else if (passed.contains(place))
      step.position = StepPosition::done;
    else if (request.outcome)
      continue;
    else if (ahead.contains(place))
      step.position = StepPosition::ahead;
    if (place == here && !request.outcome) step.holder = request.token.holder;
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace xueji

#include "engine/scenario/guard_coverage.hpp"

#include <algorithm>

#include "engine/machine/closing.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/submission.hpp"

namespace xueji {
namespace {

constexpr auto eligible_rules = "subject.eligible";
constexpr auto pair_condition = "open.on.where";
constexpr std::string_view holds = " holds", refuses = " refuses", does_not_hold = " does not hold";

std::string rule_name(const std::string& where, std::size_t position) {
  return where + " " + std::to_string(position + 1);
}

std::string when_of(const WindowRule& window) { return "open.window " + window.name + ".when"; }
constexpr std::string_view closing_condition = "close.when";
std::string when_of(const State& state, const Action& action) { return state.key + "." + action.key + ".when"; }
std::string when_of(const State& state) { return state.key + ".when"; }
std::string when_of(const State& end, const EffectCall& call) { return end.key + "." + call.name + ".when"; }
std::string when_of(const EvidenceKind& kind) { return "evidence." + kind.kind + ".when"; }

void add_all(GuardSightings& all, const std::string& where, const std::vector<Rule>& rules) {
  for (std::size_t position = 0; position < rules.size(); ++position)
    for (const auto seen : {holds, refuses}) all.insert(rule_name(where, position).append(seen));
}

class Sighting {
 public:
  Sighting(const Situation& situation, const Verdict& verdict)
      : situation_(situation),
        done_(std::holds_alternative<Decision>(verdict)),
        outside_window_(is_outside_window(verdict)) {}

  void look_at_opening(const Caller& caller, const std::optional<OpenedFrom>& opened_from) {
    const OfficeId school = situation_.student->school;
    const auto post = opening_post(situation_.definition, caller, situation_.offices, school, situation_.now);
    const Places places{school, post ? post->office : OfficeId{}, {}};
    look(situation_.definition.open_when, "open.when",
         opening_guard_values(places, {situation_.offices, *situation_.student}, opened_from));
    look_at_windows(places, opened_from);
    if (!situation_.definition.naming_field()) look_at_ways(places);
    look_at_subjects(places);
  }

  void look_at_pair() {
    const auto& rule = situation_.definition.opened_on;
    if (rule) look_at_ways(places_of_pair());
    if (!rule || !rule->where) return;
    const FieldValues nothing_filled_in;
    const auto values = guard_values(situation_.definition, nothing_filled_in, records_of(situation_));
    seen.insert(std::string(pair_condition).append(rule->where->holds(values) ? holds : does_not_hold));
  }

  void look_at_closing() {
    const auto& closing = situation_.definition.closing;
    const bool is_under_way = situation_.request && !situation_.request->outcome;
    if (closing && closing->when && is_under_way && !done_)
      seen.insert(std::string(closing_condition).append(does_not_hold));
  }

  void look_at_opening(const Open& open, const Caller& caller) {
    look_at_opening(caller, std::nullopt);
    const OfficeId school = situation_.student->school;
    const auto post = opening_post(situation_.definition, caller, situation_.offices, school, situation_.now);
    const State& draft = situation_.definition.states.at(0);
    const Action* submit = open.submit ? draft.action("submit") : nullptr;
    if (!submit) return;
    Request opened;
    FormFaults faults;
    opened.school = school;
    opened.opened_as = post.value_or(Holder{});
    opened.fields = take_fields(situation_, open.fields, faults);
    look(submit->when, when_of(draft, *submit),
         action_guard_values(situation_.definition, opened, records_of(situation_), open.comment));
    look_at_form(opened);
  }

  void look_at_action(const Perform& perform) {
    const Request& request = *situation_.request;
    for (const Token* token : active_tokens(request)) {
      const State& state = *situation_.definition.state(token->state);
      const Action* action = state.action(perform.action);
      if (!action) continue;
      Request then = request;
      FormFaults faults;
      take_form(situation_, perform, state, *action, then, faults);
      look(action->when, when_of(state, *action),
           action_guard_values(situation_.definition, then, records_of(situation_), perform.comment));
      if (is_submission(situation_.definition, state, *action)) look_at_form(then);
    }
  }

  GuardSightings seen;

 private:
  Places places_of_pair() const {
    Places places{situation_.student->school, {}, {}};
    for (const SubjectRecord& record : situation_.subjects) places.schools.push_back(record.student->school);
    if (const auto post = resolve(situation_.definition.opened_by, places, situation_.offices))
      places.initiator = post->office;
    return places;
  }

  static bool is_outside_window(const Verdict& verdict) {
    const auto* refusal = std::get_if<Refusal>(&verdict);
    return refusal && refusal->kind == RefusalKind::window_closed;
  }

  /// What is refused for another reason says nothing of them.
  void look_at_windows(const Places& places, const std::optional<OpenedFrom>& opened_from) {
    if (!done_ && !outside_window_) return;
    const auto values = opening_guard_values(places, {situation_.offices, *situation_.student}, opened_from);
    for (const WindowRule& window : situation_.definition.windows)
      if (window.when) seen.insert(when_of(window).append(window.when->holds(values) ? holds : does_not_hold));
  }

  /// Which states this request will come to, and which it will pass.
  void look_at_ways(const Places& places) {
    if (!done_) return;
    const auto values = opening_guard_values(places, {situation_.offices, *situation_.student}, {});
    for (const State& state : situation_.definition.states)
      if (state.when) seen.insert(when_of(state).append(state.when->holds(values) ? holds : does_not_hold));
  }

  /// Of several students each rule holds for some who take part, and refuses some who are set aside.
  void look_at_subjects(const Places& places) {
    const auto& rules = situation_.definition.subject.eligible;
    for (const SubjectRecord& record : situation_.subjects) {
      const auto values = opening_guard_values(places, {situation_.offices, *record.student}, {});
      for (std::size_t position = 0; position < rules.size(); ++position)
        seen.insert(rule_name(eligible_rules, position).append(rules[position].guard.holds(values) ? holds : refuses));
    }
  }

  void look_at_form(const Request& request) {
    const Definition& definition = situation_.definition;
    if (definition.naming_field()) look_at_ways(places_ahead(definition, request));
    const auto values = submission_guard_values(definition, request, records_of(situation_));
    look(situation_.definition.require, "require", values);
    if (!done_) return;
    for (const EvidenceKind& kind : situation_.definition.evidence)
      if (kind.when) seen.insert(when_of(kind).append(kind.when->holds(values) ? holds : does_not_hold));
  }

  void look(const std::vector<Rule>& rules, const std::string& where, const Guard::Lookup& values) {
    for (std::size_t position = 0; position < rules.size(); ++position)
      if (rules[position].guard.holds(values) == done_)
        seen.insert(rule_name(where, position).append(done_ ? holds : refuses));
  }

  const Situation& situation_;
  const bool done_;
  const bool outside_window_;
};

}  // namespace

GuardSightings guards_of(const Definition& definition) {
  GuardSightings all;
  add_all(all, "open.when", definition.open_when);
  if (definition.opened_on && definition.opened_on->where)
    for (const auto seen : {holds, does_not_hold}) all.insert(std::string(pair_condition).append(seen));
  if (definition.closing && definition.closing->when)
    for (const auto seen : {holds, does_not_hold}) all.insert(std::string(closing_condition).append(seen));
  add_all(all, eligible_rules, definition.subject.eligible);
  add_all(all, "require", definition.require);
  for (const State& state : definition.states)
    for (const Action& action : state.actions) add_all(all, when_of(state, action), action.when);
  for (const auto seen : {holds, does_not_hold}) {
    for (const WindowRule& window : definition.windows)
      if (window.when) all.insert(when_of(window).append(seen));
    for (const State& state : definition.states)
      if (state.when) all.insert(when_of(state).append(seen));
    for (const State& state : definition.states)
      for (const EffectCall& call : state.effects)
        if (call.when) all.insert(when_of(state, call).append(seen));
    for (const EvidenceKind& kind : definition.evidence)
      if (kind.when) all.insert(when_of(kind).append(seen));
  }
  return all;
}

GuardSightings guards_of_effects(const Situation& situation, const Decision& decision) {
  GuardSightings seen;
  if (!decision.request.outcome || !situation.student) return seen;
  const State& end = *situation.definition.state(decision.request.token.state);
  const auto values = effect_guard_values(situation.definition, decision.request, records_of(situation));
  for (const EffectCall& call : end.effects)
    if (call.when) seen.insert(when_of(end, call).append(call.when->holds(values) ? holds : does_not_hold));
  // Whatever the machine was about to do when the window had closed.
  const auto& closing = situation.definition.closing;
  const bool is_closed = std::any_of(decision.history.begin(), decision.history.end(),
                                     [](const HistoryDraft& entry) { return entry.action == closed_action; });
  if (is_closed && closing->when) seen.insert(std::string(closing_condition).append(holds));
  return seen;
}

GuardSightings guards_of_opening(const Situation& situation, const ToOpen& what, const Verdict& verdict) {
  Sighting sighting(situation, verdict);
  sighting.look_at_opening(opener_of(what), what.from);
  return std::move(sighting.seen);
}

GuardSightings guards_in(const Situation& situation, const Command& command, const Verdict& verdict) {
  Sighting sighting(situation, verdict);
  if (!situation.student) return {};
  if (const auto* open = std::get_if<Open>(&command.what)) sighting.look_at_opening(*open, *command.caller);
  if (const auto* perform = std::get_if<Perform>(&command.what); perform && situation.request)
    sighting.look_at_action(*perform);
  if (std::holds_alternative<OpenPair>(command.what)) sighting.look_at_pair();
  if (std::holds_alternative<CloseUnfinished>(command.what)) sighting.look_at_closing();
  return std::move(sighting.seen);
}

}  // namespace xueji

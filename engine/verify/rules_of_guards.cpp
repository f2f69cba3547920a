// Guards: each can hold, and none compares what may be empty without asking whether it is there.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/definition/guard_paths.hpp"
#include "engine/machine/submission.hpp"
#include "engine/verify/guard_presence.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

/// What is known of the data in each state that acts, wherever it is come to; of a state that is not, what the form
/// says.
std::map<const State*, std::set<Known>> known_in_states(const Exploration& exploration) {
  std::map<const State*, std::set<Known>> known;
  for (const auto& node : exploration.nodes())
    for (const State* state : exploration.active(node)) known[state].insert(exploration.remembered(node).known);
  for (const State& state : exploration.definition().states)
    if (!known.contains(&state)) known[&state].insert({state.kind != StateKind::draft, false, {}});
  return known;
}

/// The rules of one place, in whatever can be known there.
class RuleCheck {
 public:
  RuleCheck(Conditions& conditions, Ledger& ledger, std::vector<Logic::Term> contexts, std::string what)
      : conditions_(conditions), ledger_(ledger), contexts_(std::move(contexts)), what_(std::move(what)) {}

  /// `chosen` are paths that are filled in anew beside the rule, so that `demand` holds of them.
  void check(const std::vector<Rule>& rules, const std::set<std::string>& chosen, Logic::Term demand) {
    Logic& logic = conditions_.logic();
    std::vector<Logic::Term> all{demand};
    for (const Rule& rule : rules) {
      ledger_.tried(2);
      if (!rule.guard.tree()) continue;
      const Logic::Term holds = logic.of(rule.guard);
      all.push_back(holds);
      if (!may_hold(logic.for_some(chosen, logic.all({holds, demand}))))
        return ledger_.violated("guard-never-holds", rule.position, fmt::format("this rule {} can never hold", what_),
                                "correct the condition");
      if (!may_hold(logic.for_some(chosen, logic.all({logic.no(holds), demand}))))
        ledger_.warned("guard-always-holds", rule.position, fmt::format("this rule {} refuses nothing", what_),
                       "remove it, or correct the condition");
    }
    if (rules.size() > 1 && !may_hold(logic.for_some(chosen, logic.all(all))))
      ledger_.violated("guard-never-holds", rules.front().position,
                       fmt::format("the rules {} can never hold together", what_), "correct one of them");
  }

 private:
  bool may_hold(Logic::Term term) const {
    return std::any_of(contexts_.begin(), contexts_.end(),
                       [&](Logic::Term context) { return conditions_.may_hold(context, term); });
  }

  Conditions& conditions_;
  Ledger& ledger_;
  std::vector<Logic::Term> contexts_;
  std::string what_;
};

void check_action(const Exploration& exploration, Ledger& ledger, const State& state, const Action& action,
                  const std::set<Known>& known) {
  Conditions& conditions = exploration.conditions();
  std::vector<Logic::Term> contexts;
  contexts.reserve(known.size());
  for (const Known& each : known) contexts.push_back(conditions.holds(each));
  std::set<std::string> chosen{action.fields.begin(), action.fields.end()};
  std::vector<Logic::Term> demands;
  demands.reserve(action.fields.size() + 1);
  for (const std::string& field : action.fields) demands.push_back(conditions.logic().filled(field));
  if (is_submission(exploration.definition(), state, action) || !action.fields.empty())
    demands.push_back(conditions.form());
  chosen.insert("comment");
  RuleCheck{conditions, ledger, std::move(contexts), fmt::format("of the action `{}`", action.key)}.check(
      action.when, chosen, conditions.logic().all(demands));
}

/// Each is made by some row that the offers before it leave.
void check_offers(Conditions& conditions, Ledger& ledger, const Field& rows) {
  Logic& logic = conditions.logic();
  std::vector<Logic::Term> left;
  for (const RowOffer& offer : rows.offers) {
    if (!offer.when) continue;
    ledger.tried();
    const Logic::Term holds = logic.in_first_row(rows, *offer.when);
    if (!conditions.may_hold(logic.all(left), holds))
      ledger.violated("guard-never-holds", offer.position,
                      fmt::format("no row of `{}` ever offers `{}`", rows.key, offer.business),
                      "correct the condition, or those of the offers before it");
    left.push_back(logic.no(holds));
  }
}

/// A state that nobody passes needs no `when`; that one is never come to is another rule's.
void check_way_past(const Exploration& exploration, Ledger& ledger, const State& state) {
  if (!state.when) return;
  ledger.tried();
  std::set<std::size_t> begun;
  for (const auto& node : exploration.nodes()) begun.insert(node.kind);
  if (std::all_of(begun.begin(), begun.end(), [&](std::size_t kind) {
        const SubjectKind& subject = exploration.kinds()[kind];
        return state.when->holds([&](std::string_view path) {
          return office_value(path, subject.places(), subject.offices).value_or(GuardValue{});
        });
      }))
    ledger.warned("guard-always-holds", state.position, fmt::format("nobody ever passes `{}`", state.key),
                  "remove `when`, or correct the condition");
}

/// In whatever can be known at the end, and for each kind of subject that comes there.
void check_effect(const Exploration& exploration, Ledger& ledger, const State& end, const EffectCall& call) {
  Conditions& conditions = exploration.conditions();
  std::set<std::pair<std::size_t, Known>> known;
  for (const auto& node : exploration.nodes())
    if (&exploration.state(node) == &end) known.emplace(node.kind, exploration.remembered(node).known);
  if (known.empty()) return;
  std::set<Logic::Term> contexts;
  for (const auto& [kind, each] : known)
    contexts.insert(conditions.logic().all(
        {conditions.holds(each), conditions.offices_of(exploration.kinds()[kind], call.when->paths())}));
  RuleCheck{conditions, ledger, {contexts.begin(), contexts.end()}, fmt::format("of the effect `{}`", call.name)}.check(
      {Rule{*call.when, {}, call.position}}, {}, conditions.logic().always());
}

/// Each way is taken by some of those who come to the choice; that nobody comes to it is another rule's.
void check_ways(const Exploration& exploration, Ledger& ledger, const State& choice) {
  Conditions& conditions = exploration.conditions();
  Logic& logic = conditions.logic();
  ledger.tried(choice.ways.size());
  const auto come = exploration.chosen_with().find(&choice);
  if (come == exploration.chosen_with().end()) return;
  const auto may_hold = [&](Logic::Term term) {
    return std::any_of(come->second.begin(), come->second.end(), [&](const auto& with) {
      const auto& [kind, known] = with;
      return conditions.may_hold(logic.all({conditions.holds(known), conditions.places_of(exploration.kinds()[kind])}),
                                 term);
    });
  };
  for (std::size_t way = 0; way < choice.ways.size(); ++way) {
    const auto& [when, to, position] = choice.ways[way];
    if (may_hold(conditions.of({&choice, way}))) continue;
    if (when && !may_hold(logic.of(*when)))
      ledger.violated("guard-never-holds", position,
                      fmt::format("this condition of the choice `{}` can never hold, so nothing goes to `{}` by it",
                                  choice.key, to),
                      "correct the condition, or remove the way");
    else
      ledger.violated("guard-never-holds", position,
                      fmt::format("the ways before it leave nothing that `{}` could lead to `{}`", choice.key, to),
                      "correct the conditions before it, or remove the way");
  }
}

/// The fields that whoever submits must have filled in.
std::set<std::string> submitted_fields(const Definition& definition) {
  std::set<std::string> present;
  for (const Field& field : definition.fields) {
    if (field.required) present.insert(field.key);
    for (const Field& inner : field.row)
      if (inner.required) present.insert(row_path_of(field.key, inner.key));
  }
  for (const Rule& rule : definition.require) present.merge(paths_made_sure(rule.guard));
  return present;
}

/// Members of the student that every student has are left out, and offices that every school has.
bool may_be_empty(const Definition& definition, const std::string& path) {
  if (const auto office = office_path(path))
    return office->step == "prefecture" || office->step == "county" || office->step == "township";
  const std::string of_one = path_of_one(path);
  return of_one == "student.id_number" || of_one == g_number_of_id_path || of_one == stage_path || path == "comment" ||
         path == opened_from_path || field_at(definition.fields, path);
}

/// As the author wrote it: `receiving.county` of `initiator.office.county`.
std::string written(const Definition& definition, const Guard& guard, const std::string& path) {
  if (const auto in_row = row_path(path)) return in_row->inner;
  if (office_path(path) || taught_path(path))
    for (const NamedPlace& place : definition.places)
      if (path.starts_with(place.place))
        if (std::string word = place.word + path.substr(place.place.size()); guard.source().find(word) != word.npos)
          return word;
  return path;
}

void check_presence(const Definition& definition, Ledger& ledger, const Guard& guard, Position position,
                    const std::set<std::string>& present) {
  ledger.tried();
  for (const auto& path : paths_read_empty(guard, present))
    if (may_be_empty(definition, path))
      return ledger.violated(
          "guard-reads-empty", position,
          fmt::format("this compares `{}`, which may be empty, and an empty one makes every comparison false",
                      written(definition, guard, path)),
          fmt::format("ask for it first: `has({0}) && …`, or `!has({0}) || …` where it may be empty",
                      written(definition, guard, path)));
}

void check_presence_in_action(const Definition& definition, Ledger& ledger, const State& state, const Action& action,
                              const std::set<std::string>& submitted) {
  std::set<std::string> present{action.fields.begin(), action.fields.end()};
  if (state.kind != StateKind::draft || is_submission(definition, state, action))
    present.insert(submitted.begin(), submitted.end());
  if (action.comment == CommentRule::required) present.insert("comment");
  for (const Rule& rule : action.when) present.merge(paths_made_sure(rule.guard));
  for (const Rule& rule : action.when) check_presence(definition, ledger, rule.guard, rule.position, present);
}

/// The choices that a draft comes to without being submitted, whatever it was filled in with.
std::set<std::string> choices_before_submission(const Definition& definition) {
  std::vector<std::string> led_to;
  for (const State& state : definition.states)
    for (const Action& action : state.actions)
      if (state.kind == StateKind::draft && !is_submission(definition, state, action)) led_to.push_back(action.to);
  std::set<std::string> choices;
  while (!led_to.empty()) {
    const State* state = definition.state(led_to.back());
    led_to.pop_back();
    if (!state || state->kind != StateKind::choice || !choices.insert(state->key).second) continue;
    for (const Way& way : state->ways) led_to.push_back(way.to);
  }
  return choices;
}

/// What a way compares is there, or the ways before it took whoever lacks it.
void check_presence_in_choice(const Definition& definition, Ledger& ledger, const State& choice,
                              std::set<std::string> present) {
  for (const Way& way : choice.ways) {
    if (!way.when) continue;
    check_presence(definition, ledger, *way.when, way.position, present);
    present.merge(paths_made_sure(*way.when, false));
  }
}

}  // namespace

void guards_can_hold(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  Conditions& conditions = exploration.conditions();
  const Logic::Term always = conditions.logic().always();
  RuleCheck{conditions, ledger, {always}, "of who may open it"}.check(definition.open_when, {}, always);
  for (const WindowRule& window : definition.windows)
    if (window.when)
      RuleCheck{
          conditions, ledger, {conditions.of(definition.open_when)}, fmt::format("of the window `{}`", window.name)}
          .check({Rule{*window.when, {}, window.position}}, {}, always);
  if (const auto& closing = definition.closing; closing && closing->when)
    RuleCheck{conditions, ledger, {conditions.of(definition.open_when)}, "of `close`"}.check(
        {Rule{*closing->when, {}, closing->position}}, {}, always);
  const SubjectRule& subject = definition.subject;
  RuleCheck{conditions, ledger, {conditions.of(definition.open_when)}, "of who is eligible"}.check(subject.eligible, {},
                                                                                                   always);
  if (subject.where)
    RuleCheck{conditions, ledger, {conditions.opening()}, "of whom the server chooses"}.check(
        {Rule{*subject.where, {}, subject.position}}, {}, always);
  RuleCheck{conditions, ledger, {conditions.opening()}, "of the form"}.check(definition.require, {},
                                                                             conditions.required());
  for (const EvidenceKind& kind : definition.evidence)
    if (kind.when)
      RuleCheck{conditions, ledger, {conditions.opening()}, fmt::format("of the evidence `{}`", kind.kind)}.check(
          {Rule{*kind.when, {}, kind.position}}, {}, conditions.form());
  for (const State& state : definition.states) {
    check_way_past(exploration, ledger, state);
    if (state.kind == StateKind::choice) check_ways(exploration, ledger, state);
    for (const EffectCall& call : state.effects)
      if (call.when) check_effect(exploration, ledger, state, call);
  }
  for (const Field& field : definition.fields) check_offers(conditions, ledger, field);
  const auto known = known_in_states(exploration);
  for (const State& state : definition.states)
    for (const Action& action : state.actions)
      if (!action.when.empty()) check_action(exploration, ledger, state, action, known.at(&state));
}

void guards_read_what_is_there(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  const auto submitted = submitted_fields(definition);
  for (const Rule& rule : definition.open_when) check_presence(definition, ledger, rule.guard, rule.position, {});
  for (const WindowRule& window : definition.windows)
    if (window.when) check_presence(definition, ledger, *window.when, window.position, {});
  if (const auto& closing = definition.closing; closing && closing->when)
    check_presence(definition, ledger, *closing->when, closing->position, {});
  for (const Rule& rule : definition.subject.eligible)
    check_presence(definition, ledger, rule.guard, rule.position, {});
  if (const auto& where = definition.subject.where)
    check_presence(definition, ledger, *where, definition.subject.position, {});
  for (const Rule& rule : definition.require) check_presence(definition, ledger, rule.guard, rule.position, submitted);
  for (const EvidenceKind& kind : definition.evidence)
    if (kind.when) check_presence(definition, ledger, *kind.when, kind.position, submitted);
  for (const State& state : definition.states)
    if (state.when) check_presence(definition, ledger, *state.when, state.position, {});
  const auto before_submission = choices_before_submission(definition);
  for (const State& state : definition.states)
    check_presence_in_choice(definition, ledger, state,
                             before_submission.contains(state.key) ? std::set<std::string>() : submitted);
  for (const State& state : definition.states)
    for (const EffectCall& call : state.effects)
      if (call.when) check_presence(definition, ledger, *call.when, call.position, submitted);
  for (const State& state : definition.states)
    for (const Action& action : state.actions) check_presence_in_action(definition, ledger, state, action, submitted);
}

}  // namespace xueji

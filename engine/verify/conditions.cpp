#include "engine/verify/conditions.hpp"

#include <algorithm>

#include "engine/definition/guard_paths.hpp"
#include "engine/machine/submission.hpp"
#include "engine/verify/effects_of_ends.hpp"

namespace xueji {
namespace {

const std::string comment_path = "comment", round_path = "request.round";

void learn(Known& known, std::uint16_t fact) {
  const auto at = std::lower_bound(known.facts.begin(), known.facts.end(), fact);
  if (at == known.facts.end() || *at != fact) known.facts.insert(at, fact);
}

}  // namespace

Conditions::Conditions(const Definition& definition, const std::vector<const Definition*>& older)
    : definition_(definition), older_(older), logic_(definition) {
  for (const State& state : definition.states) {
    for (const Action& action : state.actions)
      for (const Rule& rule : action.when)
        if (rule.guard.tree()) add_fact(&rule, {&rule.guard});
    std::vector<const Guard*> before;
    for (const Way& way : state.ways) {
      const Guard* when = way.when ? &*way.when : nullptr;
      add_fact(&way, {when, before});
      if (when) before.push_back(when);
    }
  }
}

void Conditions::add_fact(const void* of, Fact fact) {
  numbers_.emplace(of, static_cast<std::uint16_t>(facts_.size()));
  facts_.push_back(std::move(fact));
}

std::set<std::string> Conditions::filled_in_with_the_form() const {
  std::set<std::string> paths;
  for (const Field& field : definition_.fields) paths.insert(field.key);
  for (const Rule& rule : definition_.require)
    for (const std::string& path : rule.guard.paths())
      if (const auto office = office_path(path); office && office->place == named_school) paths.insert(path);
  return paths;
}

bool Conditions::reads_any(std::uint16_t fact, const std::set<std::string>& paths) const {
  const auto read_by = [&](const Guard* guard) {
    return std::any_of(guard->paths().begin(), guard->paths().end(),
                       [&](const std::string& path) { return paths.contains(path); });
  };
  const Fact& of = facts_[fact];
  return (of.held && read_by(of.held)) || std::any_of(of.refused.begin(), of.refused.end(), read_by);
}

Known Conditions::after(Known known, const State& from, const Action& action) const {
  std::set<std::string> changed{action.fields.begin(), action.fields.end()};
  if (is_submission(definition_, from, action)) {
    known.submitted = true;
    known.brought_over = false;
    changed = filled_in_with_the_form();
    changed.insert(round_path);
  }
  std::erase_if(known.facts, [&](std::uint16_t fact) { return reads_any(fact, changed); });
  for (const Rule& rule : action.when) {
    const auto number = numbers_.find(&rule);
    if (number == numbers_.end()) continue;
    std::set<std::string> gone{comment_path};
    if (known.submitted && from.kind == StateKind::draft) gone.insert(round_path);
    if (!reads_any(number->second, gone)) learn(known, number->second);
  }
  return known;
}

Known Conditions::after(Known known, const WayTaken& taken) const {
  learn(known, numbers_.at(&taken.choice->ways[taken.way]));
  return known;
}

Known Conditions::after_waiting(Known known) const {
  known.record_changed = true;
  std::erase_if(known.facts, [&](std::uint16_t fact) {
    const Fact& of = facts_[fact];
    return (of.held && reads_records(*of.held)) ||
           std::any_of(of.refused.begin(), of.refused.end(), [](const Guard* guard) { return reads_records(*guard); });
  });
  return known;
}

Known Conditions::back_in_draft(Known known) const {
  known.submitted = known.brought_over = false;
  const auto fields = filled_in_with_the_form();
  std::erase_if(known.facts, [&](std::uint16_t fact) { return reads_any(fact, fields); });
  return known;
}

Logic::Term Conditions::of(const std::vector<Rule>& rules) {
  std::vector<Logic::Term> terms;
  terms.reserve(rules.size());
  for (const Rule& rule : rules) terms.push_back(logic_.of(rule.guard));
  return logic_.all(terms);
}

bool Conditions::may_change(const Guard& guard) const { return definition_.lock == Lock::none && reads_records(guard); }

bool Conditions::may_change(const Fact& fact) const {
  return (fact.held && may_change(*fact.held)) ||
         std::any_of(fact.refused.begin(), fact.refused.end(), [&](const Guard* guard) { return may_change(*guard); });
}

std::vector<Rule> Conditions::lasting(const std::vector<Rule>& rules, bool record_stays) {
  std::vector<Rule> lasting;
  for (const Rule& rule : rules)
    if (record_stays || !reads_records(rule.guard)) lasting.push_back(rule);
  return lasting;
}

Logic::Term Conditions::opening() {
  std::vector<Logic::Term> terms{of(definition_.open_when), of(definition_.subject.eligible)};
  if (definition_.opened_on && definition_.opened_on->where) terms.push_back(logic_.of(*definition_.opened_on->where));
  return logic_.all(terms);
}

Logic::Term Conditions::offices_of(const SubjectKind& kind) {
  std::vector<Logic::Term> terms;
  for (const auto* rules : {&definition_.open_when, &definition_.subject.eligible})
    for (const Rule& rule : *rules) terms.push_back(offices_of(kind, rule.guard.paths()));
  return logic_.all(terms);
}

Logic::Term Conditions::offices_of_form(const SubjectKind& kind) {
  std::vector<Logic::Term> terms{offices_of(kind)};
  for (const Rule& rule : definition_.require) terms.push_back(offices_of(kind, rule.guard.paths()));
  return logic_.all(terms);
}

Logic::Term Conditions::offices_of(const SubjectKind& kind, const std::vector<std::string>& paths) {
  std::vector<Logic::Term> terms;
  for (const std::string& path : paths)
    if (const auto value = office_value(path, kind.places(), kind.offices)) {
      const auto* office = std::get_if<std::string>(&*value);
      const auto id = office ? parse_id<OfficeId>(*office) : std::nullopt;
      terms.push_back(logic_.is_office(path, id ? std::optional(id->value) : std::nullopt));
    }
  return logic_.all(terms);
}

Logic::Term Conditions::places_of(const SubjectKind& kind) {
  if (const auto known = places_.find(&kind); known != places_.end()) return known->second;
  std::vector<Logic::Term> terms;
  for (const State& state : definition_.states)
    for (const Way& way : state.ways)
      if (way.when) terms.push_back(offices_of(kind, way.when->paths()));
  if (!terms.empty()) terms.push_back(offices_of(kind));
  return places_[&kind] = logic_.all(terms);
}

Logic::Term Conditions::of(const Fact& fact) {
  std::vector<Logic::Term> terms;
  if (fact.held) terms.push_back(logic_.of(*fact.held));
  for (const Guard* guard : fact.refused) terms.push_back(logic_.no(logic_.of(*guard)));
  return logic_.all(terms);
}

Logic::Term Conditions::of(const WayTaken& taken) { return of(facts_[numbers_.at(&taken.choice->ways[taken.way])]); }

Logic::Term Conditions::required() {
  std::vector<Logic::Term> terms;
  for (const Field& field : definition_.fields) {
    if (field.required) terms.push_back(logic_.filled(field.key));
    if (field.type == FieldType::rows) terms.push_back(logic_.are_complete(field));
  }
  return logic_.all(terms);
}

Logic::Term Conditions::form() { return logic_.all({of(definition_.require), required()}); }

Logic::Term Conditions::form_brought_over(bool record_stays) {
  std::vector<Logic::Term> terms{required()};
  add_rules_of_all(lasting(definition_.require, record_stays), &Definition::require, terms);
  return logic_.all(terms);
}

Logic::Term Conditions::opening_brought_over(bool record_stays) {
  std::vector<Logic::Term> terms;
  add_rules_of_all(lasting(definition_.open_when, record_stays), &Definition::open_when, terms);
  return logic_.all(terms);
}

void Conditions::add_rules_of_all(const std::vector<Rule>& rules, std::vector<Rule> Definition::* there,
                                  std::vector<Logic::Term>& terms) {
  for (const Rule& rule : rules)
    if (std::all_of(older_.begin(), older_.end(), [&](const Definition* version) {
          const std::vector<Rule>& older = version->*there;
          return std::any_of(older.begin(), older.end(),
                             [&](const Rule& each) { return each.guard.source() == rule.guard.source(); });
        }))
      terms.push_back(logic_.of(rule.guard));
}

Logic::Term Conditions::holds(const Known& known) {
  if (const auto made = terms_.find(known); made != terms_.end()) return made->second;
  const bool record_stays = definition_.lock != Lock::none && !known.record_changed;
  const auto opened = [&] { return record_stays ? opening() : of(lasting(definition_.open_when, false)); };
  const auto filled_in = [&] {
    return record_stays ? form() : logic_.all({of(lasting(definition_.require, false)), required()});
  };
  std::vector<Logic::Term> terms{known.opened_before ? opening_brought_over(record_stays) : opened()};
  // Whom a draft is about is still to be chosen, and nobody begins with a pupil whose every number was retired, but to
  // give a first one.
  const bool is_pair = definition_.subject.kind == SubjectRule::Kind::pair;
  if (!known.submitted && !is_pair && !known.record_changed && !gives_first_number(definition_))
    terms.push_back(logic_.filled(std::string(numbers_path)));
  if (known.submitted) {
    terms.push_back(known.brought_over ? form_brought_over(record_stays) : filled_in());
    if (!known.brought_over) terms.push_back(logic_.no(logic_.is_number(round_path, 0)));
  }
  for (const std::uint16_t fact : known.facts)
    if (!may_change(facts_[fact])) terms.push_back(of(facts_[fact]));
  return terms_[known] = logic_.all(terms);
}

Logic::Term Conditions::can_be_done(const State& state, const Action& action) {
  if (const auto made = demands_.find(&action); made != demands_.end()) return made->second;
  std::vector<Logic::Term> terms{of(action.when)};
  std::set<std::string> chosen{comment_path};
  const bool reads_comment = std::any_of(action.when.begin(), action.when.end(), [](const Rule& rule) {
    const auto& paths = rule.guard.paths();
    return std::find(paths.begin(), paths.end(), comment_path) != paths.end();
  });
  if (reads_comment && action.comment == CommentRule::required) terms.push_back(logic_.filled(comment_path));
  if (reads_comment && action.comment == CommentRule::none) terms.push_back(logic_.no(logic_.filled(comment_path)));
  const bool in_draft = state.kind == StateKind::draft;
  if (in_draft) chosen.merge(filled_in_with_the_form());
  chosen.insert(action.fields.begin(), action.fields.end());
  for (const std::string& field : action.fields) terms.push_back(logic_.filled(field));
  if (is_submission(definition_, state, action) || (!in_draft && !action.fields.empty())) terms.push_back(form());
  return demands_[&action] = logic_.for_some(chosen, logic_.all(terms));
}

Logic::Term Conditions::can_be_submitted(const Action& action) { return logic_.all({of(action.when), form()}); }

Logic::Answer Conditions::can_hold(Logic::Term one, Logic::Term other) {
  const auto answer = logic_.can_hold(logic_.all({one, other}));
  undecided_ = undecided_ || answer == Logic::Answer::undecided;
  return answer;
}

bool Conditions::may_hold(Logic::Term one, Logic::Term other) { return can_hold(one, other) != Logic::Answer::no; }
bool Conditions::has_data(Logic::Term one, Logic::Term other) { return can_hold(one, other) == Logic::Answer::yes; }

bool Conditions::may_be_done(const Known& known, const State& state, const Action& action) {
  const Logic::Term demand = can_be_done(state, action);
  return demand == logic_.always() || may_hold(holds(known), demand);
}

}  // namespace xueji

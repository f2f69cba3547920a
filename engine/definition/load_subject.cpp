#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view one_student = "student";
constexpr std::string_view students_of = "students of";
constexpr std::string_view students_word = "students";
constexpr std::string_view two = "2";
constexpr auto subject_advice =
    "write `subject: student`, `subject: {students of: initiator.office, at_most: 5000}`, or `subject: {students: 2}`";

void check_format_of_several(Loading& loading, const YamlNode& node) {
  if (loading.definition.format < 2)
    loading.faults.add(node.position, "a request about several students belongs to format 2",
                       "write `format: 2` at the top");
}

void load_pair(Loading& loading, const YamlNode& node) {
  check_format_of_several(loading, node);
  loading.definition.subject.at_most = 2;
  MapReader map{node, "`subject`", loading.faults};
  const auto* number = map.need(students_word, subject_advice);
  map.finish();
  if (number && !(number->is_text() && number->text == two))
    loading.faults.add(number->position, "a case is about two students", "write `subject: {students: 2}`");
}

void load_batch(Loading& loading, const YamlNode& node) {
  SubjectRule& rule = loading.definition.subject;
  check_format_of_several(loading, node);
  MapReader map{node, "`subject`", loading.faults};
  const auto* of = map.need(students_of, "say whose students they are, `students of: initiator.office`");
  const auto* at_most = map.need("at_most", "say how many they may be, `at_most: 5000`");
  const auto* where = map.take("where");
  const auto* eligible = map.take("eligible");
  map.finish();
  if (of && !(of->is_text() && of->text == initiator_office))
    loading.faults.add(of->position, fmt::format("a batch cannot be of the students of `{}`", of->text),
                       "write `students of: initiator.office`");
  if (at_most)
    rule.at_most = static_cast<std::size_t>(
        read_whole_number(*at_most, "at_most", loading.faults, 1, static_cast<std::int64_t>(subjects_max)).value_or(1));
  if (where) rule.where = read_guard(loading, *where, GuardScope::form);
  if (eligible) rule.eligible = read_rules(loading, *eligible, "eligible", GuardScope::opening);
}

void check_rule(Loading& loading, const Guard& guard, Position position) {
  if (reads_records(guard))
    loading.faults.add(position, "the request is about several students, and this rule reads one student's record",
                       "write it under `eligible` of `subject`: who does not meet it is set aside");
}

void check_rules(Loading& loading, const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) check_rule(loading, rule.guard, rule.position);
}

void check_no_checks(Loading& loading, const State& state) {
  if (state.kind == StateKind::check)
    loading.faults.add(state.position, "the national checks are about one student",
                       "leave the check out of a request about several");
}

void check_state_of_batch(Loading& loading, const State& state) {
  check_no_checks(loading, state);
  for (const Action& action : state.actions) check_rules(loading, action.when);
  for (const Way& way : state.ways)
    if (way.when && reads_records(*way.when))
      loading.faults.add(way.position, "the request is about several students, and this way is chosen by one's record",
                         "let the way depend on the form or the places: all of them go it together");
  for (const EffectCall& call : state.effects) {
    if (!effect_named(call.name).of_several)
      loading.faults.add(call.position, fmt::format("`{}` cannot be made of several students", call.name),
                         "use `set`, which is made of each of them");
    for (const MemberSetting& setting : call.settings)
      if (const Member* member = student_member(setting.member); member && says_who_somebody_is(*member))
        loading.faults.add(call.position,
                           fmt::format("`student.{}` cannot be the same for several students", setting.member),
                           "leave it to a request about one student");
  }
}

/// Once the records are merged there is no number left to retire on the one that ended.
void check_order_of_effects(Loading& loading, const State& state) {
  const auto& calls = state.effects;
  const auto merge = std::find_if(calls.begin(), calls.end(),
                                  [](const EffectCall& call) { return effect_named(call.name).of_pair_alone; });
  if (merge != calls.end() && merge + 1 != calls.end())
    loading.faults.add(
        (merge + 1)->position,
        fmt::format("`{}` comes after `{}`, which ends one of the records", (merge + 1)->name, merge->name),
        fmt::format("let `{}` be the last effect", merge->name));
}

void check_state_of_pair(Loading& loading, const State& state) {
  check_no_checks(loading, state);
  check_order_of_effects(loading, state);
  for (const EffectCall& call : state.effects)
    if (!effect_named(call.name).of_pair)
      loading.faults.add(call.position, fmt::format("`{}` is made of one student, and this is about two", call.name),
                         "use `merge` or `retire_number`, or leave it to a request about one student");
}

void check_fields_change_nothing(Loading& loading) {
  for (const Field& field : loading.definition.fields)
    if (!field.changes.empty())
      loading.faults.add(field.position, fmt::format("`{}` changes one student's record", field.key),
                         "leave out `changes`, and let the end `set` the member to `field " + field.key + "`");
}

/// What only a pair has.
void check_nothing_of_a_pair(Loading& loading) {
  for (const Field& field : loading.definition.fields)
    if (field.type == FieldType::subject)
      loading.faults.add(field.position,
                         fmt::format("`{}` names one of two students, and this is about none", field.key),
                         "use another type, or write `subject: {students: 2}`");
  for (const State& state : loading.definition.states)
    for (const EffectCall& call : state.effects)
      if (const Effect& effect = effect_named(call.name); effect.of_pair_alone)
        loading.faults.add(call.position, fmt::format("`{}` is about two records", call.name),
                           "write `subject: {students: 2}`");
}

}  // namespace

SubjectRule::Kind subject_kind(const YamlNode& node) {
  if (!node.is_map()) return SubjectRule::Kind::one;
  return node.find(students_word) ? SubjectRule::Kind::pair : SubjectRule::Kind::batch;
}

void load_subject(Loading& loading, const YamlNode& node) {
  loading.definition.subject.position = node.position;
  switch (loading.definition.subject.kind) {
    case SubjectRule::Kind::pair:
      return load_pair(loading, node);
    case SubjectRule::Kind::batch:
      return load_batch(loading, node);
    case SubjectRule::Kind::one:
      if (!node.is_text() || node.text != one_student)
        loading.faults.add(node.position, fmt::format("a request cannot be about `{}`", node.text), subject_advice);
  }
}

void check_subject(Loading& loading) {
  const Definition& definition = loading.definition;
  if (definition.subject.kind != SubjectRule::Kind::pair) check_nothing_of_a_pair(loading);
  if (!definition.subject.several()) return;
  check_fields_change_nothing(loading);
  if (definition.subject.kind == SubjectRule::Kind::pair) {
    if (definition.applies)
      loading.faults.add(definition.subject.position, "two students can be of two provinces, so a pair has no variant",
                         "leave out `variant` and `applies`");
    for (const State& state : definition.states) check_state_of_pair(loading, state);
    return;
  }
  const OfficeExpression& opener = definition.opened_by.office;
  if (opener.step != OfficeExpression::Step::itself || opener.place != student_school)
    loading.faults.add(definition.opened_by.position, "only their own school opens a request about several students",
                       "write `by: registrar at student.school`");
  check_rules(loading, definition.open_when);
  for (const WindowRule& rule : definition.windows)
    if (rule.when && reads_records(*rule.when))
      loading.faults.add(rule.position, "the request is about several students, and this window is of one",
                         "leave out its `when`, and set pupils aside by a rule under `eligible` of `subject`");
  check_rules(loading, definition.require);
  for (const EvidenceKind& kind : definition.evidence)
    if (kind.when) check_rule(loading, *kind.when, kind.position);
  for (const State& state : definition.states) check_state_of_batch(loading, state);
}

}  // namespace xueji

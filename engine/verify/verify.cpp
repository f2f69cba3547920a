#include "engine/verify/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/machine/submission.hpp"
#include "engine/machine/variants.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

using ExploredRule = void (*)(const Exploration&, Ledger&);
constexpr std::array<ExploredRule, 20> rules_of_paths{every_state_is_reached,
                                                      every_way_ends,
                                                      no_machine_spins,
                                                      every_wait_has_an_owner,
                                                      every_opening_has_an_owner,
                                                      every_approval_has_a_deadline,
                                                      every_wait_has_a_way_on,
                                                      drafts_are_for_those_who_see_them,
                                                      nobody_decides_their_own,
                                                      no_person_at_two_levels,
                                                      every_fork_joins,
                                                      no_branch_acts_when_gone,
                                                      effects_come_once_and_to_good_ends,
                                                      effects_have_what_they_need,
                                                      no_effect_is_silent,
                                                      effects_keep_the_registry_sound,
                                                      refusals_of_the_registry_lead_on,
                                                      guards_can_hold,
                                                      guards_read_what_is_there,
                                                      what_must_always_hold};
constexpr std::array<ExploredRule, 3> rules_of_people{somebody_can_always_decide, no_post_decides_what_it_submitted,
                                                      what_must_always_be_possible};

/// Some rule of opening never holds, or none of the pairs of schools fits them all.
void nobody_can_begin(const Exploration& exploration, Ledger& ledger) {
  const auto before = ledger.violations();
  guards_can_hold(exploration, ledger);
  if (ledger.violations() == before)
    ledger.violated("guard-never-holds", exploration.definition().opened_by.position,
                    "no two schools, nor one, meet the rules of who may open it together", "correct one of the rules");
}

/// Without a request that begins, or with too many ways to look at, the other rules would tell nothing that is true.
bool can_be_judged(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  ledger.tried(2);
  if (!exploration.is_whole()) {
    ledger.violated("too-large", definition.states.front().position,
                    fmt::format("more than {} abstract states can be come to", abstract_states_max),
                    "split the business, or use fewer states in its branches");
    return false;
  }
  if (exploration.can_be_submitted()) return true;
  if (!exploration.nodes().empty()) {
    ledger.violated("guard-never-holds", definition.require.front().position,
                    "no two schools, nor one, meet the rules of the form together", "correct one of the rules");
    return false;
  }
  const auto& kinds = exploration.kinds();
  if (std::none_of(kinds.begin(), kinds.end(), [](const SubjectKind& kind) { return kind.opener; }))
    ledger.violated("no-owner", definition.opened_by.position,
                    fmt::format("`{}` is nobody for any school", definition.opened_by.source),
                    "name an office that schools have above them");
  else
    nobody_can_begin(exploration, ledger);
  return false;
}

std::string level_of(const Definition& definition) {
  return definition.applies && definition.applies->within
             ? "within one " + std::string(to_string(*definition.applies->within))
             : "between any two schools";
}

std::string_view in_words(SubjectRule::Kind kind) {
  switch (kind) {
    case SubjectRule::Kind::batch:
      return "several students";
    case SubjectRule::Kind::pair:
      return "a pair of students";
    case SubjectRule::Kind::one:
      break;
  }
  return "one student";
}

bool brings_nothing_over(const Migration& migration) {
  return migration.states.empty() && migration.otherwise == Migration::Otherwise::stay;
}

/// What was begun under a variant's rules ends under them, unless the new version applies there too.
void migration_reaches_no_further(const Definition& definition, const Definition& older, const Migration& migration,
                                  Ledger& ledger) {
  if (brings_nothing_over(migration)) return;
  constexpr auto advice = "let the requests of that version end on it";
  if (definition.subject.kind != older.subject.kind)
    ledger.violated("migration-subject", migration.position,
                    fmt::format("version {} is about {}", older.version, in_words(older.subject.kind)), advice);
  else if (const OtherSchool before = other_school(older); before != other_school(definition))
    ledger.violated("migration-opener", migration.position,
                    fmt::format("version {} {}, so its requests have other places", older.version,
                                before.field.empty() && other_school(definition).field.empty()
                                    ? fmt::format("is opened by `{}`", older.opened_by.source)
                                : before.field.empty() ? "names no place by a field"
                                                       : fmt::format("names a place by the field `{}`", before.field)),
                    advice);
  else if (definition.lock != older.lock)
    ledger.violated("migration-lock", migration.position,
                    fmt::format("version {} has `lock: {}` and this one `lock: {}`, and a live request keeps the lock "
                                "that it has",
                                older.version, to_string(older.lock), to_string(definition.lock)),
                    advice);
  else if (definition.applies && older.applies && !lets_through_no_more(*older.applies, *definition.applies))
    ledger.violated("migration-applies", migration.position,
                    fmt::format("version {} applies to more, so some of its requests are none that this version is for",
                                older.version),
                    advice);
  else if (!is_opened_alike(definition, older))
    ledger.violated("migration-applies", migration.position,
                    fmt::format("version {} applies {} and this one {}, and what comes of its requests is proved only "
                                "where both apply alike",
                                older.version, level_of(older), level_of(definition)),
                    advice);
}

void migrations_can_be_proved(const Definition& definition, const std::vector<const Definition*>& older,
                              Ledger& ledger) {
  for (const Migration& migration : definition.migrations)
    if (std::none_of(older.begin(), older.end(),
                     [&](const Definition* each) { return each->version == migration.from_version; }))
      ledger.warned(migration_not_proved, migration.position,
                    fmt::format("what comes of requests of version {} was not proved, for that version is not at hand",
                                migration.from_version),
                    "check both files together; `xueji deploy` takes it from the database");
  for (const Definition* each : older)
    if (const Migration* migration = migration_from(definition, each->version))
      migration_reaches_no_further(definition, *each, *migration, ledger);
}

/// Whoever holds the draft is known beforehand.
bool others_submit(const Definition& definition) {
  const State& draft = definition.states.front();
  return std::any_of(draft.actions.begin(), draft.actions.end(),
                     [&](const Action& action) { return action.by && is_submission(definition, draft, action); });
}

}  // namespace

Verification verify(const Definition& definition, const Calendar& calendar,
                    const std::vector<const Definition*>& older) {
  Ledger ledger{definition.file};
  texts_are_in_their_language(definition, ledger);
  windows_are_national(definition, calendar, ledger);
  migrations_can_be_proved(definition, older, ledger);
  what_waits_is_told_or_ends(definition, ledger);
  unlocked_requests_change_little(definition, ledger);
  std::size_t states = 0;
  bool undecided = false;
  // Where nobody need be another than somebody before, what was done is enough for the rules of people too.
  const bool separated = !definition.separation.different_people.empty() || others_submit(definition);
  const auto explore = [&](Memory::Keeps keeps) {
    const Exploration exploration{definition, older, keeps};
    const bool judged = can_be_judged(exploration, ledger);
    if (judged && keeps == Memory::Keeps::acts)
      for (const auto rule : rules_of_paths) rule(exploration, ledger);
    if (judged && (keeps == Memory::Keeps::people || !separated))
      for (const auto rule : rules_of_people) rule(exploration, ledger);
    states += exploration.nodes().size();
    undecided = undecided || exploration.conditions().was_undecided();
    return judged;
  };
  if (explore(Memory::Keeps::acts) && separated) explore(Memory::Keeps::people);
  if (undecided)
    ledger.violated("undecided", definition.states.front().position,
                    "whether some condition can hold could not be decided within the prover's budget",
                    "write simpler conditions");
  return std::move(ledger).take(states);
}

std::string_view to_string(Severity severity) { return severity == Severity::violation ? "violation" : "warning"; }

Fault to_fault(const Violation& violation) {
  Fault fault = violation.fault;
  fault.what = violation.rule + ": " + fault.what;
  if (!violation.path.empty()) fault.advice += "; path: " + to_string(violation.path);
  return fault;
}

std::string to_string(const Violation& violation) {
  Violation without_path = violation;
  without_path.path.clear();
  return to_fault(without_path).to_string(violation.severity == Severity::violation ? "error" : "warning");
}

std::string to_string(const std::vector<PathStep>& path) {
  std::string text, where;
  for (const PathStep& step : path) {
    if (step.state.empty())
      text += step.to;
    else
      text += fmt::format(" -{}{}-> {}", where == step.state ? "" : step.state + ".", step.event, step.to);
    where = step.to;
  }
  return text;
}

}  // namespace xueji

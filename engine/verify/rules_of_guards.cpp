// Guards: each can hold, and none compares what may be empty without asking whether it is there.
#include <fmt/format.h>

#include <algorithm>

#include "engine/machine/submission.hpp"
#include "engine/verify/guard_truth.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

void check_together(const Exploration& exploration, Ledger& ledger, const std::vector<Rule>& rules,
                    std::string_view what) {
  const auto& kinds = exploration.kinds();
  const auto never = [&](const std::vector<const Guard*>& guards) {
    return std::all_of(kinds.begin(), kinds.end(), [&](const SubjectKind& kind) {
      return truth_of(guards, exploration.definition(), kind) == Truth::never;
    });
  };
  for (const Rule& rule : rules) {
    ledger.tried();
    if (rule.guard.tree() && never({&rule.guard}))
      return ledger.violated("guard-never-holds", rule.place, fmt::format("this rule {} can never hold", what),
                             "correct the condition");
  }
  if (rules.size() > 1 && never(guards_of(rules)))
    ledger.violated("guard-never-holds", rules.front().place, fmt::format("the rules {} can never hold together", what),
                    "correct one of them");
}

/// The fields that whoever submits must have filled in.
std::set<std::string> submitted_fields(const Definition& definition) {
  std::set<std::string> present;
  for (const Field& field : definition.fields)
    if (field.required) present.insert(field.key);
  for (const Rule& rule : definition.require) present.merge(paths_made_sure(rule.guard));
  return present;
}

/// Members of the student that every student has are left out.
bool may_be_empty(const Definition& definition, const std::string& path) {
  return path == "student.id_number" || path == "comment" || definition.field(path);
}

void check_presence(const Definition& definition, Ledger& ledger, const Guard& guard, Place place,
                    const std::set<std::string>& present) {
  ledger.tried();
  for (const auto& path : paths_read_empty(guard, present))
    if (may_be_empty(definition, path))
      return ledger.violated(
          "guard-reads-empty", place,
          fmt::format("this compares `{}`, which may be empty, and an empty one makes every comparison false", path),
          fmt::format("ask for it first: `has({0}) && …`, or `!has({0}) || …` where it may be empty", path));
}

void check_presence_in_action(const Definition& definition, Ledger& ledger, const State& state, const Action& action,
                              const std::set<std::string>& submitted) {
  std::set<std::string> present{action.fields.begin(), action.fields.end()};
  if (state.kind != StateKind::draft || is_submission(definition, state, action))
    present.insert(submitted.begin(), submitted.end());
  if (action.comment == CommentRule::required) present.insert("comment");
  for (const Rule& rule : action.when) present.merge(paths_made_sure(rule.guard));
  for (const Rule& rule : action.when) check_presence(definition, ledger, rule.guard, rule.place, present);
}

}  // namespace

void guards_can_hold(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  check_together(exploration, ledger, definition.open_when, "of who may open it");
  check_together(exploration, ledger, definition.require, "of the form");
  for (const State& state : definition.states)
    for (const Action& action : state.actions)
      check_together(exploration, ledger, action.when, fmt::format("of the action `{}`", action.key));
}

void guards_read_what_is_there(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  const auto submitted = submitted_fields(definition);
  for (const Rule& rule : definition.open_when) check_presence(definition, ledger, rule.guard, rule.place, {});
  for (const Rule& rule : definition.require) check_presence(definition, ledger, rule.guard, rule.place, submitted);
  for (const EvidenceKind& kind : definition.evidence)
    if (kind.when) check_presence(definition, ledger, *kind.when, kind.place, submitted);
  for (const State& state : definition.states)
    for (const Action& action : state.actions) check_presence_in_action(definition, ledger, state, action, submitted);
}

}  // namespace xueji

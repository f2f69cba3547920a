#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

std::set<std::string_view> states_led_to(const Definition& definition) {
  std::set<std::string_view> led_to{definition.states.front().key};
  for (const auto& state : definition.states) {
    for (const auto& action : state.actions) led_to.insert(action.to);
    for (const auto& [outcome, to] : state.outcomes) led_to.insert(to);
    if (state.deadline && !state.deadline->expire_to.empty()) led_to.insert(state.deadline->expire_to);
  }
  return led_to;
}

void check_every_state_is_led_to(Loading& loading) {
  const auto led_to = states_led_to(loading.definition);
  for (const auto& state : loading.definition.states)
    if (!led_to.contains(state.key))
      loading.faults.add(state.place, fmt::format("nothing leads to the state `{}`", state.key),
                         "let an action or an outcome lead to it, or remove it");
}

void check_draft_submits(Loading& loading) {
  const auto& draft = loading.definition.states.front();
  if (!draft.action("submit"))
    loading.faults.add(draft.place, fmt::format("the draft `{}` has no action `submit`", draft.key),
                       "add `submit: {to: STATE}`");
}

/// An end whose arrival has the effect; null where none has.
const State* end_with_effect(const Definition& definition, std::string_view effect) {
  const auto found = std::find_if(definition.states.begin(), definition.states.end(), [&](const State& state) {
    return std::find(state.effects.begin(), state.effects.end(), effect) != state.effects.end();
  });
  return found == definition.states.end() ? nullptr : &*found;
}

void check_changes_are_applied(Loading& loading) {
  const auto& fields = loading.definition.fields;
  const auto changing =
      std::find_if(fields.begin(), fields.end(), [](const Field& field) { return !field.changes.empty(); });
  const auto* end = end_with_effect(loading.definition, "apply_changes");
  if (changing != fields.end() && !end)
    loading.faults.add(
        changing->place,
        fmt::format("the field `{}` changes the student, but no end has the effect apply_changes", changing->key),
        "add `effects: [apply_changes]` to an end");
  if (changing == fields.end() && end)
    loading.faults.add(end->place, "the effect apply_changes has nothing to change",
                       "give a field `changes: student.name` or another member");
}

void check_number_to_retire(Loading& loading) {
  const auto* end = end_with_effect(loading.definition, "retire_number");
  if (!end) return;
  const auto& fields = loading.definition.fields;
  const auto numbers = std::count_if(fields.begin(), fields.end(),
                                     [](const Field& field) { return field.type == FieldType::student_number; });
  if (numbers != 1)
    loading.faults.add(
        end->place,
        fmt::format("the effect retire_number needs one field of type student_number, and there are {}", numbers),
        "keep one field for the number to retire");
}

}  // namespace

void check_whole(Loading& loading) {
  check_draft_submits(loading);
  check_every_state_is_led_to(loading);
  check_changes_are_applied(loading);
  check_number_to_retire(loading);
}

}  // namespace xueji

#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

std::vector<Touch> touches(const Definition& definition, const EffectCall&) {
  std::vector<Touch> touched;
  for (const Field& field : definition.fields)
    if (!field.changes.empty()) touched.push_back({field.changes, field.key});
  return touched;
}

std::optional<std::vector<RegistryChange>> plan(const EffectCall& call, const EffectInputs& inputs,
                                                const Student& student) {
  std::vector<RegistryChange> changes;
  Student so_far = student;
  for (const Touch& touch : touches(inputs.definition, call)) {
    const auto value = inputs.fields.find(touch.field);
    if (value == inputs.fields.end() || value->second.empty()) continue;
    const auto more = setting(so_far, touch.member, value->second);
    so_far = apply(std::move(so_far), more, {});
    changes.insert(changes.end(), more.begin(), more.end());
  }
  return changes;
}

void check(Loading& loading, const State* end) {
  const auto& fields = loading.definition.fields;
  const auto changing =
      std::find_if(fields.begin(), fields.end(), [](const Field& field) { return !field.changes.empty(); });
  if (changing != fields.end() && !end)
    loading.faults.add(
        changing->position,
        fmt::format("the field `{}` changes the student, but no end has the effect apply_changes", changing->key),
        "add `effects: [apply_changes]` to an end");
  if (changing == fields.end() && end)
    loading.faults.add(end->position, "the effect apply_changes has nothing to change",
                       "give a field `changes: student.name` or another member");
}

}  // namespace

const Effect& apply_changes_effect() {
  static constexpr Effect effect{"apply_changes", touches, plan, check};
  return effect;
}

}  // namespace xueji

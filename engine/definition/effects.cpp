#include "engine/definition/effects.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace xueji {
namespace {

std::vector<RegistryChange> apply_changes(const Definition& definition, const FieldValues& fields,
                                          const Student& student) {
  std::vector<RegistryChange> changes;
  Student so_far = student;
  for (const Field& field : definition.fields) {
    const auto value = fields.find(field.key);
    if (field.changes.empty() || value == fields.end() || value->second.empty()) continue;
    const auto more = setting(so_far, field.changes, value->second);
    so_far = apply(std::move(so_far), more, {});
    changes.insert(changes.end(), more.begin(), more.end());
  }
  return changes;
}

std::vector<RegistryChange> retire_number(const Definition& definition, const FieldValues& fields,
                                          const Student& student) {
  for (const Field& field : definition.fields) {
    const auto value = fields.find(field.key);
    if (field.type == FieldType::student_number && value != fields.end()) return retiring(student, value->second);
  }
  return {};
}

bool needs_none(const Field&) { return false; }
bool needs_number(const Field& field) { return field.type == FieldType::student_number; }

struct Effect {
  std::string_view name;
  std::vector<RegistryChange> (*changes)(const Definition&, const FieldValues&, const Student&);
  bool (*needs)(const Field&);
};

constexpr std::array<Effect, 2> effects{
    {{"apply_changes", apply_changes, needs_none}, {"retire_number", retire_number, needs_number}}};

const Effect& effect_named(std::string_view name) {
  for (const Effect& each : effects)
    if (each.name == name) return each;
  throw std::logic_error("there is no effect '" + std::string(name) + "'");
}

}  // namespace

std::span<const std::string_view> effect_names() {
  static const auto names = [] {
    std::array<std::string_view, effects.size()> result;
    std::transform(effects.begin(), effects.end(), result.begin(), [](const Effect& effect) { return effect.name; });
    return result;
  }();
  return names;
}

std::vector<RegistryChange> changes_of_effect(std::string_view effect, const Definition& definition,
                                              const FieldValues& fields, const Student& student) {
  return effect_named(effect).changes(definition, fields, student);
}

bool is_needed_by_effects(const Definition& definition, const Field& field) {
  return std::any_of(definition.states.begin(), definition.states.end(), [&](const State& state) {
    return std::any_of(state.effects.begin(), state.effects.end(),
                       [&](const std::string& effect) { return effect_named(effect).needs(field); });
  });
}

}  // namespace xueji

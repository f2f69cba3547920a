#include "engine/definition/effects.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "engine/definition/guard_paths.hpp"

namespace xueji {
namespace {

bool asks_for_offices(const Guard& guard) {
  return std::any_of(guard.paths().begin(), guard.paths().end(),
                     [](const std::string& path) { return office_path(path).has_value(); });
}

}  // namespace

std::span<const Effect* const> effects() {
  static const std::array<const Effect*, 7> table{&apply_changes_effect(), &retire_number_effect(), &move_effect(),
                                                  &set_effect(),           &give_number_effect(),   &merge_effect(),
                                                  &open_effect()};
  return table;
}

std::vector<std::string_view> effect_names() {
  std::vector<std::string_view> names;
  for (const Effect* effect : effects()) names.push_back(effect->name);
  return names;
}

const Effect& effect_named(std::string_view name) {
  for (const Effect* effect : effects())
    if (effect->name == name) return *effect;
  throw std::logic_error("there is no effect '" + std::string(name) + "'");
}

std::vector<Touch> touched_by(const Definition& definition, const State& end) {
  std::vector<Touch> touched;
  for (const EffectCall& call : end.effects)
    for (Touch& touch : effect_named(call.name).touches(definition, call)) touched.push_back(std::move(touch));
  return touched;
}

bool is_needed_by_effects(const Definition& definition, const Field& field) {
  return std::any_of(definition.states.begin(), definition.states.end(), [&](const State& state) {
    const auto touched = touched_by(definition, state);
    return std::any_of(touched.begin(), touched.end(),
                       [&](const Touch& touch) { return touch.needed && touch.field == field.key; });
  });
}

std::vector<const EffectCall*> effects_made(const State& end, const Guard::Lookup& values) {
  std::vector<const EffectCall*> made;
  for (const EffectCall& call : end.effects)
    if (!call.when || call.when->holds(values)) made.push_back(&call);
  return made;
}

Student record_after(const Definition& definition, const FieldValues& fields, const Student& student,
                     const Guard::Lookup& values, Instant now) {
  std::vector<EffectCall> calls;
  for (const State& state : definition.states)
    for (const EffectCall& call : state.effects)
      if (std::find(calls.begin(), calls.end(), call) == calls.end()) calls.push_back(call);
  Student after = student;
  for (const EffectCall& call : calls) {
    if (call.when && !asks_for_offices(*call.when) && !call.when->holds(values)) continue;
    if (const auto changes = effect_named(call.name).plan(call, {definition, fields, {}}, after))
      after = apply(std::move(after), *changes, now);
  }
  return after;
}

}  // namespace xueji

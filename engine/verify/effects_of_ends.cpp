#include "engine/verify/effects_of_ends.hpp"

#include <algorithm>

#include "engine/definition/effects.hpp"

namespace xueji {

std::set<std::string> fields_of_effect(const Definition& definition, const EffectCall& call) {
  std::set<std::string> fields, needed;
  bool needs_none = false;
  for (const Touch& touch : effect_named(call.name).touches(definition, call)) {
    if (touch.needed) needed.insert(touch.field);
    if (touch.field.empty())
      needs_none = true;
    else
      fields.insert(touch.field);
  }
  if (!needed.empty()) return needed;
  return needs_none ? std::set<std::string>{} : fields;
}

std::set<std::string> members_changed(const Definition& definition, const State& end) {
  std::set<std::string> members;
  for (const Touch& touch : touched_by(definition, end)) members.insert(touch.member);
  return members;
}

std::optional<Touch> touch_of(const Definition& definition, const State& end, std::string_view member) {
  for (Touch& touch : touched_by(definition, end))
    if (touch.member == member) return std::move(touch);
  return std::nullopt;
}

std::string field_for(const Definition& definition, const State& end, std::string_view member) {
  const auto touch = touch_of(definition, end, member);
  return touch ? touch->field : std::string();
}

std::optional<NumberKind> number_given(const Definition& definition, const State& end) {
  const auto touch = touch_of(definition, end, number_state);
  return touch ? touch->gives : std::nullopt;
}

bool gives_first_number(const Definition& definition) {
  return std::any_of(definition.states.begin(), definition.states.end(), [&](const State& state) {
    const auto kind = number_given(definition, state);
    return kind && kind != NumberKind::G;
  });
}

bool needs_decision(std::string_view member, const SubjectKind& kind) {
  return demand_of(member) == Demand::decision || !kind.is_opened_at_home();
}

}  // namespace xueji

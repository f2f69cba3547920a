#include "engine/verify/effects_of_ends.hpp"

#include "engine/definition/effects.hpp"

namespace xueji {

std::set<std::string> fields_of_effect(const Definition& definition, std::string_view effect) {
  std::set<std::string> fields;
  for (const Touch& touch : effect_named(effect).touches(definition)) fields.insert(touch.field);
  return fields;
}

std::set<std::string> members_changed(const Definition& definition, const State& end) {
  std::set<std::string> members;
  for (const Touch& touch : touched_by(definition, end)) members.insert(touch.member);
  return members;
}

std::string field_for(const Definition& definition, const State& end, std::string_view member) {
  for (const Touch& touch : touched_by(definition, end))
    if (touch.member == member) return touch.field;
  return {};
}

}  // namespace xueji

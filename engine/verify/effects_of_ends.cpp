#include "engine/verify/effects_of_ends.hpp"

namespace xueji {
namespace {

bool changes_fields(std::string_view effect) { return effect == "apply_changes"; }

}  // namespace

std::set<std::string> fields_of_effect(const Definition& definition, std::string_view effect) {
  std::set<std::string> fields;
  for (const Field& field : definition.fields)
    if (changes_fields(effect) ? !field.changes.empty() : field.type == FieldType::student_number)
      fields.insert(field.key);
  return fields;
}

std::set<std::string> members_changed(const Definition& definition, const State& end) {
  std::set<std::string> members;
  for (const std::string& effect : end.effects)
    for (const std::string& key : fields_of_effect(definition, effect))
      members.insert(changes_fields(effect) ? definition.field(key)->changes : "number.state");
  return members;
}

}  // namespace xueji

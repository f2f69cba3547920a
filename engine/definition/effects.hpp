// Effects: what the end of a request changes in the registry. One table; adding an effect is one entry.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/changes.hpp"

namespace xueji {

/// The effects that definitions may name.
std::span<const std::string_view> effect_names();

/// `apply_changes`: every field that `changes` a member of the student; a new ID number brings its birth date and sex.
/// `retire_number`: the number named by the field of type student_number becomes retired for ever.
/// Throws std::logic_error for a name outside effect_names().
std::vector<RegistryChange> changes_of_effect(std::string_view effect, const Definition& definition,
                                              const FieldValues& fields, const Student& student);

/// Whether an effect of the definition can be made only while the field is filled in.
bool is_needed_by_effects(const Definition& definition, const Field& field);

}  // namespace xueji

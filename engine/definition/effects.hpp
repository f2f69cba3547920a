// The table of effects, and what is asked of those that a definition names.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "engine/definition/effect.hpp"

namespace xueji {

/// In the order in which a definition is checked.
std::span<const Effect* const> effects();
std::vector<std::string_view> effect_names();
/// Throws std::logic_error for a name that is not in the table.
const Effect& effect_named(std::string_view name);

/// What the end's effects may change.
std::vector<Touch> touched_by(const Definition& definition, const State& end);

/// Whether an effect of the definition can be made only while the field is filled in.
bool is_needed_by_effects(const Definition& definition, const Field& field);

/// The record as the request would leave it, with every effect of the definition that can be made without its offices.
Student record_after(const Definition& definition, const FieldValues& fields, const Student& student, Instant now);

}  // namespace xueji

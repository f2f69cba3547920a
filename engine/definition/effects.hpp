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

/// The effects of the end whose condition holds, in its order. Their conditions are asked of the record as the request
/// finds it, whatever the effects before them make of it.
std::vector<const EffectCall*> effects_made(const State& end, const Guard::Lookup& values);

/// The record as the request would leave it, with every effect of the definition that can be made without its offices.
/// `values` are those of the form and the student; an effect whose condition asks for offices too counts as made.
Student record_after(const Definition& definition, const FieldValues& fields, const Student& student,
                     const Guard::Lookup& values, Instant now);

}  // namespace xueji

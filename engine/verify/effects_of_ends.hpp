// What the effects of an end change in the registry, and by which fields.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "engine/definition/definition.hpp"

namespace xueji {

/// The members of the student that the end's effects may change: `name`, `class`, `number.state`, …
std::set<std::string> members_changed(const Definition& definition, const State& end);

/// The fields without any of which the effect would do nothing.
std::set<std::string> fields_of_effect(const Definition& definition, std::string_view effect);

/// The field that sets the member at that end; empty for none.
std::string field_for(const Definition& definition, const State& end, std::string_view member);

}  // namespace xueji

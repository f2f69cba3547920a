// Whether what one business fills in for another is something that the other's field takes.
#pragma once
#include <string>
#include <vector>

#include "engine/base/position.hpp"
#include "engine/definition/definition.hpp"

namespace xueji {

/// Adds what is wrong with the setting at `position` of the file `of`, for `field` of the business called `name`.
void add_unfit_value(const Definition& of, Position position, const FieldSetting& setting, const std::string& name,
                     const Field& field, std::vector<Fault>& faults);

}  // namespace xueji

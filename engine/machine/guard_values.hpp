// What the paths of a guard mean: the members of the student and the fields of the form.
#pragma once
#include "engine/definition/definition.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

/// What stands fixed when a request is opened: the student, the places, and what opened it. References must outlive the
/// lookup.
Guard::Lookup opening_guard_values(const Places& places, const Student& student, const OfficeTree& offices,
                                   const std::optional<OpenedFrom>& opened_from);

/// References must outlive the lookup. A field that is not filled in is missing.
Guard::Lookup guard_values(const Definition& definition, const FieldValues& fields, const Student& student);

/// As guard_values() for the form of the request, with its offices beside it.
Guard::Lookup effect_guard_values(const Definition& definition, const Request& request, const Student& student,
                                  const OfficeTree& offices);

/// As guard_values() for the form of the request, with `request.round` and `comment` beside it.
Guard::Lookup action_guard_values(const Definition& definition, const Request& request, const Student& student,
                                  std::string_view comment);

/// What the guard's author says, and behind it which parts failed.
Text explain_rule(const Rule& rule, const Guard::Lookup& values);

}  // namespace xueji

// What the paths of a guard mean: the members of the student and the fields of the form.
#pragma once
#include "engine/definition/definition.hpp"
#include "engine/machine/decide.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

/// Whose records a guard reads: one student's, or both of a pair; and the offices, whose schools say what the grades
/// of these records are.
struct GuardRecords {
  const OfficeTree& offices;
  const Student& first;
  const Student* second = nullptr;  ///< null where there is one
};
/// Those of the situation, whose student must not be null; of a pair both where both are at hand.
GuardRecords records_of(const Situation& situation);

/// What stands fixed when a request is opened: the student, the places, and what opened it. References must outlive the
/// lookup.
Guard::Lookup opening_guard_values(const Places& places, GuardRecords records,
                                   const std::optional<OpenedFrom>& opened_from);

/// References must outlive the lookup. A field that is not filled in is missing.
Guard::Lookup guard_values(const Definition& definition, const FieldValues& fields, GuardRecords records);

/// As guard_values() for the form of the request, with its offices beside it, as they will be once it is submitted.
Guard::Lookup submission_guard_values(const Definition& definition, const Request& request, GuardRecords records);

/// As guard_values() for the form of the request, with its offices beside it.
Guard::Lookup effect_guard_values(const Definition& definition, const Request& request, GuardRecords records);

/// As guard_values() for the form of the request, with `request.round` and `comment` beside it.
Guard::Lookup action_guard_values(const Definition& definition, const Request& request, GuardRecords records,
                                  std::string_view comment);

/// What the guard's author says, and behind it which parts failed.
Text explain_rule(const Rule& rule, const Guard::Lookup& values);

}  // namespace xueji

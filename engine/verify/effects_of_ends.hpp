// What the effects of an end change in the registry, and by which fields.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/definition/effect.hpp"
#include "engine/verify/subject_kinds.hpp"

namespace xueji {

/// The members of the student that the end's effects may change: `name`, `class`, `number.state`, …
std::set<std::string> members_changed(const Definition& definition, const State& end);

/// The fields without any of which the effect would do nothing; empty where it does something whatever is filled in.
std::set<std::string> fields_of_effect(const Definition& definition, const EffectCall& call);

/// How the end changes the member; nothing where it doesn't.
std::optional<Touch> touch_of(const Definition& definition, const State& end, std::string_view member);

/// The kind of the number that the end gives the student; nothing where it gives none.
std::optional<NumberKind> number_given(const Definition& definition, const State& end);

/// Whether some end gives a record its first number: the business is for those who have none.
bool gives_first_number(const Definition& definition);

/// Whether a change of the member has to be decided by another than who files it: of what a school may change by
/// itself, where it is not the student's own.
bool needs_decision(std::string_view member, const SubjectKind& kind);

/// The field that sets the member at that end; empty for none.
std::string field_for(const Definition& definition, const State& end, std::string_view member);

}  // namespace xueji

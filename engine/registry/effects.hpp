// Effects: what a transition changes in the registry. One table; adding an effect is one entry.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

/// Field values in their canonical text (dates `YYYY-MM-DD`, ID numbers with upper-case X), by the author's key.
using FieldValues = std::map<std::string, std::string>;

/// One change of a student's record, with what was there before. `member` is `name`, `id_number`, `sex`, `birth_date`,
/// `status`, `grade`, `class`, or `number.state` (old and new are then `NUMBER current` and `NUMBER retired`).
struct RegistryChange {
  std::string member;
  std::string old_value;
  std::string new_value;
  bool operator==(const RegistryChange&) const = default;
};

/// The effects that definitions may name.
std::span<const std::string_view> effect_names();

/// `apply_changes`: every field that `changes` a member of the student; a new ID number brings its birth date and sex.
/// `retire_number`: the number named by the field of type student_number becomes retired for ever.
/// Throws std::logic_error for a name outside effect_names().
std::vector<RegistryChange> changes_of_effect(std::string_view effect, const Definition& definition,
                                              const FieldValues& fields, const Student& student);

/// The student with the changes made and the version one higher.
Student apply(Student student, std::span<const RegistryChange> changes, Instant now);

/// The member's present text, as RegistryChange and guards write it; empty for a missing ID number.
std::string member_text(const Student& student, std::string_view member);

}  // namespace xueji

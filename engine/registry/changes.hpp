// Changes of a student's record: what can change, how each is written down, how it is made.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/registry/student.hpp"

namespace xueji {

/// One change of a student's record, with what was there before. `member` is `name`, `id_number`, `sex`, `birth_date`,
/// `status`, `grade`, `class`, or `number.state` (old and new are then `NUMBER current` and `NUMBER retired`).
struct RegistryChange {
  std::string member;
  std::string old_value;
  std::string new_value;
  bool operator==(const RegistryChange&) const = default;
};

/// What setting the member to that text changes: a new ID number brings its sex and birth date; nothing where the text
/// stands there already. Throws std::logic_error for a member that a student doesn't have.
std::vector<RegistryChange> setting(const Student& student, std::string_view member, const std::string& text);

/// What retiring that number for ever changes; nothing where it is no current number of the student.
std::vector<RegistryChange> retiring(const Student& student, const std::string& number);

/// The student with the changes made and the version one higher.
Student apply(Student student, std::span<const RegistryChange> changes, Instant now);

/// The member's present text, as RegistryChange and guards write it; empty for a missing ID number.
std::string member_text(const Student& student, std::string_view member);

}  // namespace xueji

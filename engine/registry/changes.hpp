// Changes of a student's record: what can change, and how it is made.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/registry/members.hpp"

namespace xueji {

/// One change of a student's record, with what was there before.
struct RegistryChange {
  std::string member;  ///< of student_members(), or `number.state`, `school`, `merged_into`
  /// As Member::read writes it; of a number `current`, `former` or `retired`, and empty where the record does not have
  /// it; the id of a school or of the record that goes on.
  std::string old_value;
  std::string new_value;
  std::string number{};  ///< which of the student's numbers, where its state changes

  /// For people, hashes and answers: of a number `G110105201509011234 current`.
  std::string old_text() const { return worded(old_value); }
  std::string new_text() const { return worded(new_value); }
  bool operator==(const RegistryChange&) const = default;

 private:
  std::string worded(const std::string& value) const {
    return number.empty() || value.empty() ? value : number + ' ' + value;
  }
};

/// The change whose texts these are: the inverse of old_text() and new_text().
RegistryChange change_of_texts(std::string member, std::string old_text, std::string new_text);

/// What setting the member to that text changes: a new ID number brings its sex and birth date, a status other than
/// `suspended` takes `status_until` away; nothing where the text stands there already. An empty text empties the
/// member. Throws std::logic_error for a member that a student doesn't have.
std::vector<RegistryChange> setting(const Student& student, std::string_view member, const std::string& text);

/// What retiring that number for ever changes; nothing where it is no current number of the student.
std::vector<RegistryChange> retiring(const Student& student, const std::string& number);

/// The number that is made of an ID number: G and its eighteen characters. Empty for none.
std::string g_number_of(const Student& student);

/// What giving that number changes: it is current then, and whatever was current `former`, found for ever. Nothing
/// where it is current already, or is no number.
std::vector<RegistryChange> giving(const Student& student, const std::string& number);

/// What both records change where the second is merged into the first, by their order: the first has its numbers as
/// well, `former` but for a G number where it has no other current one, and whatever it had current then becomes
/// `former`; the second is `merged` and has no number. Nothing where one is merged already, the second has an ID
/// number, or both have a current G number.
std::optional<std::array<std::vector<RegistryChange>, 2>> merging(const Student& first, const Student& second);

/// What moving the student to that school changes; nothing where there is no such office or the student is there.
std::vector<RegistryChange> moving(const Student& student, OfficeId school);

/// The student with the changes made and the version one higher. Throws std::logic_error for a number that is not as
/// the change says.
Student apply(Student student, std::span<const RegistryChange> changes, Instant now);

}  // namespace xueji

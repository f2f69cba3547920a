#include "engine/machine/new_number.hpp"

#include <algorithm>

#include "engine/registry/number_coding.hpp"

namespace xueji {
namespace {

constexpr std::size_t division_digits = 6;

bool has_or_had(const Student& student, std::string_view characters) {
  return student.id_number == characters ||
         std::any_of(student.numbers.begin(), student.numbers.end(),
                     [&](const StudentNumber& each) { return std::string_view(each.number).substr(1) == characters; });
}

}  // namespace

std::optional<std::string> new_number(NumberKind kind, const Student& student, const OfficeTree& offices,
                                      const OthersHave& others_have) {
  const Office* authority = offices.authority_of(student.school);
  if (!authority || authority->code.size() != division_digits) return std::nullopt;
  // The last character of an L number makes it no ID number.
  const bool may_be_id_number = kind == NumberKind::J;
  const auto is_taken = [&](std::string_view characters) {
    const std::string id_number{characters};
    return has_or_had(student, characters) ||
           (others_have.number && others_have.number(std::string(to_string(kind)) + id_number)) ||
           (may_be_id_number && others_have.id_number && others_have.id_number(id_number));
  };
  return first_free_number(kind, {authority->code, student.birth_date, student.sex}, is_taken);
}

}  // namespace xueji

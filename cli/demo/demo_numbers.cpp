#include <fmt/format.h>

#include <algorithm>

#include "cli/demo/demo_parts.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji::demo {
namespace {

std::string first_seventeen(std::string_view division, Date born, std::size_t order) {
  return fmt::format("{}{:04}{:02}{:02}{:03}", division, static_cast<int>(born.year()),
                     static_cast<unsigned>(born.month()), static_cast<unsigned>(born.day()), order);
}

}  // namespace

std::string make_id_number(std::string_view division, Date born, Sex sex, DemoRandom& random) {
  const std::size_t order = random.below(499) * 2 + (sex == Sex::male ? 1 : 2);
  std::string digits = first_seventeen(division, born, order);
  return digits + id_number_check_character(digits);
}

const StudentNumber* current_g_number(const Student& student) {
  const auto found = std::find_if(student.numbers.begin(), student.numbers.end(), [](const StudentNumber& number) {
    return number.kind == NumberKind::G && number.state == NumberState::current;
  });
  return found == student.numbers.end() ? nullptr : &*found;
}

std::string make_temporary_number(char prefix, std::string_view division, Date born, DemoRandom& random) {
  std::string digits = first_seventeen(division, born, random.below(1000));
  return prefix + digits + id_number_check_character(digits);
}

}  // namespace xueji::demo

#include "engine/registry/number_coding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

constexpr int serials_of_sex = 500;
constexpr std::string_view last_characters = "0123456789X";

int numbers_of_range(NumberKind kind) {
  if (kind == NumberKind::G) throw std::invalid_argument("a G number is made of an ID number");
  return kind == NumberKind::L ? l_numbers_of_range : j_numbers_of_range;
}

/// Odd for boys, even for girls; girls begin with 002, as people count.
int serial_at(Sex sex, int order) {
  constexpr int serials = 2 * serials_of_sex;
  return sex == Sex::male ? 2 * order + 1 : (2 * order + 2) % serials;
}

bool is_division(std::string_view division) {
  constexpr std::size_t digits = 6;
  return division.size() == digits &&
         std::all_of(division.begin(), division.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Of those that are not the check character, in their order.
char last_character_but(char check, int order) {
  std::string others{last_characters};
  others.erase(others.find(check), 1);
  return others[static_cast<std::size_t>(order)];
}

}  // namespace

std::string coded_number(NumberKind kind, const NumberRange& range, int place) {
  if (place < 0 || place >= numbers_of_range(kind)) throw std::invalid_argument("no such place in the range");
  if (!is_division(range.division)) throw std::invalid_argument("a division has six digits");
  const std::string digits =
      fmt::format("{}{:04}{:02}{:02}{:03}", range.division, static_cast<int>(range.born.year()),
                  static_cast<unsigned>(range.born.month()), static_cast<unsigned>(range.born.day()),
                  serial_at(range.sex, place % serials_of_sex));
  const char check = id_number_check_character(digits);
  const char last = kind == NumberKind::J ? check : last_character_but(check, place / serials_of_sex);
  return std::string(to_string(kind)) + digits + last;
}

std::optional<std::string> first_free_number(NumberKind kind, const NumberRange& range, const IsTaken& is_taken,
                                             int from) {
  for (int place = from; place < numbers_of_range(kind); ++place) {
    std::string number = coded_number(kind, range, place);
    if (!is_taken(std::string_view(number).substr(1))) return number;
  }
  return std::nullopt;
}

}  // namespace xueji

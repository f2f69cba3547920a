#include "engine/registry/numbers.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace xueji {
namespace {

constexpr std::size_t id_number_length = 18;
constexpr std::size_t division_digits = 6;
constexpr std::size_t digits_before_check = 17;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Date> birth_date_within(std::string_view id_number) {
  const std::string day{id_number.substr(6, 8)};
  const auto date = parse_date(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2));
  return date && *date >= earliest_birth_date ? date : std::nullopt;
}

}  // namespace

bool has_id_number_shape(std::string_view text) {
  return text.size() == id_number_length && all_digits(text.substr(0, digits_before_check)) &&
         (all_digits(text.substr(digits_before_check)) || text.back() == 'X');
}

char id_number_check_character(std::string_view digits) {
  static constexpr std::array<int, digits_before_check> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  static constexpr std::string_view characters = "10X98765432";
  int sum = 0;
  for (std::size_t position = 0; position < weights.size(); ++position)
    sum += (digits[position] - '0') * weights[position];
  return characters[static_cast<std::size_t>(sum % 11)];
}

std::string normalise_id_number(std::string_view typed) {
  static constexpr std::array<std::string_view, 2> roman_ten{"Ⅹ", "ⅹ"};
  std::string result = plain_characters(typed);
  for (const std::string_view ten : roman_ten)
    for (std::size_t at = result.find(ten); at != std::string::npos; at = result.find(ten))
      result.replace(at, ten.size(), "X");
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return result;
}

Complaint check_birth_date(Date born, Date today) {
  if (born < earliest_birth_date)
    return Text{"出生日期不能早于 " + to_string(earliest_birth_date),
                "Nobody was born before " + to_string(earliest_birth_date)};
  if (born > today) return Text{"出生日期晚于今天", "The birth date is later than today"};
  return std::nullopt;
}

Complaint check_id_number(std::string_view number, Date today) {
  if (code_points(number) != id_number_length) return Text{"身份证件号码应为 18 位", "An ID number has 18 characters"};
  if (!has_id_number_shape(number))
    return Text{"身份证件号码前 17 位应为数字，末位应为数字或 X", "An ID number has 17 digits and then a digit or X"};
  const auto born = birth_date_within(number);
  if (!born)
    return Text{"身份证件号码第 7 至 14 位不是有效的出生日期",
                "Characters 7 to 14 of the ID number are not a real date"};
  if (*born > today)
    return Text{"身份证件号码中的出生日期晚于今天", "The birth date in the ID number is later than today"};
  if (number.back() != id_number_check_character(number))
    return Text{"身份证件号码的校验码不正确，请核对",
                "The check character of the ID number is wrong; compare it with the document"};
  return std::nullopt;
}

Sex sex_of_id_number(std::string_view id_number) {
  if (!has_id_number_shape(id_number)) throw std::invalid_argument("not the shape of an ID number");
  return (id_number[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
}

Date birth_date_of_id_number(std::string_view id_number) {
  if (!has_id_number_shape(id_number)) throw std::invalid_argument("not the shape of an ID number");
  return birth_date_within(id_number).value_or(Date{});
}

std::string mask_number(std::string_view number) {
  std::string result{number};
  const std::size_t from = division_digits + (kind_of_student_number(number) ? 1 : 0);
  for (std::size_t position = from; position < result.size(); ++position) result[position] = '*';
  return result;
}

Complaint check_student_number(std::string_view number) {
  const auto kind = kind_of_student_number(number);
  if (!kind || !has_id_number_shape(number.substr(1)))
    return Text{"学籍号应为 G、L 或 J 加 17 位数字和一位数字或 X",
                "A student number is G, L or J, then 17 digits, then a digit or X"};
  const std::string_view rest = number.substr(1);
  if (!birth_date_within(rest))
    return Text{"学籍号第 8 至 15 位不是有效的出生日期",
                "Characters 8 to 15 of the student number are not a real date"};
  if (*kind != NumberKind::L && rest.back() != id_number_check_character(rest))
    return Text{"学籍号的校验码不正确，请核对",
                "The check character of the student number is wrong; compare it with the record"};
  return std::nullopt;
}

std::optional<NumberKind> kind_of_student_number(std::string_view number) {
  return number.empty() ? std::nullopt : parse_number_kind(number.substr(0, 1));
}

}  // namespace xueji

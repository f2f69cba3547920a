// ID numbers (GB 11643) and student numbers (学籍号).
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "engine/registry/complaint.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

/// The check character of the first 17 digits: ISO 7064 MOD 11-2, weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2.
/// `digits` must be 17 decimal digits.
char id_number_check_character(std::string_view digits);
/// Nobody of the registry was born before; GB 11643 itself tells of 1880.
inline constexpr Date earliest_birth_date{std::chrono::year{1880}, std::chrono::January, std::chrono::day{1}};

/// As an ID number or a student number was typed or pasted, so as it is meant: full-width characters as ASCII, letters
/// in upper case, the Roman numeral Ⅹ as X, nothing unseen. Other characters as they were.
std::string normalise_id_number(std::string_view typed);
/// Length, digits, real birth date from earliest_birth_date to `today`, check character. Division codes are not
/// checked: abolished ones are lawful.
Complaint check_id_number(std::string_view normalised, Date today);
/// From earliest_birth_date to `today`.
Complaint check_birth_date(Date born, Date today);
/// 17 digits, and a digit or X.
bool has_id_number_shape(std::string_view text);
/// 17th digit odd. These throw std::invalid_argument for what has not the shape of an ID number.
Sex sex_of_id_number(std::string_view id_number);
Date birth_date_of_id_number(std::string_view id_number);
/// An ID number or a student number with nothing of it left but the division: `110105************`,
/// `G110105************`.
std::string mask_number(std::string_view number);

/// `^[GLJ]\d{17}[\dX]$`; the check character is required of G and J, not of L (its last four characters are free).
Complaint check_student_number(std::string_view number);
std::optional<NumberKind> kind_of_student_number(std::string_view number);

}  // namespace xueji

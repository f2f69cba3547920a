// How students are found by what people type: any part of a name, its pinyin or initials, common forms of rare
// characters, the last digits of a number. One function makes the keys of a student, one those that are looked for.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/registry/student.hpp"

namespace xueji {

/// Bytes of a key at most, beyond which what is typed no longer narrows.
inline constexpr std::size_t finding_key_bytes_max = 160;

/// Each key is a kind, one letter, and a text from somewhere in the name to its end, or a number from its end to its
/// beginning. Distinct, in order.
std::vector<std::string> finding_keys(const Student& student);

/// What a key may begin with to be found; without dots, spaces, tones, case. None where nothing of it is left.
std::vector<std::string> sought_in_names(std::string_view typed);
/// The same; where it is nothing but digits, the last four to six of a number, or a whole one. No other part of a
/// number finds anybody: lists mask numbers, and nobody is to ask one out digit by digit.
std::vector<std::string> sought_in_names_and_numbers(std::string_view typed);

/// Of such beginnings those of names: nobody finds a student by a number that is shown to them masked.
std::vector<std::string> sought_by_name(std::vector<std::string> sought);

/// The first of the keys that begins with one of the prefixes; nothing where none does: the student is not found.
std::optional<std::string> found_by(const std::vector<std::string>& keys, const std::vector<std::string>& prefixes);

}  // namespace xueji

// `xueji import FILE`: offices or students from a table, whole or not at all.
#pragma once
#include <cstdint>
#include <string>

#include "cli/setup/configuration.hpp"

namespace xueji {

/// Of a file; a row of a student has about a hundred.
inline constexpr std::uintmax_t import_bytes_max = 256 * 1024 * 1024;

/// Offices: `code`, `name`, `level`, `supervisor` (a code; empty for the ministry).
/// Students: `school` (a code), `name`, `grade`, `class`; optional `id_number`, `sex` (also 男, 女), `birth_date` (both
/// from the ID number where left out), `status` (in_school where left out), `number`. The first line tells which. What
/// spreadsheets do to numbers and dates is read as it is meant, and said. Exit status 1 where a cell has a fault, or
/// the registry has the student already: all faults are told by line and column, and nothing is taken in. Throws
/// UsageError where it is no text, or too large.
int run_import(const Configuration& configuration, const std::string& file);

}  // namespace xueji

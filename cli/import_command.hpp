// `xueji import FILE`: offices or students from a table, whole or not at all.
#pragma once
#include <string>

#include "cli/setup/configuration.hpp"

namespace xueji {

/// Offices: `code`, `name`, `level`, `supervisor` (a code; empty for the ministry).
/// Students: `school` (a code), `name`, `grade`, `class`; optional `id_number`, `sex`, `birth_date` (both from the ID
/// number where left out), `status` (in_school where left out), `number`. The first line tells which. Exit status 1
/// where a line has a fault; then nothing is taken in. Throws UsageError.
int run_import(const Configuration& configuration, const std::string& file);

}  // namespace xueji

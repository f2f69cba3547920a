// `xueji migrate`: brings the schema of a database up to date.
#pragma once
#include <string>

#include "adapters/sql/database.hpp"

namespace xueji {

/// Prints what is done, or with `dry_run` what would be. Exit status 0 done, 1 a fault, 2 wrong configuration.
int run_migrate(const std::string& database, const DatabaseOptions& options, bool dry_run);

}  // namespace xueji

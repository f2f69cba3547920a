// `xueji migrate`: brings a database up to date, its schema and then the live requests of older versions.
#pragma once
#include "cli/setup/configuration.hpp"

namespace xueji {

/// Prints what is done, or with `dry_run` what would be done to the schema. Exit status 0 done, 1 a fault, 2 wrong
/// configuration.
int run_migrate(const Configuration& configuration, bool dry_run);

}  // namespace xueji

// `xueji deploy`: brings a new version of a definition into the database, and the live requests of older versions to
// it.
#pragma once
#include <string>

#include "cli/setup/configuration.hpp"

namespace xueji {

struct DeployArguments {
  std::string file;         ///< the definition
  std::size_t batch = 200;  ///< requests in one transaction
  bool dry_run = false;     ///< says what would become of every live request, and writes nothing
};

/// Beside a running server or without one. Prints a line for each open request of an older version, then a summary.
/// Exit status 0 done, 1 the file has faults, the version can't be used, or the database broke it off, 2 wrong usage.
int run_deploy(const Configuration& configuration, const DeployArguments& arguments);

}  // namespace xueji

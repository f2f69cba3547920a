// `xueji copy`: carries the configured database over into another, empty one.
#pragma once
#include <string>

#include "cli/setup/configuration.hpp"

namespace xueji {

struct CopyArguments {
  std::string to;                ///< address
  std::string to_password_file;  ///< empty: the environment's XUEJI_TO_PASSWORD, or none
};

/// Prints rows and SHA-256 of each table at both ends. Exit status 0 copied and equal, 1 they differ or the copy broke
/// off, 2 either end won't do.
int run_copy(const Configuration& configuration, const CopyArguments& arguments);

}  // namespace xueji

// The configuration as the command line asks for it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/setup/configuration.hpp"

namespace xueji {

/// The defaults, the file where one is named, then the environment, then the command line's own options, which are
/// `key`, `value`. Throws FaultyFiles and UsageError.
Configuration read_configuration(const std::string& file,
                                 const std::vector<std::pair<std::string, std::string>>& options,
                                 Configuration defaults = {});

}  // namespace xueji

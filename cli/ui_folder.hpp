// The folder of the built browser application.
#pragma once
#include <filesystem>

#include "cli/setup/configuration.hpp"
#include "web/files/static_files.hpp"

namespace xueji {

/// Reads the folder that `ui.directory` names, else the one that came with the program; links in it are not followed.
/// Empty where there is none; one that was named and is none is also told in the log. Throws UsageError for a folder
/// that is far larger than an application or holds what can't be read.
web::StaticFiles read_ui(const Configuration& configuration);

}  // namespace xueji

// `xueji check PATH...`: reads definitions as the server would, and says what is wrong with them.
#pragma once
#include <string>
#include <vector>

namespace xueji {

/// Files, or folders whose *.yaml files are read, scenarios left out. Faults go to standard error, a line for each good
/// definition to standard output. Returns 0 when all are good, 1 when one has a fault, 2 when a path cannot be read or
/// holds no definition.
int run_check(const std::vector<std::string>& paths);

}  // namespace xueji

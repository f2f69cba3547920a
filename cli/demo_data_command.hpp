// `xueji demo-data`: makes the demonstration's data, for `serve --demo` and the simulator of the national side.
#pragma once
#include "cli/setup/configuration.hpp"

namespace xueji {

/// Prints where the data is. Does nothing where it is there already. Exit status 0; throws UsageError.
int run_demo_data(const Configuration& configuration);

}  // namespace xueji

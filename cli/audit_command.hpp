// `xueji audit verify`: recomputes what the database claims.
#pragma once
#include "cli/setup/configuration.hpp"

namespace xueji {

/// Exit status 0 sound, 1 faults found and printed, 2 the database can't be opened. `with_files`: reads every scan too.
int run_audit_verify(const Configuration& configuration, bool with_files);

}  // namespace xueji

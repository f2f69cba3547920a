// `xueji audit verify`: recomputes what the database claims.
#pragma once
#include <string>

#include "adapters/sql/database.hpp"

namespace xueji {

/// Exit status 0 sound, 1 faults found and printed, 2 the database can't be opened.
int run_audit_verify(const std::string& database, const DatabaseOptions& options);

}  // namespace xueji

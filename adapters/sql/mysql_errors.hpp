// MariaDB's error numbers, sorted by what a caller can do.
#pragma once
#include "engine/ports/store.hpp"

namespace xueji::sql {

/// `number` as of the server or of libmariadb. A lost connection is an unknown outcome at COMMIT and otherwise leaves
/// nothing behind: the whole transaction may be tried again.
StoreError mysql_error(unsigned number, bool at_commit);

}  // namespace xueji::sql

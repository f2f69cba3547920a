// MariaDB's bulk execution: one message carries the rows of a statement that the server has prepared. SOCI speaks the
// text protocol only; docs/decisions/0009 has the figures.
#pragma once
#include "adapters/sql/dialect.hpp"

namespace xueji::sql {

/// On the connection of `session`, which must outlive it. Throws StoreError.
std::unique_ptr<BulkStatement> prepare_mysql_bulk(soci::session& session, std::string_view sql);

}  // namespace xueji::sql

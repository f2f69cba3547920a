// SQLite's statements, bound and stepped row after row without SOCI between: what a request about 5,000 students writes
// is some 60,000 values in one transaction, each of which SOCI copies twice.
#pragma once
#include "adapters/sql/dialect.hpp"

namespace xueji::sql {

/// On the connection of `session`, which must outlive it. Throws soci::sqlite3_soci_error, and so does what it returns.
std::unique_ptr<BulkStatement> prepare_sqlite_bulk(soci::session& session, std::string_view sql);

}  // namespace xueji::sql

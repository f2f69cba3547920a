// The dialects by name, for dialect.cpp, which chooses.
#pragma once
#include "adapters/sql/database_address.hpp"
#include "adapters/sql/dialect.hpp"

namespace xueji::sql {

inline constexpr std::chrono::seconds schema_lock_wait{10};

std::unique_ptr<Dialect> make_sqlite_dialect(const SqliteAddress& address);
std::unique_ptr<Dialect> make_mysql_dialect(MysqlAddress address, const DatabaseOptions& options);

}  // namespace xueji::sql

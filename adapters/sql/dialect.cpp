#include "adapters/sql/dialect.hpp"

#include <utility>

#include "adapters/sql/dialects.hpp"

namespace xueji::sql {

std::unique_ptr<Dialect> make_dialect(const std::string& url, const DatabaseOptions& options) {
  auto address = parse_database_address(url);
  if (const auto* sqlite = std::get_if<SqliteAddress>(&address)) return make_sqlite_dialect(*sqlite);
  return make_mysql_dialect(std::get<MysqlAddress>(std::move(address)), options);
}

}  // namespace xueji::sql

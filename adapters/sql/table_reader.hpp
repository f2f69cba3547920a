// A whole table, a page at a time, in the order of its primary key.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "adapters/sql/schema_tables.hpp"
#include "adapters/sql/session.hpp"

namespace xueji::sql {

using Row = std::vector<Value>;

/// Session and table must live as long as this. Throws StoreError.
class TableReader {
 public:
  TableReader(Session& session, const Table& table, std::size_t page_rows);
  /// Rows with all columns of the table; empty at the end.
  std::vector<Row> next();

 private:
  Session& session_;
  const Table& table_;
  const std::size_t page_rows_;
  std::vector<Value> after_;  ///< the key of the last row read
};

struct TableDigest {
  std::int64_t rows = 0;
  std::string sha256;
  bool operator==(const TableDigest&) const = default;
};

/// SHA-256 over all rows. `progress` hears of each page's rows. docs/formats/schema.md says how a row is written.
TableDigest digest_of(Session& session, const Table& table, const std::function<void(std::int64_t rows)>& progress);

}  // namespace xueji::sql

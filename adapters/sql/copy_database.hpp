// Copies a whole database into an empty one, of the same system or the other: the way from SQLite to MariaDB, and back.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"

namespace xueji {

struct DatabaseEnd {
  std::string url;
  DatabaseOptions options;
};

/// What was read from both ends once all was copied. docs/formats/schema.md says how rows are written for the hash.
struct CopiedTable {
  struct Side {
    std::int64_t rows = 0;
    std::string sha256;
    bool operator==(const Side&) const = default;
  };
  std::string table;
  Side from, to;
};

/// How many rows have been gone through, out of how many: each is copied, then read at both ends.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Reads one moment of `from`, whoever writes there meanwhile. Brings the schema of `to` up to date first. Until it has
/// found both ends equal, `to` bears a mark for which every program refuses it; so a copy that broke off, or whose ends
/// differ, is never taken for a database. Throws std::runtime_error with a sentence for the operator where either end
/// won't do, above all where `to` holds any row, and StoreError.
std::vector<CopiedTable> copy_database(const DatabaseEnd& from, const DatabaseEnd& to, const CopyProgress& progress);

}  // namespace xueji

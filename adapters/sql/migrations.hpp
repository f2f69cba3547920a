// The schema, as numbered steps that are never changed once released.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sql/database.hpp"

namespace xueji {

struct MigrationReport {
  std::vector<std::string> applied;  ///< `0001 offices and accounts`; with dry_run what would be applied
  int version = 0;                   ///< of the schema afterwards
};

/// Brings the database at `url` up to date, one program at a time: in SQLite all steps in one transaction; in MariaDB,
/// where each statement commits by itself, a step that was cut off is run again. Throws StoreError, and
/// std::runtime_error where a step that was applied is not the one this program knows, or where the database is newer
/// than this program.
MigrationReport migrate(const std::string& url, const DatabaseOptions& options, bool dry_run);

namespace sql {

class Session;

struct Migration {
  int version;
  std::string_view name;
  std::vector<std::string_view> statements;  ///< each one statement: the library runs only the first of a script
};

std::span<const Migration> migrations();
/// Stands among the applied steps while a copy into the database is under way: migrate() then refuses it.
inline constexpr int unfinished_copy = 0;
/// SHA-256 hex over the statements as written, before the dialect's words are filled in.
std::string checksum(const Migration& migration);
/// Within a Connections::Migrating of the caller; a dry run within any transaction.
MigrationReport migrate(Session& session, std::span<const Migration> steps, bool dry_run);

}  // namespace sql
}  // namespace xueji

// Bringing a database to the schema that this program knows: which steps it lacks, what is refused, and doing it.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "adapters/sql/schema_steps.hpp"

namespace xueji {

struct MigrationReport {
  std::vector<std::string> applied;  ///< `0001 offices and accounts`; with dry_run what would be applied
  int before = 0;                    ///< version of the schema; 0 where there is none
  int version = 0;                   ///< afterwards
};

/// Brings the database at `url` up to date, one program at a time and no other beside it; `options.on_migration` hears
/// how far it is. Broken off at any moment, the next run goes on. Looking, and finding nothing to do, needs no right
/// but to read and keeps nobody waiting. Throws StoreError, and std::runtime_error where a step that was applied is not
/// the one this program knows, where the database is newer than this program, holds tables of somebody else and none of
/// ours, or has lost one of ours.
MigrationReport migrate(const std::string& url, const DatabaseOptions& options, bool dry_run);

namespace sql {

class Connections;

/// Stands among the applied steps while a copy into the database is under way, which then is refused.
inline constexpr int unfinished_copy = 0;

/// What migrate() would do, by reading alone. Throws as it does.
MigrationReport lacking_steps(Session& session, std::span<const SchemaStep> steps);
/// The same for a database that may not be there yet.
MigrationReport lacking_steps(const Connections& connections, std::span<const SchemaStep> steps);
/// What the steps of this program, which were all applied, have made and somebody took away. Throws
/// std::runtime_error.
void refuse_lost_tables(const Connections& connections);
MigrationReport migrate(Connections& connections, std::span<const SchemaStep> steps);
/// In the session of a Connections::Migrating, which the caller holds for more than the steps.
MigrationReport migrate(Session& session, std::span<const SchemaStep> steps, const MigrationProgress& progress);

}  // namespace sql
}  // namespace xueji

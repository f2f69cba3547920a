// The database behind the ports, opened from its address. The only header of this room that others need, beside
// bulk_loader.hpp, migrations.hpp, backup.hpp and audit.hpp.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/sql/bulk_loader.hpp"
#include "engine/ports/accounts.hpp"
#include "engine/ports/audit_trail.hpp"
#include "engine/ports/definition_store.hpp"
#include "engine/ports/evidence_ledger.hpp"
#include "engine/ports/queries.hpp"
#include "engine/ports/read_lane.hpp"
#include "engine/ports/store.hpp"
#include "engine/ports/student_handles.hpp"

namespace xueji {

/// How far a step of the schema is; `all` is 0 where it goes over no rows.
struct MigrationStage {
  std::string step;  ///< `0001 offices and accounts`
  std::int64_t done = 0, all = 0;
};
/// Called when a step begins or goes on, and after each slice of it.
using MigrationProgress = std::function<void(const MigrationStage&)>;

struct DatabaseOptions {
  unsigned read_sessions = 4;   ///< for quick reads and the program's own
  unsigned list_sessions = 4;   ///< for lists and searches
  unsigned heavy_sessions = 2;  ///< for what goes over all of a jurisdiction
  /// After which a read of each lane is broken off with StoreError{busy}; 0: never.
  std::array<std::chrono::seconds, read_lanes> longest_reads{};
  std::chrono::milliseconds wait{2000};  ///< for a read session, or for the turn to write; then StoreError{busy}
  std::size_t cache_mb = 64;             ///< page cache of the writing session; each reading one has a quarter
  std::size_t checkpoint_pages = 16384;  ///< pages of write-ahead log before they are moved into the file
  bool migrate = true;                   ///< bring the schema up to date; otherwise an older one is an error
  MigrationProgress on_migration{};
  // MariaDB and MySQL alone:
  std::string password;  ///< where the address has none
  std::string tls;  ///< `verify` (TLS, with the server's certificate checked), `off`; empty: off on this machine only
  std::string tls_ca;                           ///< file of the authorities to trust; empty: the system's
  std::chrono::seconds session_lifetime{1800};  ///< a session is closed then, and another opened when it is wanted
};

/// Everything it hands out lives as long as it does and is safe from any thread.
class Database {
 public:
  /// `sqlite:///absolute/path`, `sqlite:relative/path` (the file is made where it is missing), or
  /// `mysql://user@host/database`; database_address.hpp has the whole.
  /// Throws std::runtime_error with a sentence for the operator when the address, the file or the schema won't do.
  static std::unique_ptr<Database> open(const std::string& url, const DatabaseOptions& options = {});

  virtual ~Database() = default;
  virtual Store& store() = 0;
  virtual Queries& queries() = 0;
  virtual Accounts& accounts() = 0;
  virtual AuditTrail& audit_trail() = 0;
  virtual StudentHandles& student_handles() = 0;
  virtual DefinitionStore& definitions() = 0;
  virtual EvidenceLedger& evidence() = 0;
  virtual std::unique_ptr<BulkLoader> bulk_loader() = 0;
  /// True when there are no offices yet: nothing was ever loaded.
  virtual bool is_empty() = 0;
  /// Removes every row of every table but the steps of the schema, in one transaction.
  virtual void clear() = 0;
};

}  // namespace xueji

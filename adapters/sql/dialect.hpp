// What differs between SQLite and MariaDB, in one place. Everything else in this room is written once, in SQL that both
// understand, with the few words below that stand for what they call differently.
#pragma once
#include <soci/soci.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/sql/database.hpp"

namespace xueji::sql {

using Value = std::variant<std::monostate, long long, std::string>;

enum class SessionUse {
  read,   ///< one moment at a time, nothing is written
  write,  ///< transactions of the pipeline and the administration
  schema  ///< migrations: no statement is too long, and in SQLite nobody else may have the database open
};

/// When the reads of a session are broken off. Asked by the thread that reads.
struct ReadGuard {
  std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
  std::shared_ptr<const std::atomic<bool>> given_up{};
  bool is_over() const { return (given_up && *given_up) || std::chrono::steady_clock::now() >= until; }
};

/// Held while a schema changes; given back when its holder ends, however it ends.
class SchemaLock {
 public:
  virtual ~SchemaLock() = default;
};

/// A statement that the server keeps, run for many rows at once.
class BulkStatement {
 public:
  virtual ~BulkStatement() = default;
  /// `values` row after row; how many rows of the table they matched. Throws StoreError.
  virtual long long run(std::span<const Value> values) = 0;
};

class Dialect {
 public:
  virtual ~Dialect() = default;
  /// Opens the session with all settings, and checks those that correctness hangs on. Throws StoreError or
  /// std::runtime_error with a sentence for the operator.
  virtual void connect(soci::session& session, SessionUse use, const DatabaseOptions& options) const = 0;

  /// The statement as this system wants it. The room writes `CROSS JOIN … ON` where the order of the tables is meant,
  /// and `+column` where an index is not.
  virtual std::string adapt(std::string_view sql) const = 0;
  /// Column types and clauses of migrations: `{id}` an integer primary key, `{long_text}`, `{clustered}` after a table
  /// keyed by its primary key, `{where X is present}` after a unique index that rows without X stay out of. Empty where
  /// the statement begins with the name of another system, `{sqlite} ` or `{mariadb} `. Where each statement commits by
  /// itself, one that was carried out can be carried out again.
  virtual std::string expand(std::string_view ddl) const = 0;
  /// Statements that begin a transaction. A writing one has the database to itself until it ends: numbers are given in
  /// the order of commits, and whoever asks after a lost COMMIT waits until it has ended.
  virtual std::vector<std::string> begin_write() const = 0;
  virtual std::string begin_read() const = 0;
  /// Has the session's statements ask the guard, which outlives the session; nothing where the server keeps the time.
  virtual void watch(soci::session& session, const ReadGuard* guard) const = 0;
  /// What tells a server after how many seconds it breaks a statement off, 0 for never; empty where the guard does.
  virtual std::string limit_statement(std::chrono::seconds longest) const = 0;
  /// Sorted by number, never by text; the answer never holds the exception's text.
  virtual StoreError translate(const soci::soci_error& error, bool at_commit) const = 0;
  /// Nothing where the rows of this statement can only be run one by one.
  virtual std::unique_ptr<BulkStatement> prepare_bulk(soci::session& session, std::string_view sql) const = 0;

  /// One program at a time changes a schema; the others wait ten seconds. Throws StoreError.
  virtual std::unique_ptr<SchemaLock> lock_schema(const DatabaseOptions& options) const = 0;
  /// Begins a transaction of the program that changes the schema.
  virtual std::string begin_step() const = 0;
  /// Else every statement about tables commits by itself, and what went before it.
  virtual bool changes_schema_in_transactions() const = 0;
  /// False where there is nothing to open, so that looking must not make it.
  virtual bool exists() const = 0;
  /// The statement that writes a consistent copy to the file `?t`; empty where the system brings its own tools.
  virtual std::string copy_statement() const = 0;
  /// How many bytes the database takes.
  virtual std::string size_question() const = 0;
  /// How many tables have the name `?t`.
  virtual std::string table_exists_question() const = 0;
  /// The name of one table at most, but for those of the system itself.
  virtual std::string any_table_question() const = 0;
  /// Whether a commit is safe on the disk when it returns. Throws StoreError with what is set otherwise.
  virtual void require_durability(soci::session& session) const = 0;
  /// Throws StoreError where the disk of the database is known to have no room for a commit.
  virtual void require_room() const = 0;
};

/// For any address that parse_database_address() knows. Throws std::runtime_error for others.
std::unique_ptr<Dialect> make_dialect(const std::string& url, const DatabaseOptions& options);

}  // namespace xueji::sql

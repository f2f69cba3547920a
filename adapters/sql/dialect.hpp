// What differs between database systems, in one place. Everything else in this room is written in the SQL that
// SQLite and MariaDB share.
#pragma once
#include <soci/soci.h>

#include <memory>
#include <string>
#include <string_view>

#include "adapters/sql/database.hpp"

namespace xueji::sql {

class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual void connect(soci::session& session, bool writes, const DatabaseOptions& options) const = 0;
  /// Column types and clauses of migrations: `{id}` an integer primary key, `{long_text}`, `{clustered}` after a table
  /// keyed by its primary key, `{where X is present}` after a unique index that rows without X stay out of.
  virtual std::string expand(std::string_view ddl) const = 0;
  virtual std::string begin_write() const = 0;
  virtual std::string begin_read() const = 0;
  /// Sorted by number, never by text; the answer never holds the exception's text.
  virtual StoreError translate(const soci::soci_error& error, bool at_commit) const = 0;
  /// The statement that writes a consistent copy to the file `?t`; empty where the system brings its own tools.
  virtual std::string copy_statement() const = 0;
  /// How many bytes the database takes.
  virtual std::string size_question() const = 0;
  /// Tables that exist, for a first look at a database.
  virtual std::string table_exists_question() const = 0;
};

/// For `sqlite:` addresses. Throws std::runtime_error for others.
std::unique_ptr<Dialect> make_dialect(const std::string& url);
/// The file of a `sqlite:` address. Throws std::runtime_error for others.
std::string sqlite_file(const std::string& url);

}  // namespace xueji::sql

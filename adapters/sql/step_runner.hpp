// Carries out one step of the schema, from its beginning or from where it broke off.
#pragma once
#include "adapters/sql/database.hpp"
#include "adapters/sql/schema_steps.hpp"
#include "adapters/sql/session.hpp"

namespace xueji::sql {

class StepRunner {
 public:
  /// The session is one of SessionUse::schema, outside a transaction, and of no use after an exception.
  StepRunner(Session& session, const MigrationProgress& progress) : session_(session), progress_(progress) {}
  /// Where a schema changes within transactions (SQLite), statements in a row take effect together with the end of the
  /// step, or not at all; elsewhere each that is done is noted, and one that was cut off is run again. Throws
  /// StoreError that names the step, std::runtime_error where the step that broke off was another.
  void run(const SchemaStep& step);

 private:
  struct Position {
    std::size_t part = 0;  ///< so many parts are done
    std::string cursor;    ///< within the next one
    std::int64_t done = 0, all = 0;
  };
  class Transaction;

  void run_parts(const SchemaStep& step);
  Position position_of(const SchemaStep& step);
  void run_statements(const SchemaStep& step, std::size_t from, std::size_t to);
  void run_part(const StepPart& part);
  void rebuild(const Rebuild& rebuild);
  void run_slices(const SchemaStep& step, Position& position);
  void check_foreign_keys();
  void note(const SchemaStep& step, const Position& position);
  void forget(const SchemaStep& step);
  void finish(const SchemaStep& step);
  void tell(const SchemaStep& step, const Position& position) const;

  Session& session_;
  const MigrationProgress& progress_;
  bool notes_ = false;  ///< the table of progress is there
};

}  // namespace xueji::sql

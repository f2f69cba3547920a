#include "adapters/sql/step_runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace xueji::sql {
/// Undone unless committed.
class StepRunner::Transaction {
 public:
  explicit Transaction(Session& session) : session_(session) { session_.execute(session_.dialect().begin_step()); }
  ~Transaction() {
    try {
      if (open_) session_.execute("ROLLBACK");
    } catch (const std::exception&) {
      // The session is closed after an exception, which undoes it too.
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    session_.execute("COMMIT", true);
    open_ = false;
  }

 private:
  Session& session_;
  bool open_ = true;
};

void StepRunner::run(const SchemaStep& step) {
  try {
    run_parts(step);
  } catch (const StoreError& error) {
    throw StoreError(error.kind, fmt::format("schema step {}: {}", title(step), error.what()));
  }
}

void StepRunner::run_parts(const SchemaStep& step) {
  notes_ = session_.has_table("schema_progress");
  Position position = position_of(step);
  tell(step, position);
  for (;;) {
    const auto begin = step.parts.begin();
    const auto next = std::ranges::find_if(begin + static_cast<std::ptrdiff_t>(position.part), step.parts.end(),
                                           &StepPart::is_sliced);
    const auto sliced = static_cast<std::size_t>(next - begin);
    if (sliced > position.part || next == step.parts.end()) {
      run_statements(step, position.part, sliced);
      position = {sliced, {}, 0, 0};
    }
    if (next == step.parts.end()) return;
    run_slices(step, position);
  }
}

StepRunner::Position StepRunner::position_of(const SchemaStep& step) {
  if (!notes_) {
    if (std::ranges::any_of(step.parts.begin(), step.parts.end(), &StepPart::is_sliced))
      throw std::logic_error("a step in slices before the table that keeps its progress");
    return {};
  }
  auto& row = session_.prepare(
      "SELECT checksum, part, position, rows_done, rows_all FROM schema_progress WHERE version = ?i", "titii");
  if (!row.bind(step.version).one()) return {};
  if (row.text(0) != checksum(step))
    throw std::runtime_error(
        fmt::format("schema step {} was begun with checksum {} but is {} in this program: finish it with the program "
                    "that began it",
                    title(step), row.text(0), checksum(step)));
  return {static_cast<std::size_t>(row.integer(1)), row.text(2), row.integer(3), row.integer(4)};
}

void StepRunner::run_statements(const SchemaStep& step, std::size_t from, std::size_t to) {
  const auto& dialect = session_.dialect();
  const auto parts = std::span(step.parts).subspan(from, to - from);
  const bool rebuilds = dialect.changes_schema_in_transactions() &&
                        std::ranges::any_of(parts.begin(), parts.end(), &StepPart::is_rebuild);
  if (rebuilds) session_.execute("PRAGMA foreign_keys = OFF");
  {
    Transaction transaction(session_);
    for (std::size_t at = from; at < to; ++at) {
      run_part(step.parts[at]);
      if (!dialect.changes_schema_in_transactions()) note(step, {at + 1, {}, 0, 0});
    }
    if (rebuilds) check_foreign_keys();
    if (to == step.parts.size())
      finish(step);
    else
      note(step, {to, {}, 0, 0});
    transaction.commit();
  }
  if (rebuilds) session_.execute("PRAGMA foreign_keys = ON");
}

void StepRunner::run_part(const StepPart& part) {
  if (part.is_rebuild()) return rebuild(part.rebuild);
  const auto statement = session_.dialect().expand(part.statement);
  if (!statement.empty()) session_.execute(statement);
}

void StepRunner::rebuild(const Rebuild& rebuild) {
  if (!session_.dialect().changes_schema_in_transactions()) return;
  const std::string table{rebuild.table}, anew = "new_" + table;
  const std::string makes = "CREATE TABLE " + table;
  if (!rebuild.create.starts_with(makes)) throw std::logic_error("a table rebuilt under another name");
  session_.execute(
      session_.dialect().expand("CREATE TABLE " + anew + std::string(rebuild.create.substr(makes.size()))));
  session_.execute(fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}", anew, rebuild.columns, rebuild.values, table));
  session_.execute("DROP TABLE " + table);
  session_.execute(fmt::format("ALTER TABLE {} RENAME TO {}", anew, table));
}

void StepRunner::check_foreign_keys() {
  auto& row = session_.prepare("SELECT COUNT(*), MIN(\"table\") FROM pragma_foreign_key_check()", "it");
  if (row.one() && row.integer(0) > 0)
    throw std::runtime_error(fmt::format("{} row(s), the first in `{}`, would refer to nothing: nothing was changed",
                                         row.integer(0), row.text(1)));
}

void StepRunner::run_slices(const SchemaStep& step, Position& position) {
  const auto& work = step.parts[position.part].work;
  if (position.cursor.empty()) position.all = work.count(session_);
  for (bool more = true; more;) {
    Transaction transaction(session_);
    auto slice = work.next(session_, position.cursor);
    if (!slice.is_last && slice.cursor == position.cursor) throw std::logic_error("a slice that does not move on");
    position.cursor = std::move(slice.cursor);
    position.done += slice.rows;
    more = !slice.is_last;
    note(step, more ? position : Position{position.part + 1, {}, 0, 0});
    transaction.commit();
    tell(step, position);
  }
  position = {position.part + 1, {}, 0, 0};
}

void StepRunner::forget(const SchemaStep& step) {
  session_.prepare("DELETE FROM schema_progress WHERE version = ?i").bind(step.version).run();
}

void StepRunner::note(const SchemaStep& step, const Position& position) {
  if (!notes_) return;
  forget(step);
  session_
      .prepare(
          "INSERT INTO schema_progress (version, checksum, part, position, rows_done, rows_all) "
          "VALUES (?i, ?t, ?i, ?t, ?i, ?i)")
      .bind(step.version, checksum(step), position.part, position.cursor, position.done, position.all)
      .run();
}

void StepRunner::finish(const SchemaStep& step) {
  if (notes_) forget(step);
  const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  session_.prepare("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?i, ?t, ?t, ?i)")
      .bind(step.version, step.name, checksum(step), now)
      .run();
}

void StepRunner::tell(const SchemaStep& step, const Position& position) const {
  if (progress_) progress_({title(step), position.done, position.all});
}

}  // namespace xueji::sql

#include "adapters/sql/copy_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/database_address.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/table_reader.hpp"

namespace xueji {
namespace {

using sql::Connections;
using sql::Session;
using sql::Table;

constexpr std::size_t page_rows = 2000;
constexpr std::int64_t readings_of_a_row = 3;

std::int64_t count_rows(Session& session, const Table& table) {
  auto& row = session.prepare("SELECT COUNT(*) FROM " + table.name, "i");
  row.one();
  return row.integer(0);
}

void require_current_schema(Session& session) {
  if (!sql::lacking_steps(session, sql::schema_steps()).applied.empty())
    throw std::runtime_error("the database lacks schema steps: run `xueji migrate` first");
}

/// Throws unless there is nothing in it but perhaps the tables of this very schema.
void require_empty(Session& session, const std::vector<Table>& tables) {
  sql::lacking_steps(session, sql::schema_steps());
  for (const auto& table : tables) {
    if (session.has_table(table.name) && count_rows(session, table) > 0)
      throw std::runtime_error("the target is not empty: its table `" + table.name +
                               "` holds rows; name a database with nothing in it");
  }
}

void set_mark(Session& session) {
  session.prepare("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?i, ?t, ?t, ?i)")
      .bind(sql::unfinished_copy, "a copy is under way", "", 0)
      .run();
}

class Copier {
 public:
  Copier(const DatabaseEnd& from, const DatabaseEnd& to, const CopyProgress& progress)
      : from_(from.url, from.options),
        to_(to.url, to.options),
        progress_(progress),
        tables_(sql::tables_made_by(sql::schema_steps())) {}

  std::vector<CopiedTable> run() {
    const Connections::Reading source(from_);
    require_current_schema(*source);
    prepare_target();
    for (const auto& table : tables_) rows_ += count_rows(*source, table);
    for (const auto& table : tables_) copy(*source, table);
    auto copied = compare(*source);
    if (std::all_of(copied.begin(), copied.end(), [](const CopiedTable& each) { return each.from == each.to; }))
      remove_mark();
    return copied;
  }

 private:
  void prepare_target() {
    if (to_.dialect().exists()) {
      Session looking(to_.dialect(), sql::SessionUse::read, to_.options());
      require_empty(looking, tables_);
    }
    Connections::Migrating migrating(to_);
    require_empty(*migrating, tables_);
    sql::migrate(*migrating, sql::schema_steps(), {});
    set_mark(*migrating);
  }

  void copy(Session& source, const Table& table) {
    std::string parameters;
    for (const auto& column : table.columns)
      parameters += (parameters.empty() ? "?" : ", ?") + std::string{column.kind};
    const auto insert = fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, table.column_list(), parameters);
    sql::TableReader reader(source, table, page_rows);
    for (auto rows = reader.next(); !rows.empty(); rows = reader.next()) {
      std::vector<sql::Value> values;
      values.reserve(rows.size() * table.columns.size());
      for (auto& row : rows) std::move(row.begin(), row.end(), std::back_inserter(values));
      Connections::Writing target(to_);
      target->run_rows(insert, table.columns.size(), values);
      target.commit();
      tell(static_cast<std::int64_t>(rows.size()));
    }
  }

  std::vector<CopiedTable> compare(Session& source) {
    const Connections::Reading target(to_);
    std::vector<CopiedTable> copied;
    const auto side = [&](Session& session, const Table& table) {
      auto digest = sql::digest_of(session, table, [this](std::int64_t rows) { tell(rows); });
      return CopiedTable::Side{digest.rows, std::move(digest.sha256)};
    };
    for (const auto& table : tables_) copied.push_back({table.name, side(source, table), side(*target, table)});
    return copied;
  }

  void remove_mark() {
    Connections::Writing target(to_);
    target->prepare("DELETE FROM schema_migration WHERE version = ?i").bind(sql::unfinished_copy).run();
    target.commit();
  }

  void tell(std::int64_t rows) {
    done_ += rows;
    progress_(done_, rows_ * readings_of_a_row);
  }

  Connections from_, to_;
  const CopyProgress& progress_;
  const std::vector<Table> tables_;
  std::int64_t rows_ = 0, done_ = 0;
};

}  // namespace

std::vector<CopiedTable> copy_database(const DatabaseEnd& from, const DatabaseEnd& to, const CopyProgress& progress) {
  if (!sql::make_dialect(from.url, from.options)->exists())
    throw std::runtime_error("there is no database at the configured address");
  return Copier(from, to, progress).run();
}

}  // namespace xueji

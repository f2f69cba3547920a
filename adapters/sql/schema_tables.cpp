#include "adapters/sql/schema_tables.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "adapters/sql/dialects.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/session.hpp"

namespace xueji::sql {
namespace {

char kind_of(std::string_view type) {
  if (type == "TEXT" || type.starts_with("VARCHAR")) return 't';
  if (type == "BIGINT" || type == "INTEGER") return 'i';
  throw std::logic_error("a column is neither number nor text but " + std::string(type));
}

/// Oldest first; a table that was rebuilt counts as new.
std::vector<std::string> names_of_tables(Session& session) {
  std::vector<std::string> names;
  auto& rows = session.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('schema_migration', 'schema_progress') "
      "ORDER BY rowid",
      "t");
  rows.each([&] { names.push_back(rows.text(0)); });
  return names;
}

Table table_named(Session& session, const std::string& name) {
  Table table{name, {}, {}};
  std::vector<std::pair<long long, std::size_t>> key;
  auto& rows = session.prepare("SELECT name, type, pk FROM pragma_table_info(?t) ORDER BY cid", "tti");
  rows.bind(name).each([&] {
    if (rows.integer(2) > 0) key.emplace_back(rows.integer(2), table.columns.size());
    table.columns.push_back({rows.text(0), kind_of(rows.text(1))});
  });
  std::sort(key.begin(), key.end());
  for (const auto& [place, column] : key) table.key.push_back(column);
  if (table.key.empty()) throw std::logic_error("a table without a primary key: " + name);
  return table;
}

std::set<std::string> referred_to(Session& session, const std::string& name) {
  std::set<std::string> names;
  auto& rows = session.prepare("SELECT \"table\" FROM pragma_foreign_key_list(?t)", "t");
  rows.bind(name).each([&] {
    if (rows.text(0) != name) names.insert(rows.text(0));
  });
  return names;
}

}  // namespace

std::string Table::column_list() const {
  std::string list;
  for (const auto& column : columns) list += (list.empty() ? "" : ", ") + column.name;
  return list;
}

std::string Table::kinds() const {
  std::string kinds;
  for (const auto& column : columns) kinds += column.kind;
  return kinds;
}

std::vector<Table> tables_made_by(std::span<const SchemaStep> steps) {
  const auto dialect = make_sqlite_dialect({":memory:"});
  Session session(*dialect, SessionUse::schema, {});
  migrate(session, steps, {});
  std::vector<Table> tables;
  std::set<std::string> placed;
  auto waiting = names_of_tables(session);
  while (!waiting.empty()) {
    const auto next = std::find_if(waiting.begin(), waiting.end(), [&](const std::string& name) {
      const auto needed = referred_to(session, name);
      return std::includes(placed.begin(), placed.end(), needed.begin(), needed.end());
    });
    if (next == waiting.end())
      throw std::logic_error("tables that refer to each other in a circle: " + waiting.front());
    tables.push_back(table_named(session, *next));
    placed.insert(*next);
    waiting.erase(next);
  }
  return tables;
}

}  // namespace xueji::sql

#include "adapters/sql/schema_tables.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace xueji::sql {
namespace {

constexpr std::string_view makes_table = "CREATE TABLE ";
constexpr std::string_view names_key = "PRIMARY KEY (";

std::logic_error unreadable(std::string_view line) {
  return std::logic_error("the columns can't be read from: " + std::string(line));
}

char kind_of(std::string_view type) {
  for (const std::string_view text : {"VARCHAR", "{long_text}"})
    if (type.starts_with(text)) return 't';
  for (const std::string_view integer : {"BIGINT", "{id}"})
    if (type.starts_with(integer)) return 'i';
  throw unreadable(type);
}

std::size_t column_named(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  if (found == table.columns.end()) throw unreadable(name);
  return static_cast<std::size_t>(found - table.columns.begin());
}

void read_key(Table& table, std::string_view line) {
  const auto from = names_key.size();
  std::istringstream names{std::string(line.substr(from, line.find(')') - from))};
  for (std::string name; std::getline(names >> std::ws, name, ',');) table.key.push_back(column_named(table, name));
}

void read_column(Table& table, std::string_view line) {
  const auto space = line.find(' ');
  if (space == std::string_view::npos) throw unreadable(line);
  const auto type = line.substr(space + 1);
  table.columns.push_back({std::string(line.substr(0, space)), kind_of(type)});
  if (type.starts_with("{id}") || type.find(" PRIMARY KEY") != std::string_view::npos)
    table.key.push_back(table.columns.size() - 1);
}

/// The steps write one column a line.
Table read_table(std::string_view statement) {
  std::istringstream lines{std::string(statement.substr(makes_table.size()))};
  Table table;
  lines >> table.name;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines >> std::ws, line)) {
    if (line.starts_with(names_key))
      read_key(table, line);
    else
      read_column(table, line);
  }
  if (table.key.empty()) throw unreadable(statement);
  return table;
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

std::vector<Table> tables_made_by(std::span<const Migration> steps) {
  std::vector<Table> tables;
  for (const auto& step : steps)
    for (const auto statement : step.statements) {
      if (statement.starts_with("ALTER TABLE ")) throw unreadable(statement);
      if (statement.starts_with(makes_table)) tables.push_back(read_table(statement));
    }
  std::erase_if(tables, [](const Table& table) { return table.name == "schema_migration"; });
  return tables;
}

}  // namespace xueji::sql

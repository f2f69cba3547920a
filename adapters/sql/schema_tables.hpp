// The tables with their columns, as the steps of the schema make them: for what goes over whole tables, whatever they
// hold.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "adapters/sql/schema_steps.hpp"

namespace xueji::sql {

struct Column {
  std::string name;
  char kind = 'i';  ///< `i` integer, `t` text, as Session::prepare() has them
  bool operator==(const Column&) const = default;
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::size_t> key;  ///< columns of the primary key, in its order
  std::string column_list() const;
  std::string kinds() const;
};

/// In an order in which each comes after those that it refers to; those of the steps themselves are left out. Carries
/// the steps out in a database in memory and asks its catalogue. Throws std::logic_error for a type of column that is
/// neither number nor text.
std::vector<Table> tables_made_by(std::span<const SchemaStep> steps);

}  // namespace xueji::sql

// The tables with their columns, read from the migrations: for what goes over whole tables, whatever they hold.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "adapters/sql/migrations.hpp"

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

/// In the order in which the steps make them, so that each comes after those that it refers to; that of the steps
/// themselves is left out. Throws std::logic_error for a statement that it can't read.
std::vector<Table> tables_made_by(std::span<const Migration> steps);

}  // namespace xueji::sql

// Tables as spreadsheets write them: CSV (RFC 4180) or, where the first line holds a tab, TSV.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/position.hpp"
#include "engine/base/text.hpp"

namespace xueji {

struct TableCell {
  std::string text;
  int column = 1;  ///< of its first character, from 1
};

struct TableRow {
  int line = 0;
  std::map<std::string, TableCell, std::less<>> cells;      ///< by the heading of the column
  const std::string& text(std::string_view heading) const;  ///< empty where the table has no such column
  Position position(std::string_view heading) const;
};

/// What is wrong with a cell or a row, and what to do.
struct TableFault {
  Position position;
  Text what, advice;
  /// `file:line:column: error: what; advice` and, on a line of its own below, the same in Chinese.
  std::string to_string(const std::string& file) const;
};

struct Table {
  std::vector<TableRow> rows;
  std::vector<TableFault> faults;
};

/// UTF-8 as decode_table() gives it. Faults: headings that are unknown, missing or repeated, after which no row is
/// read; cells that are no clean text, rows with text behind their last column, quotes that do not end or end within a
/// cell, and then the other rows are read all the same. `optional` headings may be left out. Cells that a row lacks at
/// its end are empty. Rows without any text are passed over, and so are columns at the end that have no heading.
Table read_table(std::string_view text, const std::vector<std::string>& required,
                 const std::vector<std::string>& optional);

/// The headings of the first line, to tell one kind of table from another.
std::vector<std::string> table_headings(std::string_view text);

}  // namespace xueji

// Tables as spreadsheets write them: CSV (RFC 4180) or, where the first line holds a tab, TSV. UTF-8.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/place.hpp"

namespace xueji {

struct TableCell {
  std::string text;
  int column = 1;  ///< of its first character, from 1
};

struct TableRow {
  int line = 0;
  std::map<std::string, TableCell, std::less<>> cells;      ///< by the heading of the column
  const std::string& text(std::string_view heading) const;  ///< empty where the table has no such column
  Place place(std::string_view heading) const;
};

/// Faults: text that is no clean UTF-8, headings that are unknown, missing or repeated, rows with more or fewer cells,
/// quotes that do not end. `optional` headings may be left out. Rows without any text are passed over.
std::variant<std::vector<TableRow>, std::vector<Fault>> read_table(std::string_view text, const std::string& file,
                                                                   const std::vector<std::string>& required,
                                                                   const std::vector<std::string>& optional);

/// The headings of the first line, to tell one kind of table from another.
std::vector<std::string> table_headings(std::string_view text);

}  // namespace xueji

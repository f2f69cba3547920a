// A table of texts as a file for spreadsheets, CSV or XLSX. No cell is ever taken for a formula.
#pragma once
#include <string>
#include <vector>

namespace xueji::web {

using Line = std::vector<std::string>;

struct Table {
  Line titles;
  std::vector<Line> lines;
};

/// UTF-8 with a byte order mark, every cell quoted, lines ended by CR LF. A cell that begins with `=`, `+`, `-`, `@`,
/// tab or CR gets an apostrophe before it.
std::string to_csv(const Table& table);
/// One sheet of inline texts.
std::string to_xlsx(const Table& table);

}  // namespace xueji::web

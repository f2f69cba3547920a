#include "web/server/csv.hpp"

namespace xueji::web {
namespace {

void append_cell(std::string& csv, std::string_view cell) {
  const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
  csv += '"';
  if (formula) csv += '\'';
  for (const char c : cell) {
    if (c == '"') csv += '"';
    csv += c;
  }
  csv += '"';
}

}  // namespace

void append_csv_line(std::string& csv, std::span<const std::string> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) csv += ',';
    append_cell(csv, cells[i]);
  }
  csv += "\r\n";
}

}  // namespace xueji::web

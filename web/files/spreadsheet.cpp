#include "web/files/spreadsheet.hpp"

#include "engine/base/markup.hpp"
#include "web/files/pages.hpp"
#include "web/files/zip_archive.hpp"

namespace xueji::web {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view xml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view content_types =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)";
constexpr std::string_view package_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
constexpr std::string_view workbook =
    R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="xueji" sheetId="1" r:id="rId1"/></sheets></workbook>)";
constexpr std::string_view workbook_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)";

void append_csv_line(std::string& csv, const Line& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::string& cell = line[i];
    const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
    csv += i > 0 ? ",\"" : "\"";
    if (formula) csv += '\'';
    for (const char c : cell) {
      if (c == '"') csv += '"';
      csv += c;
    }
    csv += '"';
  }
  csv += "\r\n";
}

void append_row(std::string& sheet, const Line& line) {
  sheet += "<row>";
  for (const auto& cell : line)
    sheet.append(R"(<c t="inlineStr"><is><t xml:space="preserve">)")
        .append(escape_markup(cell))
        .append("</t></is></c>");
  sheet += "</row>";
}

}  // namespace

std::string to_csv(const Table& table) {
  std::string csv(byte_order_mark);
  append_csv_line(csv, table.titles);
  for (const Line& line : table.lines) append_csv_line(csv, line);
  return csv;
}

std::string to_xlsx(const Table& table) {
  std::string sheet(xml);
  sheet += R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>)";
  append_row(sheet, table.titles);
  for (const Line& line : table.lines) append_row(sheet, line);
  sheet += "</sheetData></worksheet>";
  ZipArchive archive;
  const auto add = [&](std::string_view name, std::string_view content) {
    archive.add(name, std::string(xml).append(content));
  };
  add("[Content_Types].xml", content_types);
  add("_rels/.rels", package_relations);
  add("xl/workbook.xml", workbook);
  add("xl/_rels/workbook.xml.rels", workbook_relations);
  archive.add("xl/worksheets/sheet1.xml", sheet);
  return archive.take();
}

}  // namespace xueji::web

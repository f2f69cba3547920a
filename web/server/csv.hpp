// CSV that spreadsheets open as it was meant: UTF-8 with a byte order mark, and no cell that is taken for a formula.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace xueji::web {

inline constexpr std::string_view csv_begin = "\xEF\xBB\xBF";

/// Appends one line, ended by CR LF. A cell that begins with `=`, `+`, `-`, `@`, tab or CR gets an apostrophe before
/// it.
void append_csv_line(std::string& csv, std::span<const std::string> cells);

}  // namespace xueji::web

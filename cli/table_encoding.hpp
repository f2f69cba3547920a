// The characters of a table, whichever way its spreadsheet has saved them.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "engine/base/text.hpp"

namespace xueji {

struct DecodedTable {
  std::string text;  ///< UTF-8 without a byte-order mark, lines ended by LF or CRLF
  Text encoding;     ///< what it was read as, for people; empty for UTF-8
};

/// What can't be read as text, and what to do.
struct UnreadTable {
  Text what, advice;
};

/// By its byte-order mark UTF-8 or UTF-16 of either order; without one UTF-8, or GB 18030 where that is beyond doubt:
/// no byte is out of place, and nine in ten of the characters are among the 3,755 commonest (GB 2312, level 1). So
/// Big5, Shift JIS and a damaged UTF-8 are never taken for it. Where UTF-8 is damaged the text is handed on as it is,
/// for its cells to be told by row and column.
std::variant<DecodedTable, UnreadTable> decode_table(std::string_view bytes);

}  // namespace xueji

// A year's holidays put into the text of a calendar, as `xueji calendar add` does.
#pragma once
#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/position.hpp"

namespace xueji {

struct NamedText {
  std::string file;
  std::string text;
};

struct CalendarAddition {
  std::string text;                      ///< of the calendar then; all that stood in it stays, comments too
  std::vector<std::chrono::year> added;  ///< in order
  std::vector<std::chrono::year> there;  ///< that stood in it already, with the same days
};

/// `years` is a calendar with `format` and `holidays` only, each year with its `source`. A year that stands in the
/// calendar with other days is a fault that names them.
std::variant<CalendarAddition, std::vector<Fault>> with_years(const NamedText& calendar, const NamedText& years);

}  // namespace xueji

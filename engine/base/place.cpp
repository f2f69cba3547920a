#include "engine/base/place.hpp"

#include <fmt/format.h>

namespace xueji {

std::string Fault::to_string(std::string_view severity) const {
  if (place.line == 0) return fmt::format("{}: {}: {}; {}", file, severity, what, advice);
  return fmt::format("{}:{}:{}: {}: {}; {}", file, place.line, place.column, severity, what, advice);
}

}  // namespace xueji

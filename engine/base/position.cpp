#include "engine/base/position.hpp"

#include <fmt/format.h>

namespace xueji {

std::string Fault::to_string(std::string_view severity) const {
  if (position.line == 0) return fmt::format("{}: {}: {}; {}", file, severity, what, advice);
  return fmt::format("{}:{}:{}: {}: {}; {}", file, position.line, position.column, severity, what, advice);
}

}  // namespace xueji

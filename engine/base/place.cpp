#include "engine/base/place.hpp"

#include <fmt/format.h>

namespace xueji {

std::string Fault::to_string() const {
  if (place.line == 0) return fmt::format("{}: error: {}; {}", file, what, advice);
  return fmt::format("{}:{}:{}: error: {}; {}", file, place.line, place.column, what, advice);
}

}  // namespace xueji

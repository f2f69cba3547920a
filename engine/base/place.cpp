#include "engine/base/place.hpp"

#include <fmt/format.h>

namespace xueji {

std::string Fault::to_string() const {
  return fmt::format("{}:{}:{}: error: {}; {}", file, place.line, place.column, what, advice);
}

}  // namespace xueji

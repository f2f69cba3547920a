#include "engine/machine/command.hpp"

#include <type_traits>

namespace xueji {

RequestId request_of(const Command& command) {
  return std::visit(
      [](const auto& what) {
        if constexpr (std::is_same_v<std::decay_t<decltype(what)>, Open>)
          return RequestId{};
        else
          return what.request;
      },
      command.what);
}

}  // namespace xueji

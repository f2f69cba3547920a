#include "cli/bench/names.hpp"

namespace xueji::bench {

std::string name_of(std::string_view family, std::size_t number) {
  std::string name(family);
  for (std::size_t rest = number, place = 0; place < 2; ++place, rest /= 512) {
    const auto point = static_cast<unsigned>(0x4e00 + rest % 512);
    name += {static_cast<char>(0xe0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3f)),
             static_cast<char>(0x80 | (point & 0x3f))};
  }
  return name;
}

}  // namespace xueji::bench

// Round numbers for the axes of a picture.
#pragma once
#include <cmath>
#include <cstdint>
#include <string>

namespace xueji {

/// 1, 2 or 5 times a power of ten, so that about `ticks` steps reach `most`.
inline double tick_step(double most, int ticks) {
  const double rough = most / ticks;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double times = rough / power;
  return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

/// `12,345`
inline std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3)
    text.insert(static_cast<std::size_t>(place), 1, ',');
  return text;
}

}  // namespace xueji

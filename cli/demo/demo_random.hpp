// Chance that repeats itself: the same on every machine and with every standard library.
#pragma once
#include <cstdint>
#include <random>
#include <span>

namespace xueji::demo {

class DemoRandom {
 public:
  explicit DemoRandom(std::uint32_t seed) : engine_(seed) {}
  /// From 0 to `bound` - 1.
  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool one_in(std::size_t many) { return below(many) == 0; }
  template <class Range>
  const auto& pick(const Range& range) {
    return range[below(std::size(range))];
  }

 private:
  std::mt19937 engine_;
};

}  // namespace xueji::demo

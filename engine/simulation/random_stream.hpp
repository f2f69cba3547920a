// Chance by a seed: the same seed gives the same numbers on every machine, which the standard's distributions don't.
#pragma once
#include <cmath>
#include <cstdint>
#include <random>

namespace xueji {

class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed) : generator_(seed) {}

  /// From 0 up to, not including, 1.
  double share() { return static_cast<double>(generator_() >> 11) * 0x1.0p-53; }
  /// From 0 up to, not including, `bound`.
  std::uint64_t below(std::uint64_t bound) { return static_cast<std::uint64_t>(share() * static_cast<double>(bound)); }
  double exponential(double mean) { return -mean * std::log1p(-share()); }

 private:
  std::mt19937_64 generator_;
};

}  // namespace xueji

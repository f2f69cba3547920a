// Token buckets by name: how often somebody may do something.
#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/ports/clock.hpp"

namespace xueji::web {

/// Safe from any thread; never blocks for long.
class RateLimiter {
 public:
  RateLimiter(double per_second, double burst);
  /// Takes one; when none is left, the seconds until there is one again (at least 1).
  std::optional<std::int64_t> take(const std::string& name, SteadyTime now);
  /// Gives one back, for what turned out not to count.
  void give_back(const std::string& name);
  std::size_t size() const;

 private:
  struct Bucket {
    double tokens;
    SteadyTime at;
  };
  void forget_full(SteadyTime now);

  const double per_second_;
  const double burst_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

inline constexpr std::size_t rate_limiter_names_max = 100'000;

}  // namespace xueji::web

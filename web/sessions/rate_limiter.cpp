#include "web/sessions/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace xueji::web {
namespace {

/// None where another thread was here later with an earlier moment.
double seconds_between(SteadyTime earlier, SteadyTime later) {
  return std::max(0.0, std::chrono::duration<double>(later - earlier).count());
}

}  // namespace

RateLimiter::RateLimiter(double per_second, double burst) : per_second_(per_second), burst_(std::max(burst, 1.0)) {}

std::optional<std::int64_t> RateLimiter::take(const std::string& name, SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= rate_limiter_names_max && !buckets_.contains(name)) forget_full(now);
  auto& bucket = buckets_.try_emplace(name, Bucket{burst_, now}).first->second;
  bucket.tokens = std::min(burst_, bucket.tokens + seconds_between(bucket.at, now) * per_second_);
  bucket.at = std::max(bucket.at, now);
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  return std::max<std::int64_t>(1, std::llround(std::ceil((1 - bucket.tokens) / per_second_)));
}

void RateLimiter::give_back(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (const auto found = buckets_.find(name); found != buckets_.end())
    found->second.tokens = std::min(burst_, found->second.tokens + 1);
}

std::size_t RateLimiter::size() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

/// Those who could do as much as a stranger; when nobody could, everybody is forgotten rather than memory used up.
void RateLimiter::forget_full(SteadyTime now) {
  std::erase_if(buckets_, [&](const auto& named) {
    return named.second.tokens + seconds_between(named.second.at, now) * per_second_ >= burst_;
  });
  if (buckets_.size() >= rate_limiter_names_max) buckets_.clear();
}

}  // namespace xueji::web

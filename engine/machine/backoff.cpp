#include "engine/machine/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace xueji {

std::chrono::microseconds pause_before_retry(const Backoff& backoff, int attempt) {
  const double first = static_cast<double>(backoff.first.count());
  const double most = static_cast<double>(backoff.at_most.count());
  const double seconds = std::min(most, first * std::pow(backoff.factor, attempt));
  return std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6));
}

bool is_put_off(const Token& token, const Backoff& backoff, Instant now) {
  if (!token.timer) return false;
  return *token.timer >
         now + (token.attempts > 0 ? pause_before_retry(backoff, token.attempts - 1) : Instant::duration{});
}

}  // namespace xueji

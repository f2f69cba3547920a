// When a check that was not answered is asked again.
#pragma once
#include <chrono>

#include "engine/machine/request.hpp"

namespace xueji {

/// How long after an attempt the next one follows; the first is number 0.
std::chrono::microseconds pause_before_retry(const Backoff& backoff, int attempt);

/// Whether the next attempt of a check lies further ahead than any pause could have put it: the clock was set back.
bool is_put_off(const Token& token, const Backoff& backoff, Instant now);

}  // namespace xueji

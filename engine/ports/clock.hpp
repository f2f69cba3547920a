// The only sources of time. Safe to call from any thread.
#pragma once
#include "engine/base/time.hpp"

namespace xueji {

/// A moment of a clock that nobody can set.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;

/// What time it is: rules go by it, and what is kept says it. Whoever runs the machine may set it, forward and back.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// How time passes, whatever the clock is set to: limits of rates and the age of what is remembered go by it. It means
/// nothing outside this process.
class SteadyClock {
 public:
  virtual ~SteadyClock() = default;
  virtual SteadyTime now() const = 0;
};

}  // namespace xueji

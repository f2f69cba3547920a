#pragma once
#include <atomic>

#include "engine/ports/clock.hpp"

namespace xueji::demo {

/// Stands still until it is set.
class DrivenClock : public Clock {
 public:
  Instant now() const override { return Instant{std::chrono::microseconds{microseconds_.load()}}; }
  void set(Instant now) { microseconds_ = now.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> microseconds_{0};
};

}  // namespace xueji::demo

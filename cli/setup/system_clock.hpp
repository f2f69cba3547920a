#pragma once
#include "engine/ports/clock.hpp"

namespace xueji {

/// The machine's own time.
class SystemClock : public Clock {
 public:
  Instant now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace xueji

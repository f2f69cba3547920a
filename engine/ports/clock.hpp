#pragma once
#include "engine/base/time.hpp"

namespace xueji {

/// The only source of "now". Safe to call from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

}  // namespace xueji

// A request about several thousand students, opened, approved and carried out beside officers at work.
#pragma once
#include "cli/bench/bench_world.hpp"
#include "cli/bench/live_load.hpp"

namespace xueji::bench {

struct BesideBatch {
  LiveResult alone;            ///< the officers without it
  LiveResult beside;           ///< with it
  double seconds = 0;          ///< from opening the batch to its outcome
  double opening_seconds = 0;  ///< of it, until it was opened and submitted
};

/// The officers' acts are played in two halves, the second beside the batch. Throws std::runtime_error where the batch
/// is not completed.
BesideBatch drive_beside_batch(std::uint16_t port, const LivePlan& officers, const WholeClass& pupils);

}  // namespace xueji::bench

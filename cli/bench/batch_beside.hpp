// Requests about several thousand students, opened, approved and carried out beside officers at work.
#pragma once
#include <span>
#include <vector>

#include "cli/bench/bench_world.hpp"
#include "cli/bench/live_load.hpp"

namespace xueji::bench {

/// What differs from one time to the next: the machine's disk stalls, and one such moment makes the p99 of seconds.
struct Fluctuation {
  double least = 0, median = 0, greatest = 0;
};
/// Zeros for none.
Fluctuation fluctuation_of(std::vector<double> figures);

struct BesideBatch {
  std::vector<double> alone_p99_ms;   ///< of the officers' answers without a batch, one for each window
  std::vector<double> beside_p99_ms;  ///< with one that was being opened, approved or carried out
  std::vector<double> seconds;        ///< of each batch, from opening it to its outcome
  std::vector<double> opening_seconds;
  std::size_t wrong = 0, resyncs = 0;
};

/// For each class in turn: `windows` windows of the officers alone, then a batch about the class is opened, approved
/// and carried out beside as many, fewer where it ends before. The acts are played in equal parts, one each window.
/// Throws std::runtime_error where a batch is not completed.
BesideBatch drive_beside_batches(std::uint16_t port, const LivePlan& officers, std::span<const WholeClass> classes,
                                 std::size_t windows);

}  // namespace xueji::bench

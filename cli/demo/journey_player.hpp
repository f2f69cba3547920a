// Makes the demonstration's requests by real commands, at instants of the past: so their history, hashes, tasks and
// notices are those that people would have left.
#pragma once
#include "cli/demo/demo_world.hpp"
#include "cli/demo/driven_clock.hpp"
#include "engine/ports/evidence_store.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji::demo {

/// What the player acts with; `runtime` and `evidence` take their time from `clock`.
struct Stage {
  Runtime& runtime;
  EvidenceStore& evidence;
  DrivenClock& clock;
  const Directory& directory;
};

/// All acts of all journeys in order of time, and the reminders and escalations that come due between them; the last
/// before `now`. Throws std::logic_error when one is refused.
void play_journeys(const DemoWorld& world, const Stage& stage, Instant now);

}  // namespace xueji::demo

// Runs a scenario: the real decide(), a clock that the steps drive, and timers that come due in between.
#pragma once
#include "engine/registry/calendar.hpp"
#include "engine/scenario/coverage.hpp"
#include "engine/scenario/guard_coverage.hpp"
#include "engine/scenario/scenario.hpp"

namespace xueji {

struct ScenarioVerdict {
  std::vector<Fault> faults;  ///< the first step that went otherwise ends the story; empty when all went as told
  Transitions taken;
  GuardSightings guards;
};

ScenarioVerdict run_scenario(const Scenario& scenario, const Definition& definition, const Calendar& calendar);

}  // namespace xueji

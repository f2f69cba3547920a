// `xueji test PATH...`: runs the scenarios that stand beside definitions.
#pragma once
#include <string>
#include <vector>

namespace xueji {

/// A path is a scenario (`KEY.STORY.scenario.yaml`), a definition with all its scenarios, or a folder of both. Prints
/// TAP with the transitions that were taken, faults to standard error. The business calendar is `calendar.yaml` beside
/// the definitions or in the `config` folder next to theirs; without one only weekends are free. Exit status 0 all as
/// told, 1 a scenario went otherwise, 2 a path is wrong.
int run_scenarios(const std::vector<std::string>& paths);

}  // namespace xueji

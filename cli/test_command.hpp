// `xueji test PATH...`: runs the scenarios that stand beside definitions.
#pragma once
#include <string>
#include <vector>

namespace xueji {

struct ScenarioArguments {
  std::vector<std::string> paths;
  std::string junit;             ///< file for the report as JUnit; empty for none
  bool coverage = false;         ///< name the guards and transitions that no scenario tries
  double required_coverage = 0;  ///< of transitions and of guards of each definition, in hundredths
  std::string calendar{};        ///< file; empty for the one that find_calendar() finds
};

/// A path is a scenario (`KEY.STORY.scenario.yaml`), a definition with all its scenarios, or a folder of both. Prints
/// TAP with the transitions and guards that were tried, faults to standard error. Without a
/// business calendar only weekends are free, and it says so.
/// Exit status 0 all as told, 1 a scenario went otherwise or too little was tried, 2 a path is wrong.
int run_scenarios(const ScenarioArguments& arguments);

}  // namespace xueji

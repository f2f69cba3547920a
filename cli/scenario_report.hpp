// Reports of scenarios, as test runners give them: TAP while they run, JUnit when all are done.
#pragma once
#include <string>
#include <vector>

#include "engine/base/position.hpp"

namespace xueji {

struct ScenarioResult {
  std::string suite;  ///< key of the definition, or its file where it can't be read
  std::string name;
  std::vector<Fault> faults;
  double seconds = 0;
};

/// Prints to standard output; faults also to standard error.
class TapReport {
 public:
  explicit TapReport(std::size_t tests);
  void result(const ScenarioResult& result);
  void comment(const std::string& text);

 private:
  int number_ = 0;
};

/// One suite for each definition, in the order of the results: the XML that Jenkins, GitLab and others read.
std::string to_junit(const std::vector<ScenarioResult>& results);

}  // namespace xueji

// `xueji check PATH...`: reads definitions as the server would, proves what they promise, and says what is wrong.
#pragma once
#include <string>
#include <vector>

#include "engine/ports/clock.hpp"

namespace xueji {

struct CheckArguments {
  std::vector<std::string> paths;
  bool json = false;       ///< one object on standard output instead of lines
  std::string calendar{};  ///< file; empty for the one that find_calendar() finds
};

/// Files, or folders whose *.yaml files are read, scenarios left out. Faults and violations go to standard error, each
/// violation with its shortest path on the line below; a line for each definition and one for all to standard output.
/// The clock says which year's holidays will be needed soon.
/// Returns 0 when all hold, 1 when one does not, 2 when a path cannot be read or holds no definition.
int run_check(const CheckArguments& arguments, const Clock& clock);

}  // namespace xueji

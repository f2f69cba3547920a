// The verifier: proves what a definition promises over everything that can come of it, or shows the shortest way on
// which it does not. Pure; the same definition gives the same answer.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

/// One move of a counter-example: what happened in a state, and where the request then stood.
struct PathStep {
  std::string state;  ///< an active state
  std::string event;  ///< an action, `clear`, `suspect`, `expire`, `elapsed`; `open` for the first
  std::string to;     ///< where the request stands then, branches after `+`
  std::string who;    ///< of the person, where it matters which
};

/// A property that does not hold.
struct Violation {
  std::string
      rule;     ///< slug of the rule, as docs/workflows.md lists them: `unreachable-state`, `no-way-to-an-end`, ...
  Fault fault;  ///< file, place, what, advice
  std::vector<PathStep> path;  ///< the shortest counter-example; empty where none is needed to understand it
};

struct Verification {
  std::vector<Violation> violations;  ///< in the order of the file
  std::size_t states = 0;             ///< abstract states explored, over all kinds of subject
  std::size_t properties = 0;         ///< tried, those violated included
};

/// `calendar` holds the national windows.
Verification verify(const Definition& definition, const Calendar& calendar);

/// `draft -submit-> head_review -approve-> completed`
std::string to_string(const std::vector<PathStep>& path);

}  // namespace xueji

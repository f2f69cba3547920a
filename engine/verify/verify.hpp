// The verifier: proves what a definition promises over everything that can come of it, or shows the shortest way on
// which it does not. Pure; the same definition gives the same answer. docs/proofs.md lists the rules and their limits.
#pragma once
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

/// One move of a counter-example: what happened in a state, and where the request then stood.
struct PathStep {
  std::string state;  ///< an active state; empty for the first step
  std::string event;  ///< an action, `clear`, `suspect`, `expire`, `elapsed`, `chosen`; `open` for the first
  std::string to;     ///< where the request stands then, branches after `+`
  std::string who;    ///< the actor as the author wrote it; empty for the machine
  bool operator==(const PathStep&) const = default;
};

/// A violation keeps a definition from being loaded by a server; a warning is told and keeps nothing.
enum class Severity { violation, warning };
std::string_view to_string(Severity severity);

/// A property that does not hold.
struct Violation {
  std::string rule;            ///< slug of the rule, as docs/proofs.md lists them: `unreachable-state`, …
  Fault fault;                 ///< file, place, what, advice
  std::vector<PathStep> path;  ///< the shortest counter-example; empty where none is needed to understand it
  Severity severity = Severity::violation;
  /// For which data it does not hold, by path of the guard language; empty for a text left empty.
  std::map<std::string, std::string> data;
};

struct Verification {
  std::vector<Violation> violations;  ///< in the order of the file
  std::vector<Violation> warnings;    ///< likewise; these keep nothing from running
  std::size_t states = 0;             ///< abstract states explored, over all kinds of subject
  std::size_t properties = 0;         ///< tried, those violated included
};

/// Abstract states that are explored at most; a definition with more is a violation of `too-large`.
inline constexpr std::size_t abstract_states_max = 400'000;

/// `calendar` holds the national windows. What comes of live requests of the `older` versions that `migrate` names is
/// proved too; for one that is not given there is a warning.
Verification verify(const Definition& definition, const Calendar& calendar,
                    const std::vector<const Definition*>& older = {});

/// Asks for a verification: verify() itself, or whatever keeps its answers or asks it elsewhere and answers the same.
/// May take seconds; may throw ProofEnded.
using Prove = std::function<Verification(const Definition& definition, const Calendar& calendar,
                                         const std::vector<const Definition*>& older)>;

/// Thrown by a Prove that was told to stop.
struct ProofEnded : std::exception {
  const char* what() const noexcept override { return "the proof was ended"; }
};

/// The warning about an older version that was not given.
inline constexpr std::string_view migration_not_proved = "migration-not-proved";

/// With the rule before what is wrong and the path after the advice.
Fault to_fault(const Violation& violation);
/// `file:line:column: error: RULE: what; advice`
std::string to_string(const Violation& violation);
/// `draft -submit-> head_review -approve-> completed`; within branches `-state.event->`.
std::string to_string(const std::vector<PathStep>& path);

}  // namespace xueji

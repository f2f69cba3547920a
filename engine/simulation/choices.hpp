// What people choose in each state, by probability.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

/// Of a decision, what share is what; the rest leads on. Where a state lacks one of them, its share leads on too.
struct Shares {
  double returned = 0.07;     ///< to an earlier state
  double rejected = 0.03;     ///< to an end that is neither completed nor taken back, or stops a branch
  double taken_back = 0.01;   ///< of drafts discarded, and of requests withdrawn while others have them
  double suspect = 0.02;      ///< of checks that answer
  double unavailable = 0.01;  ///< of questions to the machine
};

/// `STATE.ACTION`, `STATE.suspect`, `STATE.completed` of what waits for another request, or `CHOICE.1` for its first
/// way, with its own share, before all others.
using ChosenShares = std::map<std::string, double>;

/// An action with the share of all decisions up to and with it.
struct WeighedAction {
  const Action* action = nullptr;
  double up_to = 0;
};

/// The actions of those who hold the state, in the order of the definition. `when` of an action is not looked at.
/// Where nobody but others (`by`) can act, theirs.
std::vector<WeighedAction> weigh_actions(const Definition& definition, const State& state, const Shares& shares,
                                         const ChosenShares& chosen);

/// Of each way of a choice, the share of all requests up to and with it: alike where nothing is chosen, for what their
/// conditions read is not looked at.
std::vector<double> weigh_ways(const State& choice, const ChosenShares& chosen);

/// Of each way on from another request, the share of all up to and with it: completed where it is neither rejected nor
/// taken back.
std::vector<double> weigh_endings(const State& state, const Shares& shares, const ChosenShares& chosen);

/// What others do to take the request back while it waits in the state; null where nobody can.
const Action* taking_back(const Definition& definition, const State& state);

/// Says what is wrong with the names or sums of `chosen`, and what to write; nothing when all is well.
std::optional<std::string> complaint_about(const ChosenShares& chosen, const Definition& definition);

}  // namespace xueji

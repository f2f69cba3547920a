// Where a request can stand, as keys alone: shared by the machine, which moves requests, and by the verifier, which
// explores where they can come to.
#pragma once
#include <compare>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

struct Configuration {
  std::string state;
  std::vector<std::string> branches;  ///< in a parallel state one for each branch: a state, `join` or `stop`
  auto operator<=>(const Configuration&) const = default;
};

/// As a request begins.
Configuration initial_configuration(const Definition& definition);

/// The states in which something can happen: the state itself, or those of the branches under way.
std::vector<std::string> active_states(const Configuration& configuration);

/// Where it stands after what happened in `from`, an active state, led to `to`: a state, `join` or `stop`. A branch
/// that goes on leaves the others alone; a state outside takes all branches away; a parallel state begins all of its
/// branches. Throws std::logic_error for words that the definition lacks.
Configuration led_to(const Definition& definition, Configuration configuration, const std::string& from,
                     const std::string& to);

/// The states that `to: earlier` may name from there, nearest first: drafts, approvals and whole parallel states before
/// it, and inside a branch only its own.
std::vector<std::string> earlier_states(const Definition& definition, std::string_view state);

}  // namespace xueji

// The main way through a procedure: what happens when nobody objects.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

/// Where the way is not the definition's alone to say. Each may be empty.
struct KnownWays {
  /// The way that is taken from a choice; nothing where that is not known.
  std::function<std::optional<std::size_t>(const State& choice)> of_choice;
  /// Whether an action is known not to be done there as things stand.
  std::function<bool(const State& state, const Action& action)> is_shut;
};

/// `from`, then always the state to which the first action, or the first outcome of a check, leads on: a later state,
/// and no end but `completed`. Of actions that lead on to several states it is the first that is not shut; where all
/// are, the way stops. From a choice it goes the way that is known to be taken, else the first that leads on. It stops
/// where nothing leads on. The pointers are valid as long as the definition.
std::vector<const State*> main_way(const Definition& definition, const State& from, const KnownWays& known = {});

}  // namespace xueji

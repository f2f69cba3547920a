// The main way through a procedure: what happens when nobody objects.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

/// `from`, then always the state to which the first action, or the first outcome of a check, leads on: a later state,
/// and no end but `completed`. From a choice it goes the way that `way_of` takes; where that is not known, and without
/// it, the first that leads on. It stops where nothing leads on. The pointers are valid as long as the definition.
using KnownWayOf = std::function<std::optional<std::size_t>(const State& choice)>;
std::vector<const State*> main_way(const Definition& definition, const State& from, const KnownWayOf& way_of = {});

}  // namespace xueji

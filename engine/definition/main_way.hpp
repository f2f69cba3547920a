// The main way through a procedure: what happens when nobody objects.
#pragma once
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

/// `from`, then always the state to which the first action, or the first outcome of a check, leads on: a later state,
/// and no end but `completed`. It stops where nothing leads on. The pointers are valid as long as the definition.
std::vector<const State*> main_way(const Definition& definition, const State& from);

}  // namespace xueji

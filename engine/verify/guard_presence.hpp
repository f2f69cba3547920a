// What a guard says of what may be empty.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "engine/definition/guard.hpp"

namespace xueji {

/// The paths that the guard compares although they may be empty: `present` are known to be filled in, and
/// whatever `has()` makes sure of inside the guard.
std::vector<std::string> paths_read_empty(const Guard& guard, const std::set<std::string>& present);

/// The paths that are filled in wherever the guard holds, or wherever it does not.
std::set<std::string> paths_made_sure(const Guard& guard, bool holds = true);

}  // namespace xueji

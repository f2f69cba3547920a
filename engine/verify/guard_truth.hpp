// What can be said of guards without a student: whether they can hold at all, and whether they read what may be empty.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/verify/subject_kinds.hpp"

namespace xueji {

enum class Truth { never, maybe, always };

/// The rules of something together, as a kind of subject with any form meets them. Values out of a small set (statuses,
/// choices) and whether a field is filled in are all tried; of other values nothing is known.
Truth truth_of(const std::vector<const Guard*>& rules, const Definition& definition, const SubjectKind& kind,
               const std::set<std::string>& left_empty = {});

std::vector<const Guard*> guards_of(const std::vector<Rule>& rules);

/// The paths that the guard compares although they may be empty: `present` are known to be filled in, and
/// whatever `has()` makes sure of inside the guard.
std::vector<std::string> paths_read_empty(const Guard& guard, const std::set<std::string>& present);

/// The paths that are filled in wherever the guard holds.
std::set<std::string> paths_made_sure(const Guard& guard);

}  // namespace xueji

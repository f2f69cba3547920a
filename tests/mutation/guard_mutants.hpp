// Conditions with one thing changed.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace xueji::mutation {

struct GuardMutant {
  std::string kind;  ///< the operator: `negate-guard`, `change-guard-sign`, `change-guard-value`, `drop-conjunct`
  std::string text;
};

/// Of a condition that can be read. A word among `words` (each a field's choices, the statuses, …) is changed into the
/// others of its set.
std::vector<GuardMutant> guard_mutants(const std::string& source, const std::vector<std::set<std::string>>& words);

}  // namespace xueji::mutation

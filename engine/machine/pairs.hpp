// Two records that may be one student's: whether a definition takes them as a pair, and the request about them.
#pragma once
#include <optional>

#include "engine/machine/acts.hpp"

namespace xueji {

/// Whether the definition's `open: {on: …}` takes the two: they are alike in what it names, neither is merged
/// or of somebody who has died, and its `where` holds. False for a definition that has none.
bool is_pair(const Definition& definition, const OfficeTree& offices, const Student& first, const Student& second);

/// Nothing where the two are no pair any more, or were one before: `situation.subjects` are both, by ascending id.
Verdict decide_open_pair(const Situation& situation);

}  // namespace xueji

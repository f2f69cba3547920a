// Which guards of a definition its scenarios try, each written `open.when 1 holds` and `open.when 1 refuses`, likewise
// `require 2 …`, `county_review.approve.when 1 …`; `evidence.KIND.when holds` and `… does not hold`.
#pragma once
#include <set>
#include <string>

#include "engine/machine/acts.hpp"

namespace xueji {

using GuardSightings = std::set<std::string>;

/// Both of every guard.
GuardSightings guards_of(const Definition& definition);

/// What was seen when the command was decided so: a guard holds where the command was carried out, and refuses where it
/// does not hold and the command was refused. References are used during the call only.
GuardSightings guards_in(const Situation& situation, const Command& command, const Verdict& verdict);

}  // namespace xueji

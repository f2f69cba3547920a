// Which guards of a definition its scenarios try, each written `open.when 1 holds` and `open.when 1 refuses`, likewise
// `require 2 …`, `county_review.approve.when 1 …`; `evidence.KIND.when holds` and `… does not hold`, of an effect
// `completed.move.when holds`.
#pragma once
#include <set>
#include <string>

#include "engine/machine/acts.hpp"

namespace xueji {

using GuardSightings = std::set<std::string>;

/// Both of every guard.
GuardSightings guards_of(const Definition& definition);

/// What of the conditions of effects was seen where the decision ends the request; `situation` is that before it.
GuardSightings guards_of_effects(const Situation& situation, const Decision& decision);
/// What was seen when the end of another business opened this one.
GuardSightings guards_of_opening(const Situation& situation, const ToOpen& what, const Verdict& verdict);

/// What was seen when the command was decided so: a guard holds where the command was carried out, and refuses where it
/// does not hold and the command was refused. References are used during the call only.
GuardSightings guards_in(const Situation& situation, const Command& command, const Verdict& verdict);

}  // namespace xueji

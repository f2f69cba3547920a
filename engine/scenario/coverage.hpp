// Which transitions of a definition its scenarios take, each written `STATE.ACTION`: what people do, what checks
// answer (`central_check.clear`), what time does (`head_review.reminder`, `head_review.overdue`), and which ways are
// taken from a choice (`which_way.1`).
#pragma once
#include <set>
#include <string>

#include "engine/machine/decide.hpp"

namespace xueji {

using Transitions = std::set<std::string>;

Transitions transitions_of(const Definition& definition);
/// Those of them that a decision took; claims, comments and the like are none. `situation` is that before it.
Transitions transitions_in(const Situation& situation, const Decision& decision);

}  // namespace xueji

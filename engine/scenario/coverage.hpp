// Which transitions of a definition its scenarios take, each written `STATE.ACTION`: what people do, what checks
// answer (`central_check.clear`), and what time does (`head_review.reminder`, `head_review.overdue`).
#pragma once
#include <set>
#include <string>

#include "engine/machine/decide.hpp"

namespace xueji {

using Transitions = std::set<std::string>;

Transitions transitions_of(const Definition& definition);
/// Those of them that a decision took; claims, comments and the like are none.
Transitions transitions_in(const Definition& definition, const Decision& decision);

}  // namespace xueji

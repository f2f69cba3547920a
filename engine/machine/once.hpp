// `once_per`: what makes a request the only one of its business. It is had from the first submission on.
#pragma once
#include <string>

#include "engine/machine/decide.hpp"
#include "engine/machine/places.hpp"

namespace xueji {

/// SHA-256 over the business and what it is once per, as that is now: no two requests have the same. Empty where there
/// may be any number, or one of the values is not there: whoever lacks it is like nobody else. `situation.student` must
/// not be null.
std::string once_of(const Situation& situation, const Places& places);

/// What the business is once per, in a sentence: `学生、学年`.
Text once_per(const Definition& definition);

/// Whether a request that has ended so has it no more: it was taken back or ran out before anybody decided about it.
/// Sending it back is no decision.
bool gives_up_once(const Definition& definition, const Request& request);

}  // namespace xueji

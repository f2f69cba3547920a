// Reminders from the record: a completed request tells somebody before a date that it left there.
#pragma once
#include "engine/machine/acts.hpp"

namespace xueji {

/// Sets the timer of a request that has just come to that end, by `record`, the student as the end leaves them; none
/// where it left no date there that the definition reminds of.
void await_reminders(const Situation& situation, const State& end, const Student& record, Request& request);

/// Tells those whose reminders have come by now, each once, and sets the timer for those that have not. Where the
/// record has another date by now, or none, nobody is told and the timer goes.
Verdict decide_reminder(const Situation& situation, const FireTimer& what);

}  // namespace xueji

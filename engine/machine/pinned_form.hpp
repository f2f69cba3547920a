// What a decision was based on is kept for ever: each submission pins its values and its scans.
#pragma once
#include "engine/machine/decide.hpp"

namespace xueji {

/// Pins what the request's form holds after the decision where it was submitted, or changed outside the draft by an act
/// (also by a migration that drops some of it); keeps the scans of the pinned form that it no longer has; and marks
/// each entry with the form that it was based on. `situation.request` is the request as it stood before; null for one
/// that is opened. What was submitted before forms were pinned is pinned by its next act.
void pin_form(const Situation& situation, Decision& decision);

}  // namespace xueji

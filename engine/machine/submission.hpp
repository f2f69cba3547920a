// Performing one of the definition's actions, whoever asked for it: by itself, or along with opening.
#pragma once
#include "engine/machine/form.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/permission.hpp"

namespace xueji {

/// Whether the action submits the draft, so that the form must be complete and a round begins: every action out of a
/// draft, wherever it leads, but for those that take the request back; a comment leads nowhere.
bool is_submission(const Definition& definition, const State& from, const Action& action);

/// Keeps the act, moves the request to `to`, tells those concerned, without trying anything before. Refuses effects
/// that can no longer be made.
std::optional<Refusal> carry_out(Movement& movement, const Situation& situation, const Caller& caller,
                                 const Permission& permission, const std::string& to, const std::string& comment);

/// Tries what is given, moves the request, keeps the act, tells those concerned. `situation.request` is the request as
/// it stands, of which `movement` has its own; `permission` is the caller's for the action in that state. Refuses what
/// is not granted, what is wrong with the form (`faults` so far with it), and effects that can no longer be made; then
/// the movement is of no more use.
std::optional<Refusal> perform(Movement& movement, const Situation& situation, const Caller& caller,
                               const Permission& permission, const Perform& what, FormFaults faults);

}  // namespace xueji

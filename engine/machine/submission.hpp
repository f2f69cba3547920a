// Carrying out one of the definition's actions, whoever asked for it: by itself, or along with opening.
#pragma once
#include "engine/machine/form.hpp"
#include "engine/machine/movement.hpp"

namespace xueji {

struct Performance {
  const Action* action = nullptr;
  AccountId account;
  AccountId delegated_from;
  Holder as;
  std::string to;
  std::string comment;
};

/// Whether the action leads from a draft into the procedure, so that the form must be complete.
bool is_submission(const Definition& definition, const State& from, const Action& action);
/// What the action demands of the form as it now stands.
void check_submission(const Situation& situation, std::string_view from, const Action& action, const Request& request,
                      FormFaults& faults);
/// Moves the request, keeps the act, tells those concerned. Refuses when an effect can no longer be made.
std::optional<Refusal> carry_out(Movement& movement, const Situation& situation, const Performance& performance);

}  // namespace xueji

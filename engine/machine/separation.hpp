// Separation of duties: nobody decides their own submission, nobody decides at two separated levels in one round.
#pragma once
#include <optional>

#include "engine/definition/definition.hpp"
#include "engine/machine/decide.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

/// The account that acts, and the one whose post it uses: both count.
struct Actors {
  AccountId account;
  AccountId delegated_from;
};

/// Whether the definition forbids it and they opened the request or made the submission under way.
bool is_own_submission(const Definition& definition, const Request& request, const Actors& actors);

/// Whether somebody of that post submitted in the place of the post that holds the draft: its people are colleagues of
/// whoever wrote it, and none of them decides it.
bool stood_in_for_the_draft(const Situation& situation, const Holder& post);

/// The act in another state, separated from `state`, by which they are bound in this round.
std::optional<Act> separated_act(const Definition& definition, const Request& request, std::string_view state,
                                 const Actors& actors);

}  // namespace xueji

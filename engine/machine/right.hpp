// Which posts have an action in the request's present state, whoever asks.
#pragma once
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

/// What an action means in the request's present state.
struct Right {
  const Action* action = nullptr;
  std::vector<Holder> holders;     ///< the posts that may do it
  std::set<OfficeId> any_post_at;  ///< offices of which any post may do it
  bool bound_by_claim = false;
  bool only_claimer = false;
  bool decides = false;  ///< separation of duties applies
};

/// `at` is an active token of the request. Nothing for an action that its state does not know. Knows `edit`, `claim`,
/// `release` beside the actions.
std::optional<Right> right_in_state(const Situation& situation, const Token& at, std::string_view action);

/// Whether it takes the request out of all branches, so that it is one act in whichever it is done.
bool leaves_branches(const Definition& definition, const Action& action);

/// Whether doing the action in the state is a decision about the request, which separation of duties binds. Taking it
/// back is none, and neither is fetching it back into the draft by those who fill that in.
bool decides(const Definition& definition, const State& state, const Action& action);

/// Whether the action ends the request undecided: `withdrawn` or `cancelled`.
bool takes_back(const Definition& definition, const Action& action);

/// The holder, and whom it was escalated to.
std::vector<Holder> queue_of(const Token& token);
/// All who hold the request, in whatever branch.
std::vector<Holder> holders_of(const Request& request);

}  // namespace xueji

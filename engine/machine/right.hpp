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
  bool separated = false;  ///< separation of duties applies
};

/// `at` is an active token of the request. Nothing for an action that its state does not know. Knows `edit`, `claim`,
/// `release`, `set_aside` beside the actions.
std::optional<Right> right_in_state(const Situation& situation, const Token& at, std::string_view action);

/// Whether it takes the request out of all branches, so that it is one act in whichever it is done.
bool leaves_branches(const Definition& definition, const Action& action);

/// Whether the action ends the request undecided: `withdrawn` or `cancelled`.
bool takes_back(const Definition& definition, const Action& action);

/// Whether the action, done in that state, decides about the request, so that separation of duties binds whoever does
/// it. In an approval every action does, also one with `by`, but for taking the request back, and for calling it back
/// to the draft by the post that fills it in: what was decided until then is decided anew after the next submission.
bool decides(const Definition& definition, const State& state, const Action& action);

/// Whether the task is claimed, by an account that could still work on it: no claim outlives its owner.
bool claim_stands(const Situation& situation, const Token& token);

/// The holder, and whom it was escalated to.
std::vector<Holder> queue_of(const Token& token);
/// All who hold the request, in whatever branch.
std::vector<Holder> holders_of(const Request& request);

}  // namespace xueji

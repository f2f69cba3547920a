// Whether a caller may do an action as the request stands: one computation, from which decide() refuses and
// explain() explains, so that the two never disagree.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

struct Obstacle {
  RefusalKind kind;
  Reason reason;
};

struct Permission {
  std::string state;                ///< the one it is about; empty for `open` and for what no active state knows
  const Action* action = nullptr;   ///< null for `open`, `edit`, `claim`, `release`, and what the state does not know
  const Post* post = nullptr;       ///< that acts; null where the caller has none
  Holder as;                        ///< the post's office and role
  std::vector<Obstacle> obstacles;  ///< gravest first
  std::vector<Holder> who;          ///< who could do it
  bool names_open_request = false;  ///< the caller may know which business locks the student
  /// Which request of a business that is `once_per` something stands in the way, where the caller may know it.
  std::shared_ptr<const Request> stands_already{};
  bool granted() const { return obstacles.empty(); }
};

/// Which action, and for which task where branches run at the same time; no task means any.
struct Intention {
  std::string_view action;
  TaskId task{};
  const Perform* given = nullptr;  ///< with what; null while that is not known yet
};

/// `situation.request` must not be null. Knows `edit`, `claim`, `release` beside the actions. Guards are asked of the
/// form with what is given; while that is not known, those that read the comment, or what the action asks to be filled
/// in, are left out, and what is refused only on arrival is looked for. Of several branches it answers for the one
/// where the caller is granted, or comes nearest to it; not granted where several are and it would make a difference
/// which.
Permission permission_to_act(const Situation& situation, const Caller& caller, const Intention& intention);
/// In each active state that knows the action; empty where none does.
std::vector<Permission> permissions_to_act(const Situation& situation, const Caller& caller,
                                           const Intention& intention);
/// `situation.student` must not be null. `opened_from` where the end of another request opens it.
Permission permission_to_open(const Situation& situation, const Caller& caller,
                              const std::optional<OpenedFrom>& opened_from = {});

/// As permission_to_act() answers for an action that the state does not know.
Permission unknown_action(const Situation& situation);

Explanation explanation_of(const Permission& permission, std::string_view action);
/// Of the gravest obstacle; the permission must not be granted.
Refusal refusal_of(const Situation& situation, const Permission& permission, std::string_view action);
/// Where another request has it; it is asked of what once_of() says now. Nothing where none has.
std::optional<Refusal> refusal_for_once(const Situation& situation, const Caller& caller, const std::string& once,
                                        std::string_view action);

/// Why whoever has an act pending does nothing else meanwhile; `situation.pending` must not be null.
Reason pending_reason(const Situation& situation);

/// Unknown or unseen, then whoever takes no part any more, then stale, the request or the task that it names: what
/// every command about a request is asked first.
std::optional<Refusal> refusal_before_all(const Situation& situation, const Command& command);
Refusal not_found();

}  // namespace xueji

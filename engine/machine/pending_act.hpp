// An act that its officer may still undo: asked for, allowed, and not done before its time has passed.
#pragma once
#include <chrono>
#include <string>

#include "engine/machine/command.hpp"

namespace xueji {

/// The longest time that an act may be undone.
inline constexpr std::chrono::seconds undo_time_max{60};

struct PendingAct {
  RequestId request;
  AccountId by;
  Perform what;      ///< `reassign_posts` is looked up anew when it is done
  std::string from;  ///< state in which it was asked for
  Instant until;     ///< then it is decided anew, and done or dropped
};

/// Whether its time has passed. One whose time lies further ahead than any can was asked for before the clock was set
/// back: its time has passed too, as far as anybody can tell.
inline bool is_due(Instant until, Instant now) { return until <= now || until > now + undo_time_max; }

/// Whose pending act was not done, and why, for people.
struct Undone {
  AccountId officer;
  Text reason;
};

}  // namespace xueji

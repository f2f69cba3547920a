// What is unfinished when a window closes.
#pragma once
#include <optional>
#include <string_view>

#include "engine/machine/decide.hpp"

namespace xueji {

/// What the history calls it.
inline constexpr std::string_view closed_action = "closed";

/// When the window of the definition's `close` closed; nothing while it is open, or where it closes nothing. What was
/// opened before that moment ends then, if the rule's condition holds of it.
std::optional<Instant> closed_since(const Definition& definition, const Calendar& calendar, Instant now);
/// When it closes next after `now`; nothing where it closes nothing.
std::optional<Instant> closes_at(const Definition& definition, const Calendar& calendar, Instant now);

/// Whether the situation's request is to be ended, its window having closed: then nothing else happens to it.
bool is_to_be_closed(const Situation& situation);

}  // namespace xueji

// What the ends of requests are called, whatever the author calls the state.
#pragma once
#include "engine/definition/definition.hpp"

namespace xueji {

/// As within a sentence: `办结`, `completed`.
const Text& title_of(Outcome outcome);

}  // namespace xueji

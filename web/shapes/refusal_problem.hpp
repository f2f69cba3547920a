// A refusal of the engine as a problem document.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/json/problem.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// `since`: for a stale version, what happened after it, oldest first.
Problem problem_of(const Refusal& refusal, const Rendering& rendering, std::vector<HistoryRow> since = {});

}  // namespace xueji::web

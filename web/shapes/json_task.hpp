// The shape Task.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

void write_task(JsonWriter& json, const TaskRow& row, const Rendering& rendering);

/// A task that is marked as undecidable: why, since when, and who stands in.
void write_undecidable(JsonWriter& json, const UndecidableRow& row, const Rendering& rendering);

}  // namespace xueji::web

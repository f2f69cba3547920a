// The shape Task.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/server/rendering.hpp"

namespace xueji::web {

void write_task(JsonWriter& json, const TaskRow& row, const Rendering& rendering);

}  // namespace xueji::web

// The shape Check: a job of the machine that waits for the national side.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// `under_way`: it is being asked right now.
void write_check(JsonWriter& json, const CheckRow& row, bool under_way, const Rendering& rendering);

}  // namespace xueji::web

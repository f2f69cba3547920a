// The shape Explain.
#pragma once
#include "engine/machine/refusal.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

void write_explanation(JsonWriter& json, const Explanation& explanation, const Rendering& rendering);

}  // namespace xueji::web

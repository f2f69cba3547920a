// The shape Workflow.
#pragma once
#include "web/server/rendering.hpp"

namespace xueji::web {

void write_workflow(JsonWriter& json, const Definition& definition, const Rendering& rendering);

}  // namespace xueji::web

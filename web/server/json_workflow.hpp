// The shape Workflow.
#pragma once
#include "web/server/rendering.hpp"

namespace xueji::web {

void write_workflow(JsonWriter& json, const Definition& definition, const Rendering& rendering);
/// Its members, into an object that is open.
void write_workflow_members(JsonWriter& json, const Definition& definition, const Rendering& rendering);

}  // namespace xueji::web

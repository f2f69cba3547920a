// The shape HistoryEntry.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/server/rendering.hpp"

namespace xueji::web {

void write_history_entry(JsonWriter& json, const HistoryRow& row, const Rendering& rendering);
/// What happened since a version, in a `stale` answer.
void write_change_since(JsonWriter& json, const HistoryRow& row, const Rendering& rendering);

}  // namespace xueji::web

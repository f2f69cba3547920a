// The shape HistoryEntry.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// `lender` is whose post was lent for the act; empty for one's own.
void write_history_entry(JsonWriter& json, const HistoryRow& row, const Rendering& rendering,
                         const std::string& lender = {});
/// What happened since a version, in a `stale` answer.
void write_change_since(JsonWriter& json, const HistoryRow& row, const Rendering& rendering);

}  // namespace xueji::web

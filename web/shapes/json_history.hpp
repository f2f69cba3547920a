// The shape HistoryEntry.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// `lender` is whose post was lent for the act; empty for one's own. `about` is the name of the one of several students
/// that the entry is about; empty where it is about all.
void write_history_entry(JsonWriter& json, const HistoryRow& row, const Rendering& rendering,
                         const std::string& lender = {}, const std::string& about = {});
/// `formSha256`. It covers the registry's values that the form changes, so it is null for whoever is not told all of
/// them: a short value could be guessed by it.
void write_form_hash(JsonWriter& json, const std::string& hash, const Rendering& rendering);
/// What happened since a version, in a `stale` answer.
void write_change_since(JsonWriter& json, const HistoryRow& row, const Rendering& rendering);

}  // namespace xueji::web

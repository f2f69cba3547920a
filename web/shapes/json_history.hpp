// The shape HistoryEntry.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// What an entry names by id only.
struct EntryNames {
  std::string lender{};  ///< whose post was lent for the act; empty for one's own
  std::string about{};   ///< the one of several students that it is about; empty where it is about all
  int ordinal = 0;       ///< of that one in a pair, whose names are alike; else 0
  std::string into{};    ///< for a merged record the one that goes on: a number of it, or the name where it has none
};

void write_history_entry(JsonWriter& json, const HistoryRow& row, const Rendering& rendering, const EntryNames& names);
/// `formSha256`. It covers the registry's values that the form changes, so it is null for whoever is not told all of
/// them: a short value could be guessed by it.
void write_form_hash(JsonWriter& json, const std::string& hash, const Rendering& rendering);
/// What happened since a version, in a `stale` answer.
void write_change_since(JsonWriter& json, const HistoryRow& row, const Rendering& rendering);

}  // namespace xueji::web

// The hash that chains the history: anyone with the entries can recompute it (docs/formats/history-hash.md).
#pragma once
#include <string>
#include <string_view>

#include "engine/base/sha256.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {

/// SHA-256, lower-case hex, over the previous hash and every member of the entry, each preceded by its length.
/// `previous` is empty for a request's first entry.
std::string history_hash(std::string_view previous, RequestId request, StudentId student, const HistoryDraft& entry);

}  // namespace xueji

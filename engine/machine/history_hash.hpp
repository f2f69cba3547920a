// The hash that chains the history: anyone with the entries can recompute it (docs/formats/history-hash.md).
#pragma once
#include <string>
#include <string_view>

#include "engine/base/sha256.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {

/// The format in which new entries are hashed; those of earlier ones keep theirs.
inline constexpr int history_hash_format = 2;

/// SHA-256, lower-case hex, over the previous hash and every member of the entry. `previous` is empty for a request's
/// first entry. Format 1 leaves out what the entry is based on. Throws std::invalid_argument for another format.
std::string history_hash(int format, std::string_view previous, RequestId request, StudentId student,
                         const HistoryDraft& entry);

}  // namespace xueji

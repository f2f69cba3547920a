// The hashes of what a submission pinned, which the history's entries hash in their turn: anyone with the submission
// can recompute them (docs/formats/history-hash.md).
#pragma once
#include "engine/machine/request.hpp"

namespace xueji {

/// The submission's ordinal, the SHA-256 of its values and that of its list of scans, lower-case hex.
PinnedForm pinned(const Submission& submission);

}  // namespace xueji

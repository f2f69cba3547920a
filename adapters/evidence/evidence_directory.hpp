// Evidence as files named by the SHA-256 of their bytes: DIRECTORY/ab/cd/abcd…
#pragma once
#include <filesystem>
#include <memory>

#include "engine/ports/clock.hpp"
#include "engine/ports/evidence_ledger.hpp"

namespace xueji {

/// Makes the directory where it is missing. `ledger` and `clock` must outlive it.
/// Throws std::runtime_error when the directory can't be made or written.
std::unique_ptr<EvidenceStore> open_evidence_directory(const std::filesystem::path& directory, EvidenceLedger& ledger,
                                                       const Clock& clock);

}  // namespace xueji

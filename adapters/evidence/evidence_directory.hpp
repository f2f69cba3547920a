// Evidence as files named by the SHA-256 of their bytes: DIRECTORY/ab/cd/abcd…, its renderings beside it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>

#include "engine/ports/clock.hpp"
#include "engine/ports/evidence_ledger.hpp"

namespace xueji {

struct EvidenceLimits {
  /// Bytes of uploads within 24 hours.
  std::int64_t account_bytes_a_day = std::numeric_limits<std::int64_t>::max();
  std::int64_t office_bytes_a_day = std::numeric_limits<std::int64_t>::max();
  /// Of the file system that the directory is on; with less, uploads are refused and renderings are not kept.
  std::uintmax_t bytes_kept_free = 0;
};

/// Makes the directory where it is missing. `ledger`, `decoder` and `clock` must outlive it. Without a decoder, uploads
/// are only recognised, which is for files of our own making.
/// Throws std::runtime_error when the directory can't be made or written.
std::unique_ptr<EvidenceStore> open_evidence_directory(const std::filesystem::path& directory, EvidenceLedger& ledger,
                                                       const Clock& clock, ScanDecoder* decoder = nullptr,
                                                       EvidenceLimits limits = {});

}  // namespace xueji

// A file of the evidence as it lies on the disk, where anybody with rights there may have put something else.
#pragma once
#include <filesystem>

#include "engine/ports/evidence_store.hpp"

namespace xueji::evidence {

/// Where the scan lies below the folder of the evidence. `sha256`: lower-case hex; throws std::invalid_argument for
/// anything else.
std::filesystem::path file_of(const std::filesystem::path& directory, const std::string& sha256);
bool is_sha256(std::string_view text);

/// Opens what lies there and reads it once, so as to know that it is what was uploaded. Never waits for a pipe, follows
/// no link.
EvidenceStore::Opened open_stored(const std::filesystem::path& path, const Upload& upload);

}  // namespace xueji::evidence

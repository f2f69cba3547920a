// A file of the evidence as it lies on the disk, where anybody with rights there may have put something else.
#pragma once
#include <filesystem>

#include "engine/ports/evidence_store.hpp"

namespace xueji::evidence {

/// Opens what lies there and reads it once, so as to know that it is what was uploaded. Never waits for a pipe, follows
/// no link.
EvidenceStore::Opened open_stored(const std::filesystem::path& path, const Upload& upload);

}  // namespace xueji::evidence

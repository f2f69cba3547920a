// Pictures of scans as they lie beside the originals: made once, found again, swept with them.
#pragma once
#include <filesystem>
#include <optional>

#include "engine/ports/evidence_store.hpp"

namespace xueji::evidence {

/// DIRECTORY/ab/cd/HASH.r1-PAGE-SIZE beside DIRECTORY/ab/cd/HASH; the number after `r` changes when pictures are drawn
/// otherwise than before.
std::filesystem::path rendering_path(const std::filesystem::path& original, int page, ScanSize size);

/// Nothing where there is none, or something else than keep_rendering() wrote.
std::optional<EvidenceStore::Rendering> read_rendering(const std::filesystem::path& path);

/// What could not be drawn is kept too, so that it is tried once. Throws std::system_error.
void keep_rendering(const std::filesystem::path& path, const EvidenceStore::Rendering& rendering);

/// All of an original.
void remove_renderings(const std::filesystem::path& original);

}  // namespace xueji::evidence

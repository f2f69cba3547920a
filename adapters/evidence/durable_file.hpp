// A file that is there whole or not at all, also after the power fails.
#pragma once
#include <filesystem>
#include <string_view>

namespace xueji::evidence {

/// Writes to a temporary name in the same folder, syncs it, renames it, syncs the folder. Missing folders are made and
/// synced. Throws std::system_error without a path in its text; a failed sync is never tried again.
void write_durably(const std::filesystem::path& path, std::string_view bytes);

/// Throws std::system_error where nothing can be written into that folder.
void require_writable(const std::filesystem::path& folder);

}  // namespace xueji::evidence

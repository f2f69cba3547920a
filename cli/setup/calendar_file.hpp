// Where the business calendar is, and putting a year into it.
#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

namespace xueji {

/// By its name: *.yaml, but neither a scenario nor the calendar that may stand beside definitions.
bool is_definition_file(const std::filesystem::path& path);

/// `given` where it is not empty; else calendar.yaml in the folder of the definitions, or in the folder config beside
/// that; else the one in the installation's config. Nothing where there is none.
std::optional<std::filesystem::path> find_calendar(const std::filesystem::path& given,
                                                   const std::filesystem::path& definitions);

/// Puts the years of the file into the calendar, and says so on standard output. Whole or not at all, also when it is
/// killed; what stands in the calendar stays, comments too. Throws FaultyFiles, UsageError.
void add_to_calendar(const std::filesystem::path& calendar, const std::filesystem::path& years);

}  // namespace xueji

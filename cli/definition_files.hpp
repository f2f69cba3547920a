// Definitions on the disk: which files of a folder they are, and the calendar that goes with them.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/registry/calendar.hpp"

namespace xueji {

/// The file itself, or a folder's *.yaml in order, scenarios left out. Nothing where the path does not exist.
std::optional<std::vector<std::filesystem::path>> definition_files(const std::filesystem::path& path);

/// At most one byte more than a definition may have, so that a huge file is refused and not swallowed. Nothing where it
/// cannot be read.
std::optional<std::string> read_definition_file(const std::filesystem::path& path);

/// The calendar that find_calendar() finds for the definition; an empty one where there is none.
std::variant<Calendar, std::vector<Fault>> calendar_for(const std::filesystem::path& definition,
                                                        const std::filesystem::path& given);

}  // namespace xueji

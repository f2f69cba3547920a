// What can stand at a path of the guard language, whoever filled it in: by what the registry and the form take.
#pragma once
#include <cstdint>
#include <string>
#include <utility>

#include "engine/definition/definition.hpp"

namespace xueji {

inline constexpr std::int64_t first_day = -719'162, last_day = 2'932'896;  ///< years 1 to 9999

bool can_be_empty(const std::string& path);
bool can_be(const Definition& definition, const std::string& path, const std::string& text);
/// Whether the text can be in the list at that path.
bool can_be_listed(const std::string& path, const std::string& text);
/// The fewest and the most characters of a text that stands there.
std::pair<std::int64_t, std::int64_t> sizes_of(const Definition& definition, const std::string& path);

}  // namespace xueji

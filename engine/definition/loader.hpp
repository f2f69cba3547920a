// From the text of a YAML file to a Definition, or to faults with line, column and advice.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

/// Limits, all reported as faults: 256 KiB, 32 levels, 20,000 nodes; no anchors, aliases, tags, merges, duplicate keys,
/// second documents.
inline constexpr std::size_t definition_bytes_max = std::size_t{256} * 1024;
inline constexpr int definition_depth_max = 32;
inline constexpr std::size_t definition_nodes_max = 20'000;

/// Never throws for bad input. All faults that can be told apart are returned at once, in the order of the file.
std::variant<Definition, std::vector<Fault>> load_definition(std::string_view yaml, const std::string& file);

}  // namespace xueji

#include "engine/verify/guard_presence.hpp"

#include <optional>

#include "engine/definition/guard_node.hpp"
#include "engine/definition/guard_paths.hpp"

namespace xueji {
namespace {

std::set<std::string> sure_where(const GuardNode& node, bool holds);

/// What is said of every row is sure of every row; without any it says nothing of anything else.
std::set<std::string> sure_in_rows(const GuardNode& node, bool holds) {
  if ((node.kind == GuardKind::every_row) != holds) return {};
  auto sure = sure_where(node.parts[1], holds);
  std::erase_if(sure, [](const std::string& path) { return !row_path(path); });
  return sure;
}

std::set<std::string> sure_where(const GuardNode& node, bool holds) {
  if (node.kind == GuardKind::presence) return holds ? std::set{node.parts[0].path} : std::set<std::string>{};
  if (node.kind == GuardKind::negation) return sure_where(node.parts[0], !holds);
  if (node.kind == GuardKind::every_row || node.kind == GuardKind::some_row) return sure_in_rows(node, holds);
  if (node.kind != GuardKind::all_of && node.kind != GuardKind::any_of) return {};
  const bool all_parts_apply = (node.kind == GuardKind::all_of) == holds;
  std::optional<std::set<std::string>> result;
  for (const GuardNode& part : node.parts) {
    auto sure = sure_where(part, holds);
    if (!result)
      result = std::move(sure);
    else if (all_parts_apply)
      result->merge(sure);
    else
      std::erase_if(*result, [&](const std::string& path) { return !sure.contains(path); });
  }
  return result.value_or(std::set<std::string>{});
}

void collect_read_empty(const GuardNode& node, const std::set<std::string>& present, std::vector<std::string>& found) {
  if (node.kind == GuardKind::presence) return;
  // Where there are no rows, conditions about them hold or do not, and their number is 0.
  const bool may_be_missing = node.kind == GuardKind::path && node.type != GuardType::rows;
  if (may_be_missing && !present.contains(node.path)) found.push_back(node.path);
  for (std::size_t index = 0; index < node.parts.size(); ++index) {
    std::set<std::string> known = present;
    if (node.kind == GuardKind::all_of || node.kind == GuardKind::any_of)
      for (std::size_t other = 0; other < node.parts.size(); ++other)
        if (other != index) known.merge(sure_where(node.parts[other], node.kind == GuardKind::all_of));
    collect_read_empty(node.parts[index], known, found);
  }
}

}  // namespace

std::vector<std::string> paths_read_empty(const Guard& guard, const std::set<std::string>& present) {
  std::vector<std::string> found;
  if (guard.tree()) collect_read_empty(*guard.tree(), present, found);
  return found;
}

std::set<std::string> paths_made_sure(const Guard& guard, bool holds) {
  return guard.tree() ? sure_where(*guard.tree(), holds) : std::set<std::string>{};
}

}  // namespace xueji

#include "engine/ports/audit_trail.hpp"

#include <algorithm>

namespace xueji {

std::string_view to_string(AuditAction action) {
  const auto found = std::find_if(audit_action_words.begin(), audit_action_words.end(),
                                  [&](const auto& each) { return each.first == action; });
  return found->second;
}

std::optional<AuditAction> parse_audit_action(std::string_view word) {
  const auto found = std::find_if(audit_action_words.begin(), audit_action_words.end(),
                                  [&](const auto& each) { return each.second == word; });
  return found == audit_action_words.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace xueji

// The two JSON texts of a history row: the changes of the registry, and what the live interface tells.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/queries.hpp"

namespace xueji::sql {

std::string changes_to_text(const std::vector<RegistryChange>& changes);
std::vector<RegistryChange> changes_from_text(std::string_view text);

/// Tasks before and after, offices concerned, who was told; the other members of an OutboxRow are columns.
std::string outbox_to_text(const OutboxRow& row);
/// `row.request` must be set.
void read_outbox(std::string_view text, OutboxRow& row);

}  // namespace xueji::sql

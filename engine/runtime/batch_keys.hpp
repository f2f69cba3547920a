// What has to be loaded before a batch can be decided.
#pragma once
#include <span>

#include "engine/machine/command.hpp"
#include "engine/ports/store.hpp"

namespace xueji {

BatchKeys keys_of(std::span<const Command* const> commands);

/// The evidence that a command or act refers to; null when it refers to none.
const std::vector<EvidenceReference>* evidence_of(const Command& command);
const std::vector<EvidenceReference>* evidence_of(const Perform& act);

}  // namespace xueji

// Whether the store gives back the texts of definitions as they were pinned.
#pragma once
#include <optional>

#include "engine/base/position.hpp"
#include "engine/ports/definition_store.hpp"

namespace xueji {

/// A fault where the text is not the one whose SHA-256 was pinned with it: nothing may run on it.
std::optional<Fault> altered(const PinnedDefinition& pinned);

}  // namespace xueji

#include "engine/runtime/pinned_text.hpp"

#include "engine/base/sha256.hpp"
#include "engine/definition/identity.hpp"

namespace xueji {

std::optional<Fault> altered(const PinnedDefinition& pinned) {
  const std::string found = sha256_hex(pinned.yaml);
  if (found == pinned.sha256) return std::nullopt;
  return Fault{pinned.file,
               {},
               "the text of version " + std::to_string(pinned.version) + " of '" + name_with_variant(pinned) +
                   "' in the database has SHA-256 " + found + ", and " + pinned.sha256 + " was deployed",
               "restore the database, or row " + to_string(pinned.id) + " of its table `definition`, from a backup"};
}

}  // namespace xueji

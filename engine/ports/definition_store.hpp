// Definitions that requests run on: pinned by key, version and SHA-256, kept with their text for ever.
#pragma once
#include <string>
#include <vector>

#include "engine/base/id.hpp"

namespace xueji {

struct PinnedDefinition {
  DefinitionId id;
  std::string key;
  int version = 0;
  std::string sha256;
  std::string yaml;
  std::string file;
  bool used = false;  ///< a request runs or ran on it
};

class DefinitionStore {
 public:
  virtual ~DefinitionStore() = default;
  virtual std::vector<PinnedDefinition> all_definitions() = 0;
  /// The highest id; none where there is no definition. Ids grow: a higher one means that something was deployed.
  virtual DefinitionId newest_definition() = 0;
  /// Adds it, or replaces the text of the same key and version while no request ever ran on it. Returns its id.
  virtual DefinitionId pin(const PinnedDefinition& definition) = 0;
};

}  // namespace xueji

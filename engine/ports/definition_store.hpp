// Definitions that requests run on: pinned by key, variant, version and SHA-256, kept with their text for ever.
#pragma once
#include <stdexcept>
#include <string>
#include <utility>
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
  bool used = false;      ///< a request runs or ran on it
  std::string variant{};  ///< with key and version it says which file it is; empty for a national one
};

/// Another text stands under the same key, variant and version, or a higher version stands where the newest was to be
/// added.
struct DefinitionTaken : std::runtime_error {
  explicit DefinitionTaken(PinnedDefinition pinned)
      : std::runtime_error("the version is taken"), there(std::move(pinned)) {}
  PinnedDefinition there;
};

class DefinitionStore {
 public:
  virtual ~DefinitionStore() = default;
  virtual std::vector<PinnedDefinition> all_definitions() = 0;
  /// The highest id; none where there is no definition. Ids grow: a higher one means that something was deployed.
  virtual DefinitionId newest_definition() = 0;
  /// Adds it and returns its id; where the same text is there already, that one's. `known` is the SHA-256 of the text
  /// that the caller has seen under its key, variant and version, empty for none: that text is replaced while no
  /// request ever ran on it. Throws DefinitionTaken where there is any other, as when two programs pin at once.
  virtual DefinitionId pin(const PinnedDefinition& definition, const std::string& known) = 0;
  /// Adds it as the newest version of its key and variant and returns its id; where that is there already with the same
  /// text, that one's. Replaces nothing: throws DefinitionTaken where this version has another text, or a higher one is
  /// there.
  virtual DefinitionId pin_newest(const PinnedDefinition& definition) = 0;
};

}  // namespace xueji

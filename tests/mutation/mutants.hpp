// Mutants: a definition with one thing changed as a careless or cunning author might change it.
#pragma once
#include <string>
#include <vector>

#include "engine/yaml/strict_yaml.hpp"

namespace xueji::mutation {

struct Mutant {
  std::string kind;   ///< the operator: `drop-action`, `retarget`, …
  Position position;  ///< in the original
  std::string what;   ///< "states.head_review.actions.approve.to: county_review -> rejected"
  std::string yaml;
};

/// All mutants of a definition that can be read. `always:` is never touched: it says what must hold.
std::vector<Mutant> mutants_of(const YamlNode& definition);

/// The tree as YAML, in block style.
std::string written(const YamlNode& node);

}  // namespace xueji::mutation

// A definition as a Mermaid state diagram, for places that draw Mermaid themselves.
#pragma once
#include <string>

#include "engine/definition/definition.hpp"

namespace xueji {

/// `stateDiagram-v2`. Every state and arrow is there; other states that `to: earlier` may name are not.
std::string render_mermaid(const Definition& definition, Language language);

}  // namespace xueji

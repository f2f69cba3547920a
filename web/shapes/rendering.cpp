#include "web/shapes/rendering.hpp"

#include <stdexcept>

namespace xueji::web {

const Definition& Rendering::definition(DefinitionId id) const {
  const auto found = catalog->find(id);
  if (!found) throw std::logic_error("a request runs on a definition that the catalog lacks");
  return *found;
}

}  // namespace xueji::web

// From a path to a row of the route table.
#pragma once
#include <string>
#include <vector>

#include "web/server/route.hpp"

namespace xueji::web {

struct Match {
  const Route* route = nullptr;   ///< null where no route has this path and method
  std::vector<std::string> path;  ///< the values of `{…}`
  std::vector<Method> methods;    ///< that the path knows, when `route` is null; none for an unknown path
};

/// HEAD is answered by the route for GET. Routes that are only for the demo are unknown without it.
Match match_route(std::span<const Route> table, Method method, std::string_view path, bool demo);
/// `GET, HEAD, POST`.
std::string allowed_methods(const std::vector<Method>& methods);

}  // namespace xueji::web

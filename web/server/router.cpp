#include "web/server/router.hpp"

#include <algorithm>

namespace xueji::web {
namespace {

/// The next segment, with the rest left in `path`; segments begin with `/`.
std::string_view take_segment(std::string_view& path) {
  const auto end = std::min(path.find('/', 1), path.size());
  const auto segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& values) {
  values.clear();
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = take_segment(pattern);
    const auto segment = take_segment(path);
    if (wanted.size() > 1 && wanted[1] == '{') {
      if (segment.size() < 2) return false;
      values.emplace_back(segment.substr(1));
    } else if (wanted != segment) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

Match match_route(std::span<const Route> table, Method method, std::string_view path, bool demo) {
  const Method wanted = method == Method::head ? Method::get : method;
  Match match;
  for (const Route& route : table) {
    if ((route.only_demo && !demo) || !fits(route.pattern, path, match.path)) continue;
    if (route.method == wanted) {
      match.route = &route;
      match.methods.clear();
      return match;
    }
    match.methods.push_back(route.method);
  }
  match.path.clear();
  return match;
}

std::string allowed_methods(const std::vector<Method>& methods) {
  std::string text;
  for (const Method method : methods) {
    if (!text.empty()) text += ", ";
    text += to_string(method);
    if (method == Method::get) text += ", HEAD";
  }
  return text + (text.empty() ? "OPTIONS" : ", OPTIONS");
}

}  // namespace xueji::web

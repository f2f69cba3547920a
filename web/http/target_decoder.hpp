// From a request target to a path and its parameters, decoded exactly once.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "web/http/http_head_validator.hpp"

namespace xueji::web {

struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};

/// Refuses bad escapes, text that is not UTF-8, control characters, `.` and `..` segments, backslashes, encoded slashes
/// and what would change if it were decoded again in the path, unnamed and repeated parameters. `+` is a space in the
/// query only.
std::variant<Target, HeadFault> decode_target(std::string_view target);

}  // namespace xueji::web

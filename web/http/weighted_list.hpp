// Lists whose items carry weights, as in Accept, Accept-Encoding and Accept-Language.
#pragma once
#include <string_view>
#include <vector>

namespace xueji::web {

struct Weighted {
  std::string_view value;  ///< without its parameters
  int weight = 1000;       ///< thousandths; 0 refuses the value
};

/// In the order of the header, of which the values are parts. A weight that is none counts as 0.
std::vector<Weighted> weighted_list(std::string_view header);

}  // namespace xueji::web

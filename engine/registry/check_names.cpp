#include "engine/registry/check_names.hpp"

namespace xueji {

Text title_of_check(std::string_view name) {
  static const std::array<Text, check_names.size()> titles{
      {{"全国查重", "National duplicate check"}, {"身份比对", "Identity comparison"}}};
  for (std::size_t i = 0; i < check_names.size(); ++i)
    if (check_names[i] == name) return titles[i];
  return {std::string(name), std::string(name)};
}

}  // namespace xueji

// The actions whose title an author need not write.
#pragma once
#include <span>
#include <string_view>

namespace xueji {

struct DefaultTitle {
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};

/// `approve` (同意, Approve), `return`, …
std::span<const DefaultTitle> default_action_titles();

}  // namespace xueji

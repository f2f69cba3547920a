#include "engine/machine/outcome_titles.hpp"

#include <array>

namespace xueji {

const Text& title_of(Outcome outcome) {
  static const std::array<Text, 5> titles{{{"办结", "completed"},
                                           {"不予办理", "rejected"},
                                           {"已撤回", "withdrawn"},
                                           {"已取消", "cancelled"},
                                           {"已过期", "expired"}}};
  return titles[static_cast<std::size_t>(outcome)];
}

}  // namespace xueji

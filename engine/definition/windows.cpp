#include "engine/definition/windows.hpp"

#include <fmt/format.h>

namespace xueji {

std::optional<Fault> unknown_window(const Definition& definition, const Calendar& calendar) {
  if (definition.window.empty() || calendar.windows.contains(definition.window)) return std::nullopt;
  std::vector<std::string_view> names;
  for (const auto& [name, window] : calendar.windows) names.push_back(name);
  const std::string_view meant = nearest(definition.window, names);
  return Fault{definition.file,
               {},
               fmt::format("the calendar has no window `{}`", definition.window),
               meant.empty() ? "add it to the calendar's windows" : fmt::format("did you mean `{}`?", meant)};
}

}  // namespace xueji

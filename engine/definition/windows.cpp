#include "engine/definition/windows.hpp"

#include <fmt/format.h>

namespace xueji {
namespace {

Fault unknown_window(const Definition& definition, const Calendar& calendar, const std::string& name,
                     Position position) {
  std::vector<std::string_view> names;
  for (const auto& [known, window] : calendar.windows) names.push_back(known);
  const std::string_view meant = nearest(name, names);
  return {definition.file, position, fmt::format("the calendar has no window `{}`", name),
          meant.empty() ? "add it to the calendar's windows" : fmt::format("did you mean `{}`?", meant)};
}

bool waits_for_window(const State& state) {
  return state.wait &&
         (state.wait->kind == WaitMoment::Kind::window_opens || state.wait->kind == WaitMoment::Kind::window_closes);
}

}  // namespace

std::vector<Fault> unknown_windows(const Definition& definition, const Calendar& calendar) {
  std::vector<Fault> faults;
  if (!definition.window.empty() && !calendar.windows.contains(definition.window))
    faults.push_back(unknown_window(definition, calendar, definition.window, definition.window_position));
  for (const State& state : definition.states)
    if (waits_for_window(state) && !calendar.windows.contains(state.wait->name))
      faults.push_back(unknown_window(definition, calendar, state.wait->name, state.position));
  return faults;
}

}  // namespace xueji

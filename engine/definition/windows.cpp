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

void add(WindowAnswer& all, const WindowAnswer& one) {
  if (one.open) {
    if (one.until && (!all.until || *one.until < *all.until)) all.until = one.until;
    return;
  }
  all.open = false;
  if (one.from && (!all.from || *one.from > *all.from)) all.from = one.from;
  all.reason.zh += (all.reason.zh.empty() ? "" : "；") + one.reason.zh;
  all.reason.en += (all.reason.en.empty() ? "" : "; ") + one.reason.en;
}

}  // namespace

std::vector<Fault> unknown_windows(const Definition& definition, const Calendar& calendar) {
  std::vector<Fault> faults;
  for (const WindowRule& rule : definition.windows)
    if (!calendar.windows.contains(rule.name))
      faults.push_back(unknown_window(definition, calendar, rule.name, rule.position));
  if (const auto& closing = definition.closing; closing && !calendar.windows.contains(closing->window))
    faults.push_back(unknown_window(definition, calendar, closing->window, closing->position));
  for (const State& state : definition.states)
    if (waits_for_window(state) && !calendar.windows.contains(state.wait->name))
      faults.push_back(unknown_window(definition, calendar, state.wait->name, state.position));
  return faults;
}

WindowAnswer window_of(const Definition& definition, const Calendar& calendar, Instant now,
                       const Guard::Lookup& values) {
  WindowAnswer all;
  for (const WindowRule& rule : definition.windows)
    if (!rule.when || (values && rule.when->holds(values))) add(all, calendar.window(rule.name, now));
  if (!all.open) all.until.reset();
  return all;
}

}  // namespace xueji

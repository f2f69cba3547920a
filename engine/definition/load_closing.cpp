#include <fmt/format.h>

#include "engine/definition/loading.hpp"

namespace xueji {

void load_closing(Loading& loading, const YamlNode& node) {
  MapReader map{node, "`close`", loading.faults};
  const auto* on = map.need("on", "say when, `on: window graduating-work closes`");
  const auto* when = map.take("when");
  const auto* to = map.need("to", "name the end that it comes to, `to: closed`");
  map.finish();
  if (loading.definition.subject.several())
    loading.faults.add(node.position, "only a request about one student is ended when a window closes",
                       "leave out `close`");
  ClosingRule rule;
  rule.position = node.position;
  if (on) {
    const auto moment = read_phrase<WaitMoment>(loading, *on, "on", parse_wait);
    if (moment && moment->kind != WaitMoment::Kind::window_closes)
      loading.faults.add(on->position, "unfinished requests are ended when a window closes",
                         "write `on: window graduating-work closes`");
    if (moment) rule.window = moment->name;
  }
  if (when) rule.when = read_guard(loading, *when, GuardScope::opening);
  if (to) rule.to = read_state_key(loading, *to, "to");
  if (!rule.to.empty()) loading.definition.closing = std::move(rule);
}

void check_closing(Loading& loading) {
  const Definition& definition = loading.definition;
  if (!definition.closing) return;
  const ClosingRule& closing = *definition.closing;
  const State& end = *definition.state(closing.to);
  const bool is_end = end.kind == StateKind::end && end.effects.empty() &&
                      (end.outcome == Outcome::cancelled || end.outcome == Outcome::expired);
  if (!is_end)
    loading.faults.add(closing.position,
                       fmt::format("`{}` is no end to which unfinished requests can be closed", closing.to),
                       "name a state with `end: cancelled` or `end: expired`, and without effects");
}

}  // namespace xueji

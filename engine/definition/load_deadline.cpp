#include <fmt/format.h>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

void read_expiry(Loading& loading, Deadline& deadline, const YamlNode& node) {
  const auto key = read_state_key(loading, node, "expire");
  if (key.empty()) return;
  const auto* state = loading.state_name(key);
  if (state->kind != StateKind::end)
    return loading.faults.add(node.position, fmt::format("`{}` is no end", key),
                              "a request expires to a state with `end`, like `end: expired`");
  if (parse_outcome(state->outcome) == Outcome::completed)
    return loading.faults.add(node.position, "a request cannot be completed by letting time pass",
                              "expire to an end with another outcome, like `end: expired`");
  deadline.expire_to = key;
}

constexpr std::string_view office_above = "office above";

/// Whoever stands in there for the state's own actor.
ActorExpression actor_above(const ActorExpression& actor, Position position) {
  ActorExpression above = actor;
  above.role = role_above(actor.role);
  above.office.above = true;
  above.source = office_above;
  above.position = position;
  return above;
}

void read_overdue(Loading& loading, Deadline& deadline, const ActorExpression& actor, const YamlNode& node) {
  MapReader map{node, "`overdue`", loading.faults};
  const auto* escalate = map.take("escalate");
  const auto* tell = map.take("tell");
  const auto* expire = map.take("expire");
  map.finish();
  if (escalate && expire)
    loading.faults.add(expire->position, "`overdue` has both `escalate` and `expire`", "keep one of the two");
  if (!escalate && !tell && !expire && node.is_map() && node.entries.empty())
    loading.faults.add(node.position, "`overdue` says nothing",
                       "write `overdue: {escalate: office above}`, `overdue: {escalate: ROLE at OFFICE}`, `overdue: "
                       "{tell: ROLE at OFFICE}` or "
                       "`overdue: {expire: END}`");
  if (escalate)
    deadline.escalate = escalate->is_text() && escalate->text == office_above
                            ? actor_above(actor, escalate->position)
                            : read_actor(loading, *escalate, "escalate");
  if (tell) deadline.tell = read_actor(loading, *tell, "tell");
  if (expire) read_expiry(loading, deadline, *expire);
}

}  // namespace

void load_deadline(Loading& loading, State& state, MapReader& map) {
  const auto* due = map.take("due");
  const auto* remind = map.take("remind");
  const auto* overdue = map.take("overdue");
  for (const auto* node : {remind, overdue})
    if (node && !due)
      loading.faults.add(node->position,
                         fmt::format("`{}` needs `due` beside it", node == remind ? "remind" : "overdue"),
                         "add a deadline, like `due: 5 working days`");
  Deadline deadline;
  if (due) deadline.working_days = read_phrase<int>(loading, *due, "due", parse_working_days).value_or(0);
  if (remind) deadline.remind_before = read_phrase<int>(loading, *remind, "remind", parse_working_days_before);
  if (overdue) read_overdue(loading, deadline, state.actor, *overdue);
  if (due && deadline.working_days > 0 && deadline.remind_before && *deadline.remind_before >= deadline.working_days)
    loading.faults.add(remind->position,
                       fmt::format("the reminder would come before the task, which is due after {} working days",
                                   deadline.working_days),
                       "remind fewer days before than the task has");
  if (due) state.deadline = std::move(deadline);
}

}  // namespace xueji

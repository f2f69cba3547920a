#include "engine/machine/closing.hpp"

#include <algorithm>

#include "engine/machine/acts.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/right.hpp"

namespace xueji {
namespace {

bool is_unfinished(const Situation& situation) {
  const Request* request = situation.request;
  if (!request || request->outcome || !situation.student) return false;
  const State* state = situation.definition.state(request->token.state);
  return state && state->kind != StateKind::end;
}

bool counts_for(const ClosingRule& closing, const Situation& situation) {
  const Request& request = *situation.request;
  const auto values =
      opening_guard_values(places_of(request), {situation.offices, *situation.student}, request.opened_from);
  return !closing.when || closing.when->holds(values);
}

bool tells_initiator(const Definition& definition, const std::string& outcome) {
  return std::any_of(definition.inform.begin(), definition.inform.end(),
                     [&](const Inform& rule) { return rule.on == outcome && rule.initiator; });
}

}  // namespace

std::optional<Instant> closed_since(const Definition& definition, const Calendar& calendar, Instant now) {
  if (!definition.closing) return std::nullopt;
  return calendar.window(definition.closing->window, now).since;
}

std::optional<Instant> closes_at(const Definition& definition, const Calendar& calendar, Instant now) {
  if (!definition.closing) return std::nullopt;
  const std::string& window = definition.closing->window;
  const WindowAnswer at_present = calendar.window(window, now);
  return at_present.open || !at_present.from ? at_present.until : calendar.window(window, *at_present.from).until;
}

bool is_to_be_closed(const Situation& situation) {
  if (!situation.definition.closing || !is_unfinished(situation)) return false;
  const auto since = closed_since(situation.definition, situation.calendar, situation.now);
  return since && situation.request->opened_at < *since && counts_for(*situation.definition.closing, situation);
}

Verdict decide_closing(const Situation& situation) {
  if (!is_to_be_closed(situation)) return Nothing{};
  const ClosingRule& closing = *situation.definition.closing;
  const Request& before = *situation.request;
  const std::string closed(closed_action);
  Movement movement(situation, before, before.version, before.token.state);
  const bool is_draft = situation.definition.state(before.token.state)->kind == StateKind::draft;
  if (!is_draft)
    for (const Holder& holder : holders_of(before)) movement.notify({closed, AccountId{}, holder});
  if (auto refusal = movement.arrive({}, std::nullopt, closed, closing.to, {})) return *refusal;
  const std::string outcome(to_string(*movement.request().outcome));
  movement.inform(outcome, AccountId{});
  if (!tells_initiator(situation.definition, outcome))
    movement.notify(before.opened_by ? Notice{closed, before.opened_by, std::nullopt}
                                     : Notice{closed, AccountId{}, before.opened_as});
  return std::move(movement).finish();
}

}  // namespace xueji

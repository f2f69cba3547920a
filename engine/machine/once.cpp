#include "engine/machine/once.hpp"

#include <algorithm>

#include "engine/base/named_values.hpp"
#include "engine/base/sha256.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/machine/right.hpp"
#include "engine/machine/sentences.hpp"

namespace xueji {
namespace {

std::string once_text_of(const GuardValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* date = std::get_if<Date>(&value)) return to_string(*date);
  return {};
}

std::string once_value_of(const OnceTerm& term, const Situation& situation, const Places& places) {
  switch (term.kind) {
    case OnceTerm::Kind::student:
      return to_string(situation.student->id);
    case OnceTerm::Kind::place:
      return places.at(term.name) ? to_string(places.at(term.name)) : std::string();
    case OnceTerm::Kind::path:
      return once_text_of(opening_guard_values(places, {situation.offices, *situation.student}, {})(term.name));
    case OnceTerm::Kind::school_year:
      return std::to_string(static_cast<int>(situation.calendar.school_year(situation.now)));
  }
  return {};
}

bool sends_back(const Definition& definition, const Action& action) {
  const State* to = definition.state(action.to);
  return action.to_earlier || (to && to->kind == StateKind::draft);
}

/// What a version that is gone called a decision counts as one.
bool is_decision(const Definition& definition, const Act& act) {
  const State* state = definition.state(act.state);
  const Action* action = state ? state->action(act.action) : nullptr;
  if (!state || (is_decided(state->kind) && !action)) return true;
  return action && decides(definition, *state, *action) && !sends_back(definition, *action);
}

}  // namespace

std::string once_of(const Situation& situation, const Places& places) {
  const Definition& definition = situation.definition;
  if (definition.once_per.empty()) return {};
  NamedValues values("xueji once 1");
  values.add("business", definition.key);
  for (const OnceTerm& term : definition.once_per) {
    const std::string value = once_value_of(term, situation, places);
    if (value.empty()) return {};
    NamedValues one;
    one.add("term", term.kind == OnceTerm::Kind::place || term.kind == OnceTerm::Kind::path ? term.name : term.source)
        .add("value", value);
    values.add("once", one.text());
  }
  return sha256_hex(values.text());
}

Text once_per(const Definition& definition) {
  std::vector<Text> titles;
  for (const OnceTerm& term : definition.once_per) titles.push_back(term.title);
  return join(titles, "、", ", ");
}

bool gives_up_once(const Definition& definition, const Request& request) {
  const auto& outcome = request.outcome;
  const bool is_undecided =
      outcome == Outcome::withdrawn || outcome == Outcome::cancelled || outcome == Outcome::expired;
  return is_undecided && std::none_of(request.acts.begin(), request.acts.end(),
                                      [&](const Act& act) { return is_decision(definition, act); });
}

}  // namespace xueji

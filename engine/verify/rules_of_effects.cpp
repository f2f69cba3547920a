// Effects: at most once on a path, only on one that is completed, and only with what they need filled in.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/effects_of_ends.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

/// Whether one of the fields is filled in, whatever data can be there.
bool is_filled_in(const Exploration& exploration, const Exploration::Node& node, const std::set<std::string>& fields) {
  Conditions& conditions = exploration.conditions();
  std::vector<Logic::Term> filled;
  filled.reserve(fields.size());
  for (const std::string& field : fields) filled.push_back(conditions.logic().filled(field));
  return !conditions.has_data(conditions.holds(exploration.remembered(node).known),
                              conditions.logic().no(conditions.logic().any(filled)));
}

/// Whether an act that stands asked for one of the fields.
bool act_demanded(const Exploration& exploration, const Exploration::Node& node, const std::set<std::string>& fields) {
  const auto& standing = exploration.remembered(node).standing;
  return std::any_of(standing.begin(), standing.end(), [&](std::uint32_t id) {
    const Action* action = exploration.act(id).state->action(exploration.act(id).event);
    return action && std::any_of(action->fields.begin(), action->fields.end(),
                                 [&](const std::string& field) { return fields.contains(field); });
  });
}

/// A student is moved to another school, and to nothing else.
void moves_to_another_school(const Exploration& exploration, Ledger& ledger, Exploration::NodeId id,
                             const EffectCall& call) {
  const auto& node = exploration.nodes()[id];
  const SubjectKind& kind = exploration.kind_of(node);
  const OfficeId to = kind.places().at(call.place);
  if (const Office* office = kind.offices.find(to); office && office->level != Level::school)
    ledger.violated("move-to-no-school", exploration.state(node).position,
                    fmt::format("the effect {} takes the student to an office that is no school", call.name),
                    "let a school open the request, `open: {by: registrar at any school}`, or leave out the effect",
                    exploration.path_to(id));
  if (to != kind.school) return;
  ledger.violated("effect-without-change", exploration.state(node).position,
                  fmt::format("the effect {} has nothing to do where both places are the same school", call.name),
                  call.place == named_school ? "let `require` demand that the two places are different"
                                             : "let `open` demand that the two places are different",
                  exploration.path_to(id));
}

}  // namespace

void effects_come_once_and_to_good_ends(const Exploration& exploration, Ledger& ledger) {
  std::map<const State*, Exploration::NodeId> ends;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id)
    if (exploration.has_ended(exploration.nodes()[id]))
      ends.try_emplace(&exploration.state(exploration.nodes()[id]), id);
  for (const auto& [end, node] : ends) {
    ledger.tried(2 * end->effects.size());
    if (!end->effects.empty() && end->outcome != Outcome::completed)
      ledger.violated("effect-on-bad-end", end->position,
                      fmt::format("`{}` ends {} and yet has the effect {}", end->key, to_string(end->outcome),
                                  end->effects.front().name),
                      "let effects stand at an end that is `completed`", exploration.path_to(node));
    // Under other conditions, an effect is another.
    std::set<std::pair<std::string, std::string>> once;
    for (const EffectCall& call : end->effects) once.emplace(call.name, call.when ? call.when->source() : "");
    if (once.size() < end->effects.size())
      ledger.violated("effect-twice", end->position, fmt::format("`{}` has an effect twice", end->key),
                      "keep one of the two", exploration.path_to(node));
  }
}

void effects_have_what_they_need(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    if (!exploration.has_ended(node)) continue;
    const State& end = exploration.state(node);
    for (const EffectCall& call : end.effects) {
      ledger.tried();
      if (!call.place.empty()) {
        moves_to_another_school(exploration, ledger, id, call);
        continue;
      }
      const auto fields = fields_of_effect(definition, call);
      if (fields.empty() || is_filled_in(exploration, node, fields) || act_demanded(exploration, node, fields))
        continue;
      ledger.violated(
          "effect-without-field", end.position,
          fmt::format("the effect {} can come to have nothing to do: every field for it may be left empty", call.name),
          "make a field `required`, or demand one of them with `has()` in `require`", exploration.path_to(id));
    }
  }
}

}  // namespace xueji

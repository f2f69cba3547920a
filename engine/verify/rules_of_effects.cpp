// Effects: at most once on a path, only on one that is completed, and only with what they need filled in.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/guard_truth.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

/// The fields without any of which the effect would do nothing.
std::set<std::string> fields_of_effect(const Definition& definition, std::string_view effect) {
  std::set<std::string> fields;
  for (const Field& field : definition.fields)
    if (effect == "apply_changes" ? !field.changes.empty() : field.type == FieldType::student_number)
      fields.insert(field.key);
  return fields;
}

/// Whether no form without any of these fields can be submitted.
bool form_demands(const Definition& definition, const SubjectKind& kind, const std::set<std::string>& fields) {
  const bool required = std::any_of(fields.begin(), fields.end(),
                                    [&](const std::string& key) { return definition.field(key)->required; });
  return required || truth_of(guards_of(definition.require), definition, kind, fields) == Truth::never;
}

/// Whether an act that stands asked for one of the fields.
bool act_demanded(const Exploration& exploration, const Exploration::Node& node, const std::set<std::string>& fields) {
  return std::any_of(node.remembered.standing.begin(), node.remembered.standing.end(), [&](std::uint32_t id) {
    const Action* action = exploration.act(id).state->action(exploration.act(id).event);
    return action && std::any_of(action->fields.begin(), action->fields.end(),
                                 [&](const std::string& field) { return fields.contains(field); });
  });
}

}  // namespace

void effects_come_once_and_to_good_ends(const Exploration& exploration, Ledger& ledger) {
  std::map<const State*, Exploration::NodeId> ends;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id)
    if (exploration.has_ended(exploration.nodes()[id]))
      ends.try_emplace(exploration.definition().state(exploration.nodes()[id].where.state), id);
  for (const auto& [end, node] : ends) {
    ledger.tried(2 * end->effects.size());
    if (!end->effects.empty() && end->outcome != Outcome::completed)
      ledger.violated("effect-on-bad-end", end->place,
                      fmt::format("`{}` ends {} and yet has the effect {}", end->key, to_string(end->outcome),
                                  end->effects.front()),
                      "let effects stand at an end that is `completed`", exploration.path_to(node));
    const std::set<std::string> once{end->effects.begin(), end->effects.end()};
    if (once.size() < end->effects.size())
      ledger.violated("effect-twice", end->place, fmt::format("`{}` has an effect twice", end->key),
                      "keep one of the two", exploration.path_to(node));
  }
}

void effects_have_what_they_need(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    if (!exploration.has_ended(node)) continue;
    const State& end = *definition.state(node.where.state);
    for (const auto& effect : end.effects) {
      ledger.tried();
      const auto fields = fields_of_effect(definition, effect);
      if (form_demands(definition, exploration.kind_of(node), fields) || act_demanded(exploration, node, fields))
        continue;
      ledger.violated(
          "effect-without-field", end.place,
          fmt::format("the effect {} can come to have nothing to do: every field for it may be left empty", effect),
          "make a field `required`, or demand one of them with `has()` in `require`", exploration.path_to(id));
    }
  }
}

}  // namespace xueji

// What the author wrote under `always:`.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

bool has_effect(const std::vector<EffectCall>& calls, const std::string& name) {
  return std::any_of(calls.begin(), calls.end(), [&](const EffectCall& call) { return call.name == name; });
}

/// One sentence against one abstract state after the other.
class Check {
 public:
  Check(const Exploration& exploration, const Invariant& invariant)
      : exploration_(exploration), definition_(exploration.definition()), invariant_(invariant) {}

  /// Whether the sentence says anything about the state, and whether it then holds.
  bool is_about(const Exploration::Node& node) const {
    const State& outer = exploration_.state(node);
    switch (invariant_.form) {
      case Invariant::Form::effect_after:
        return has_effect(outer.effects, invariant_.subject);
      case Invariant::Form::state_after:
      case Invariant::Form::passes:
        return outer.key == invariant_.subject || is_in_a_branch(node);
      case Invariant::Form::possible_before:
        return is_before(node);
      default:
        return false;
    }
  }

  bool holds(const Exploration::Node& node) const {
    if (invariant_.form == Invariant::Form::possible_before) return is_possible(node);
    return std::any_of(invariant_.acts.begin(), invariant_.acts.end(),
                       [&](const ActPattern& pattern) { return is_done(pattern, node); });
  }

 private:
  bool is_before(const Exploration::Node& node) const {
    const auto states = exploration_.active(node);
    const auto limit = definition_.order(invariant_.limit);
    return !states.empty() && std::all_of(states.begin(), states.end(),
                                          [&](const State* state) { return definition_.order(state->key) < limit; });
  }

  bool is_in_a_branch(const Exploration::Node& node) const {
    const auto states = exploration_.active(node);
    return node.where.size() > 1 && std::any_of(states.begin(), states.end(),
                                                [&](const State* state) { return state->key == invariant_.subject; });
  }

  /// For all data that can be there, and by somebody whom separation of duties leaves.
  bool is_possible(const Exploration::Node& node) const {
    const auto states = exploration_.active(node);
    return std::any_of(states.begin(), states.end(), [&](const State* state) {
      const auto& moves = exploration_.moves(node.kind, *state);
      return std::any_of(moves.begin(), moves.end(), [&](const Move& move) {
        return move.event == invariant_.subject && exploration_.can_be_made(node, move) && is_certain(node, move);
      });
    });
  }

  bool is_certain(const Exploration::Node& node, const Move& move) const {
    if (!move.action) return true;
    Conditions& conditions = exploration_.conditions();
    const auto demand = conditions.can_be_done(*move.state, *move.action);
    return demand == conditions.logic().always() ||
           !conditions.has_data(conditions.holds(exploration_.remembered(node).known), conditions.logic().no(demand));
  }

  bool is_done(const ActPattern& pattern, const Exploration::Node& node) const {
    const auto& remembered = exploration_.remembered(node);
    const auto& acts = invariant_.form == Invariant::Form::passes ? remembered.passed : remembered.standing;
    std::vector<const State*> matching;
    for (const auto id : acts)
      if (matches(pattern, exploration_.act(id))) matching.push_back(exploration_.act(id).state);
    return pattern.two_officers ? has_two_officers(matching) : !matching.empty();
  }

  static bool matches(const ActPattern& pattern, const RememberedAct& act) {
    if (act.event != pattern.event) return false;
    if (!pattern.state.empty()) return act.state->key == pattern.state;
    return act.level && (pattern.at_authority ? act.at_authority : act.level == pattern.level);
  }

  /// Two of the states are kept apart by `different people`: then no person has done both.
  bool has_two_officers(const std::vector<const State*>& states) const {
    return std::any_of(definition_.separation.different_people.begin(), definition_.separation.different_people.end(),
                       [&](const std::vector<std::string>& group) {
                         std::set<const State*> apart;
                         for (const State* state : states)
                           if (std::find(group.begin(), group.end(), state->key) != group.end()) apart.insert(state);
                         return apart.size() >= 2;
                       });
  }

  const Exploration& exploration_;
  const Definition& definition_;
  const Invariant& invariant_;
};

void check(const Exploration& exploration, const Invariant& invariant, Ledger& ledger) {
  ledger.tried();
  if (invariant.form == Invariant::Form::request_ends) return;  // what every_way_ends() proves of every definition
  const Check sentence{exploration, invariant};
  bool about_something = false;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    if (!sentence.is_about(node)) continue;
    about_something = true;
    if (sentence.holds(node)) continue;
    return ledger.violated("always", invariant.position, fmt::format("this does not hold: {}", invariant.text),
                           "correct the states, or the sentence", exploration.path_to(id));
  }
  if (!about_something)
    ledger.violated("always", invariant.position,
                    fmt::format("this says nothing, for it never comes to that: {}", invariant.text),
                    "correct the sentence, or remove it");
}

}  // namespace

void what_must_always_hold(const Exploration& exploration, Ledger& ledger) {
  for (const Invariant& invariant : exploration.definition().always)
    if (invariant.form != Invariant::Form::possible_before) check(exploration, invariant, ledger);
}

void what_must_always_be_possible(const Exploration& exploration, Ledger& ledger) {
  for (const Invariant& invariant : exploration.definition().always)
    if (invariant.form == Invariant::Form::possible_before) check(exploration, invariant, ledger);
}

}  // namespace xueji

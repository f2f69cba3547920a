// What the registry may refuse at the last moment leads on all the same: a new ID number that another record took while
// the request was under way.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/effects_of_ends.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

class RefusalCheck {
 public:
  RefusalCheck(const Exploration& exploration, Ledger& ledger) : exploration_(exploration), ledger_(ledger) {
    for (const Field& field : exploration.definition().fields)
      if (field.changes == "id_number") id_number_ = field.key;
  }

  void check() {
    if (id_number_.empty()) return;
    for (Exploration::NodeId id = 0; id < exploration_.nodes().size(); ++id)
      for (const auto& edge : exploration_.edges(exploration_.nodes()[id]))
        if (may_be_refused(edge.to)) look_at(id, edge);
  }

 private:
  bool may_be_refused(Exploration::NodeId id) const {
    const auto& node = exploration_.nodes()[id];
    if (!exploration_.has_ended(node)) return false;
    const auto members = members_changed(exploration_.definition(), exploration_.state(node));
    Conditions& conditions = exploration_.conditions();
    return members.contains("id_number") && conditions.has_data(conditions.holds(exploration_.remembered(node).known),
                                                                conditions.logic().filled(id_number_));
  }

  void look_at(Exploration::NodeId id, const Exploration::Edge& edge) {
    ledger_.tried();
    const auto& node = exploration_.nodes()[id];
    const Move& move = *edge.move;
    const State& state = *move.state;
    if (exploration_.elsewhere_if_refused(node, move, target_of(edge))) return;
    if (move.action) {
      if (!another_way(node, state))
        violated(state, edge, id, "nobody could do anything else in it",
                 "give it an action that leads elsewhere, like `return` or `reject`");
    } else if (state.kind == StateKind::check) {
      const std::string& suspect = state.outcomes.at(CheckOutcome::suspect);
      if (suspect == target_of(edge))
        violated(state, edge, id, "that counts as suspect, which leads there too",
                 "let `suspect` lead to a state in which people judge it");
    } else if (edge.target == Exploration::joined) {
      violated(*exploration_.definition().state(state.parallel), edge, id, "nothing says where it goes once joined",
               "add `refused: STATE`, a state in which people decide anew or an end without effects");
    } else if (state.wait) {
      violated(state, edge, id, "nothing says where it goes then",
               "add `refused: STATE`, a state in which people decide anew or an end without effects");
    } else {
      violated(state, edge, id, "nobody would notice, since time alone leads there",
               "let `expire` lead to an end without effects");
    }
  }

  std::string target_of(const Exploration::Edge& edge) const {
    return edge.target == Exploration::joined ? std::string(join_word)
                                              : exploration_.definition().states[edge.target].key;
  }

  /// For all data that can be there, some action leads to no such end, or time does.
  bool another_way(const Exploration::Node& node, const State& state) const {
    Conditions& conditions = exploration_.conditions();
    std::set<const Move*> refused, others;
    for (const auto& edge : exploration_.edges(node)) {
      if (edge.move->state != &state) continue;
      (may_be_refused(edge.to) ? refused : others).insert(edge.move);
    }
    std::vector<Logic::Term> ways;
    for (const Move* move : others) {
      if (!move->action) return true;
      if (!refused.contains(move) || move->to.size() > 1) ways.push_back(conditions.can_be_done(state, *move->action));
    }
    return !ways.empty() && !conditions.has_data(conditions.holds(exploration_.remembered(node).known),
                                                 conditions.logic().no(conditions.logic().any(ways)));
  }

  void violated(const State& state, const Exploration::Edge& edge, Exploration::NodeId id, std::string_view why,
                std::string advice) {
    ledger_.violated("refused-effect", state.place,
                     fmt::format("if another record takes the ID number meanwhile, `{}` is refused in `{}`, and {}",
                                 edge.move->event, state.key, why),
                     std::move(advice), exploration_.path_to(id, &edge));
  }

  const Exploration& exploration_;
  Ledger& ledger_;
  std::string id_number_;
};

}  // namespace

void refusals_of_the_registry_lead_on(const Exploration& exploration, Ledger& ledger) {
  RefusalCheck{exploration, ledger}.check();
}

}  // namespace xueji

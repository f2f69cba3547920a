// What the registry may refuse at the last moment leads on all the same: a new ID number that another record took while
// the request was under way, a student number that is or was another's, and any change of a record that nothing kept
// from moving or being merged meanwhile.
#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/verify/effects_of_ends.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

class RefusalCheck {
 public:
  RefusalCheck(const Exploration& exploration, Ledger& ledger) : exploration_(exploration), ledger_(ledger) {}

  void check() {
    const auto& states = exploration_.definition().states;
    if (std::none_of(states.begin(), states.end(), [this](const State& state) { return is_refusable(state); })) return;
    leads_elsewhere_ = nodes_that_lead_to(exploration_, [this](const State& end) { return !is_refusable(end); });
    for (Exploration::NodeId id = 0; id < exploration_.nodes().size(); ++id)
      for (const auto& edge : exploration_.edges(exploration_.nodes()[id]))
        if (may_be_refused(edge.to)) look_at(id, edge);
  }

 private:
  /// Which field gives a new one; empty for none.
  std::string id_number_of(const State& end) const { return field_for(exploration_.definition(), end, "id_number"); }
  bool locks_nobody() const { return exploration_.definition().lock == Lock::none; }
  bool gives_number_at(const State& end) const { return number_given(exploration_.definition(), end).has_value(); }
  bool is_refusable(const State& end) const {
    return locks_nobody() ? !touched_by(exploration_.definition(), end).empty()
                          : !id_number_of(end).empty() || gives_number_at(end);
  }

  bool may_be_refused(Exploration::NodeId id) const {
    const auto& node = exploration_.nodes()[id];
    if (!exploration_.has_ended(node)) return false;
    Conditions& conditions = exploration_.conditions();
    const std::string field = id_number_of(exploration_.state(node));
    if (locks_nobody()) return is_refusable(exploration_.state(node));
    if (gives_number_at(exploration_.state(node))) return true;
    return !field.empty() &&
           conditions.has_data(conditions.holds(exploration_.remembered(node).known), conditions.logic().filled(field));
  }

  void look_at(Exploration::NodeId id, const Exploration::Edge& edge) {
    ledger_.tried();
    const Move& move = *edge.move;
    const State& state = *move.state;
    const bool joins = edge.target == Exploration::joined || edge.target == Exploration::stopped;
    const bool is_said = exploration_.elsewhere_if_refused(exploration_.nodes()[id], move, target_of(edge));
    if (!is_said && state.kind == StateKind::check && state.outcomes.at(CheckOutcome::suspect) == target_of(edge))
      violated(state, edge, id, "that counts as suspect, which leads there too",
               "let `suspect` lead to a state in which people judge it");
    else if (!is_said && !move.action && state.kind != StateKind::check)
      violated(
          joins ? *exploration_.definition().state(state.parallel) : state, edge, id, "nothing says where it goes then",
          state.wait || joins ? "add `refused: STATE`, a state in which people decide anew or an end without effects"
                              : "let `expire` lead to an end without effects");
    else if (!leads_elsewhere_[id])
      violated(state, edge, id, "no other end can be reached",
               "let an action that is always possible lead to another end, like `reject`");
  }

  std::string target_of(const Exploration::Edge& edge) const {
    if (edge.target == Exploration::joined) return std::string(join_word);
    if (edge.target == Exploration::stopped) return std::string(stop_word);
    return exploration_.definition().states[edge.target].key;
  }

  std::string_view why_refused(const Exploration::Edge& edge) const {
    if (locks_nobody()) return "the record moves or is merged, which no lock prevents, meanwhile";
    const auto kind = number_given(exploration_.definition(), exploration_.state(exploration_.nodes()[edge.to]));
    if (!kind) return "another record takes the ID number meanwhile";
    return kind == NumberKind::G ? "the number is or was another record's" : "no number is left";
  }

  void violated(const State& state, const Exploration::Edge& edge, Exploration::NodeId id, std::string_view why,
                std::string advice) {
    ledger_.violated(
        "refused-effect", state.position,
        fmt::format("if {}, `{}` is refused in `{}`, and {}", why_refused(edge), edge.move->event, state.key, why),
        std::move(advice), exploration_.path_to(id, &edge));
  }

  const Exploration& exploration_;
  Ledger& ledger_;
  std::vector<bool> leads_elsewhere_;
};

}  // namespace

void refusals_of_the_registry_lead_on(const Exploration& exploration, Ledger& ledger) {
  RefusalCheck{exploration, ledger}.check();
}

}  // namespace xueji

// Every state is reached, from everywhere an end is reached, and machines alone go round in no circle.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "engine/machine/submission.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

using NodeId = Exploration::NodeId;

bool is_withdrawal(const State& end) { return end.outcome == Outcome::withdrawn || end.outcome == Outcome::cancelled; }

/// For each node what leads to it.
std::vector<std::vector<NodeId>> nodes_before(const Exploration& exploration) {
  std::vector<std::vector<NodeId>> before(exploration.nodes().size());
  for (NodeId id = 0; id < exploration.nodes().size(); ++id)
    for (const auto& edge : exploration.edges(exploration.nodes()[id])) before[edge.to].push_back(id);
  return before;
}

/// Marks the nodes from which marked ones are reached, as far as `leads` says that an edge does.
template <class Leads>
void mark_backwards(const std::vector<std::vector<NodeId>>& before, std::vector<bool>& marked,
                    std::vector<NodeId> pending, Leads leads) {
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    for (const NodeId previous : before[id]) {
      if (marked[previous] || !leads(previous)) continue;
      marked[previous] = true;
      pending.push_back(previous);
    }
  }
}

/// Which nodes have a way to one of these ends, whatever data can be there: the conditions of the moves that lead on
/// must leave no data out. Moves to nodes of which it is not known yet are followed with the conditions there.
class Ways {
 public:
  /// With `draft_is_free` the subject too is still to be chosen in the draft, so there a way for some data is enough.
  Ways(const Exploration& exploration, const std::function<bool(const State& end)>& is_wanted, bool draft_is_free)
      : exploration_(exploration),
        conditions_(exploration.conditions()),
        draft_is_free_(draft_is_free),
        before_(nodes_before(exploration)),
        lead_(exploration.nodes().size(), false) {
    std::vector<NodeId> ends;
    for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
      const auto& node = exploration.nodes()[id];
      if (!exploration.has_ended(node) || !is_wanted(exploration.state(node))) continue;
      lead_[id] = true;
      ends.push_back(id);
    }
    promote(std::move(ends));
  }

  bool lead_from(NodeId id) const { return lead_[id]; }
  std::vector<bool> lead() const { return lead_; }
  /// Data for which there is no way; empty where there is none for any data.
  Data falsifying(NodeId id) const {
    const auto way = ways_.find(id);
    if (way == ways_.end() || way->second == conditions_.logic().any({})) return {};
    return conditions_.logic().example({holds(id), conditions_.logic().no(way->second)}, way->second);
  }

 private:
  static constexpr int rounds_max = 8;

  Logic::Term holds(NodeId id) const {
    const auto& node = exploration_.nodes()[id];
    return conditions_.logic().all(
        {conditions_.holds(exploration_.remembered(node).known), conditions_.places_of(exploration_.kind_of(node))});
  }

  bool is_free(NodeId id) const {
    return draft_is_free_ && exploration_.state(exploration_.nodes()[id]).kind == StateKind::draft;
  }

  Logic::Term demand(const Move& move) const {
    if (!move.action || exploration_.is_impossible(*move.action)) return conditions_.logic().always();
    return conditions_.can_be_done(*move.state, *move.action);
  }

  /// Whatever whoever does it fills in, with it `then` has to hold; what can't be submitted is filled in anew.
  Logic::Term leads_on(const Move& move, Logic::Term then) const {
    if (!move.action) return then;
    Logic& logic = conditions_.logic();
    if (is_submission(exploration_.definition(), *move.state, *move.action))
      return logic.any({then, logic.no(conditions_.can_be_submitted(*move.action))});
    return logic.for_some({move.action->fields.begin(), move.action->fields.end()}, then);
  }

  /// What no subject can do is explored all the same, but it is no way. That no form can be submitted is told by
  /// itself.
  bool is_way(const Exploration::Edge& edge) const {
    return !edge.move->action || edge.move->state->kind == StateKind::draft ||
           !exploration_.is_impossible(*edge.move->action);
  }

  bool is_for_all_data(const Exploration::Edge& edge) const {
    return exploration_.ways(edge).empty() && demand(*edge.move) == conditions_.logic().always();
  }

  bool leads_on_for_all_data(NodeId id) const {
    for (const auto& edge : exploration_.edges(exploration_.nodes()[id]))
      if (is_way(edge) && lead_[edge.to] && (is_free(id) || is_for_all_data(edge))) return true;
    return false;
  }

  void promote(std::vector<NodeId> from) {
    while (!from.empty()) {
      mark_backwards(before_, lead_, std::move(from), [this](NodeId id) { return leads_on_for_all_data(id); });
      from = found_by_logic();
    }
  }

  /// Nodes with a way for all their data by several moves with conditions, which together leave nothing out.
  std::vector<NodeId> found_by_logic() {
    std::vector<NodeId> open, found;
    for (NodeId id = 0; id < lead_.size(); ++id)
      if (!lead_[id] && !exploration_.has_ended(exploration_.nodes()[id])) open.push_back(id);
    ways_.clear();
    for (int round = 0; round < rounds_max && found.empty() && !open.empty(); ++round) {
      std::map<NodeId, Logic::Term> ways;
      for (const NodeId id : open) ways[id] = way_from(id);
      const bool same = ways == ways_;
      ways_ = std::move(ways);
      if (same) break;
      for (const NodeId id : open)
        if (!conditions_.has_data(holds(id), conditions_.logic().no(ways_.at(id)))) {
          lead_[id] = true;
          found.push_back(id);
        }
    }
    return found;
  }

  Logic::Term way_from(NodeId id) const {
    std::vector<Logic::Term> ways;
    for (const auto& edge : exploration_.edges(exploration_.nodes()[id])) {
      if (!is_way(edge)) continue;
      const bool is_chosen = !exploration_.ways(edge).empty();
      if (lead_[edge.to] && !is_chosen) {
        ways.push_back(demand(*edge.move));
        continue;
      }
      const auto behind = ways_.find(edge.to);
      if (!lead_[edge.to] && behind == ways_.end()) continue;
      std::vector<Logic::Term> then;
      if (is_chosen) then.push_back(exploration_.goes_there(edge));
      if (!lead_[edge.to]) then.push_back(behind->second);
      ways.push_back(
          conditions_.logic().all({demand(*edge.move), leads_on(*edge.move, conditions_.logic().all(then))}));
    }
    return conditions_.logic().any(ways);
  }

  const Exploration& exploration_;
  Conditions& conditions_;
  bool draft_is_free_;
  std::vector<std::vector<NodeId>> before_;
  std::vector<bool> lead_;
  std::map<NodeId, Logic::Term> ways_;  ///< for which data a node leads on, as far as it was followed
};

/// Looks for circles along the moves of machines, depth first.
class CircleSearch {
 public:
  explicit CircleSearch(const Exploration& exploration)
      : exploration_(exploration), marks_(exploration.nodes().size(), Mark::unseen) {}

  /// The moves of a circle through or behind that node; empty where there is none.
  std::vector<const Exploration::Edge*> from(NodeId start) {
    if (marks_[start] != Mark::unseen) return {};
    std::vector<std::pair<NodeId, std::size_t>> stack{{start, 0}};
    std::vector<const Exploration::Edge*> way;
    marks_[start] = Mark::on_the_way;
    while (!stack.empty()) {
      auto& [id, next] = stack.back();
      const auto edges = exploration_.edges(exploration_.nodes()[id]);
      if (next == edges.size()) {
        marks_[id] = Mark::done;
        stack.pop_back();
        if (!way.empty()) way.pop_back();
        continue;
      }
      const auto& edge = edges[next++];
      if (edge.move->action) continue;
      if (marks_[edge.to] == Mark::on_the_way) {
        way.push_back(&edge);
        const auto entry =
            std::find_if(stack.begin(), stack.end(), [&](const auto& each) { return each.first == edge.to; });
        entry_ = edge.to;
        return {way.begin() + (entry - stack.begin()), way.end()};
      }
      if (marks_[edge.to] != Mark::unseen) continue;
      marks_[edge.to] = Mark::on_the_way;
      way.push_back(&edge);
      stack.emplace_back(edge.to, 0);
    }
    return {};
  }
  NodeId entry() const { return entry_; }

 private:
  enum class Mark : std::uint8_t { unseen, on_the_way, done };
  const Exploration& exploration_;
  std::vector<Mark> marks_;
  NodeId entry_ = 0;
};

}  // namespace

std::vector<bool> nodes_that_lead_to(const Exploration& exploration,
                                     const std::function<bool(const State& end)>& is_wanted) {
  return Ways{exploration, is_wanted, true}.lead();
}

void every_state_is_reached(const Exploration& exploration, Ledger& ledger) {
  std::set<Exploration::Position> reached = exploration.passed();
  for (const auto& node : exploration.nodes()) reached.insert(node.where.begin(), node.where.end());
  Exploration::Position position = 0;
  for (const State& state : exploration.definition().states) {
    ledger.tried();
    const bool is_closed_to = exploration.definition().closing && exploration.definition().closing->to == state.key;
    if (!reached.contains(position++) && !is_closed_to)
      ledger.violated("unreachable-state", state.position, fmt::format("no request can come to `{}`", state.key),
                      "let something lead to it, or remove it");
  }
}

void every_way_ends(const Exploration& exploration, Ledger& ledger) {
  const Ways to_an_end{exploration, [](const State&) { return true; }, false};
  const Ways to_a_decision{exploration, [](const State& end) { return !is_withdrawal(end); }, true};
  std::map<const State*, Occurrence> trapped, only_withdrawn;
  ledger.tried(2 * exploration.configurations().size());
  const auto note_where = [&](std::map<const State*, Occurrence>& where, const Ways& ways, NodeId id) {
    const auto& node = exploration.nodes()[id];
    if (exploration.has_ended(node) || ways.lead_from(id) || (node.came_by && !ways.lead_from(node.parent))) return;
    const auto states = exploration.active(node);
    note(where, states.empty() ? exploration.state(node) : *states.front(), id, node.kind);
  };
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    note_where(trapped, to_an_end, id);
    if (to_an_end.lead_from(id)) note_where(only_withdrawn, to_a_decision, id);
  }
  const auto tell = [&](const std::map<const State*, Occurrence>& found, const Ways& ways, std::string_view what,
                        std::string_view advice) {
    for (const auto& [state, where] : found) {
      auto data = ways.falsifying(where.nearest);
      ledger.violated("no-way-to-an-end", state->position,
                      fmt::format("{}from `{}` {} can be reached{}", data.empty() ? "" : to_string(data) + " ",
                                  state->key, what, for_whom(exploration, where)),
                      std::string(advice), exploration.path_to(where.nearest), std::move(data));
    }
  };
  tell(trapped, to_an_end, "no end", "let an action, an outcome or `overdue: {expire: END}` lead on");
  tell(only_withdrawn, to_a_decision, "no end but a withdrawal",
       "let an action that decides lead on for these data too, or let the form refuse them");
}

void no_machine_spins(const Exploration& exploration, Ledger& ledger) {
  CircleSearch search{exploration};
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto circle = search.from(id);
    if (circle.empty()) continue;
    auto path = exploration.path_to(search.entry());
    for (const auto* edge : circle)
      path.push_back({edge->move->state->key,
                      std::string(edge->move->event),
                      to_string(exploration.configuration(exploration.nodes()[edge->to])),
                      {}});
    const State& state = *circle.front()->move->state;
    ledger.violated("machine-cycle", state.position,
                    fmt::format("machines alone can go round in a circle from `{}` for ever", state.key),
                    "put a state into the circle that waits for a person", std::move(path));
  }
  ledger.tried();
}

}  // namespace xueji

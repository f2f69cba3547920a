// Every state is reached, from everywhere an end is reached, and machines alone go round in no circle.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

using NodeId = Exploration::NodeId;

/// Whether an end can be reached from each node.
std::vector<bool> nodes_that_can_end(const Exploration& exploration) {
  const auto& nodes = exploration.nodes();
  std::vector<std::vector<NodeId>> before(nodes.size());
  std::vector<bool> can_end(nodes.size(), false);
  std::vector<NodeId> pending;
  for (NodeId id = 0; id < nodes.size(); ++id) {
    for (const auto& edge : nodes[id].edges) before[edge.to].push_back(id);
    if (!exploration.has_ended(nodes[id])) continue;
    can_end[id] = true;
    pending.push_back(id);
  }
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    for (const NodeId previous : before[id]) {
      if (can_end[previous]) continue;
      can_end[previous] = true;
      pending.push_back(previous);
    }
  }
  return can_end;
}

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
      const auto& edges = exploration_.nodes()[id].edges;
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

void every_state_is_reached(const Exploration& exploration, Ledger& ledger) {
  std::set<std::string> reached;
  for (const auto& node : exploration.nodes()) {
    reached.insert(node.where.state);
    reached.insert(node.where.branches.begin(), node.where.branches.end());
  }
  for (const State& state : exploration.definition().states) {
    ledger.tried();
    if (!reached.contains(state.key))
      ledger.violated("unreachable-state", state.place, fmt::format("no request can come to `{}`", state.key),
                      "let something lead to it, or remove it");
  }
}

void every_way_ends(const Exploration& exploration, Ledger& ledger) {
  const auto can_end = nodes_that_can_end(exploration);
  std::map<const State*, Occurrence> trapped;
  ledger.tried(exploration.configurations().size());
  for (NodeId id = 0; id < can_end.size(); ++id) {
    const auto& node = exploration.nodes()[id];
    if (can_end[id] || (node.came_by && !can_end[node.parent])) continue;
    const auto states = active(exploration, node);
    note(trapped, states.empty() ? *exploration.definition().state(node.where.state) : *states.front(), id, node.kind);
  }
  for (const auto& [state, where] : trapped)
    ledger.violated("no-way-to-an-end", state->place,
                    fmt::format("from `{}` no end can be reached{}", state->key, for_whom(exploration, where)),
                    "let an action, an outcome or `overdue: {expire: END}` lead on",
                    exploration.path_to(where.nearest));
}

void no_machine_spins(const Exploration& exploration, Ledger& ledger) {
  CircleSearch search{exploration};
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto circle = search.from(id);
    if (circle.empty()) continue;
    auto path = exploration.path_to(search.entry());
    for (const auto* edge : circle)
      path.push_back({edge->move->state, edge->move->event, to_string(exploration.nodes()[edge->to].where), {}});
    const State& state = *exploration.definition().state(circle.front()->move->state);
    ledger.violated("machine-cycle", state.place,
                    fmt::format("machines alone can go round in a circle from `{}` for ever", state.key),
                    "put a state into the circle that waits for a person", std::move(path));
  }
  ledger.tried();
}

}  // namespace xueji

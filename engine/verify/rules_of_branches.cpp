// Parallel branches: every fork joins, no join waits for what cannot come, nothing happens in a branch that is gone.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

using NodeId = Exploration::NodeId;

bool ends_branch(std::string_view to) { return to == join_word || to == stop_word; }

/// Whether the move stays in its branch, ends it, or leads outside; `join` and `stop` are only for branches.
bool keeps_to_its_branch(const Definition& definition, const State& from, std::string_view target) {
  if (ends_branch(target)) return !from.parallel.empty();
  const State& to = *definition.state(target);
  return to.parallel.empty() || (to.parallel == from.parallel && to.branch == from.branch);
}

/// Whether the move out of the fork is what the fork itself says of its branches' ends: the branch ended, or was passed
/// on to its end.
bool is_join(const Exploration& exploration, const State& fork, const Exploration::Edge& edge) {
  if (edge.target >= Exploration::joined) return true;
  const WaysTaken& ways = exploration.ways(edge);
  const std::string& to = (ways.empty() ? exploration.state(exploration.nodes()[edge.to]) : *ways.front().choice).key;
  return !exploration.definition().states[edge.target].parallel.empty() && (to == fork.to || to == fork.otherwise);
}

/// From which nodes the branches can come together, or be given up as `otherwise` says.
std::vector<bool> nodes_that_can_join(const Exploration& exploration) {
  const auto& nodes = exploration.nodes();
  std::vector<std::vector<NodeId>> before(nodes.size());
  std::vector<bool> can_join(nodes.size(), false);
  std::vector<NodeId> pending;
  for (NodeId id = 0; id < nodes.size(); ++id)
    for (const auto& edge : exploration.edges(nodes[id])) {
      const State& fork = exploration.state(nodes[id]);
      const bool same_fork = &exploration.state(nodes[edge.to]) == &fork;
      if (same_fork) before[edge.to].push_back(id);
      if (same_fork || can_join[id] || !is_join(exploration, fork, edge)) continue;
      can_join[id] = true;
      pending.push_back(id);
    }
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    for (const NodeId previous : before[id]) {
      if (can_join[previous]) continue;
      can_join[previous] = true;
      pending.push_back(previous);
    }
  }
  return can_join;
}

/// Whether every branch of the configuration stands in a state of its own.
bool is_in_order(const Exploration& exploration, const Exploration::Node& node) {
  const State& whole = exploration.state(node);
  if (whole.branches.size() != node.where.size() - 1) return false;
  for (std::size_t index = 0; index < whole.branches.size(); ++index) {
    const Exploration::Position at = node.where[index + 1];
    if (at >= Exploration::joined) continue;
    const State& state = exploration.definition().states[at];
    if (state.parallel != whole.key || state.branch != index) return false;
  }
  return true;
}

}  // namespace

void every_fork_joins(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  for (const auto& [node, move, to] : exploration.dead_ends()) {
    if (!keeps_to_its_branch(definition, *move->state, to)) continue;
    const State& fork = exploration.state(exploration.nodes()[node]);
    auto path = exploration.path_to(node);
    path.push_back({move->state->key, std::string(move->event), std::string(to), std::string(move->who)});
    ledger.violated("no-otherwise", fork.position,
                    fmt::format("`{}` does not say what comes when too few branches can still join", fork.key),
                    "add `otherwise: STATE`", std::move(path));
  }
  const auto can_join = nodes_that_can_join(exploration);
  std::map<const State*, Occurrence> stuck;
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    if (node.where.size() > 1 && !can_join[id]) note(stuck, exploration.state(node), id, node.kind);
  }
  for (const State& state : definition.states)
    if (state.kind == StateKind::parallel) ledger.tried(2);
  for (const auto& [state, where] : stuck)
    ledger.violated("fork-never-joins", state->position,
                    fmt::format("the branches of `{}` can come to where they never join{}", state->key,
                                for_whom(exploration, where)),
                    "let an action of each branch lead `to: join`, or `to: stop` with `otherwise`",
                    exploration.path_to(where.nearest));
}

void no_branch_acts_when_gone(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  std::set<const Move*> looked_at;
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    ledger.tried();
    if (!is_in_order(exploration, node))
      ledger.violated(
          "foreign-branch", exploration.state(node).position,
          fmt::format("the branches stand where they do not belong: {}", to_string(exploration.configuration(node))),
          "lead only to states of the same branch, or outside", exploration.path_to(id));
    for (const State* state : exploration.active(node))
      for (const Move& move : exploration.moves(node.kind, *state)) {
        if (!looked_at.insert(&move).second) continue;
        if (std::all_of(move.to.begin(), move.to.end(),
                        [&](std::string_view to) { return keeps_to_its_branch(definition, *state, to); }))
          continue;
        ledger.violated("foreign-branch", move.action ? move.action->position : state->position,
                        fmt::format("`{}` leads from `{}` into another branch", move.event, state->key),
                        "lead to a state of the same branch, to `join` or `stop`, or outside", exploration.path_to(id));
      }
  }
}

}  // namespace xueji

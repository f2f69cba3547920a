// Parallel branches: every fork joins, no join waits for what cannot come, nothing happens in a branch that is gone.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

using NodeId = Exploration::NodeId;

bool ends_branch(const Move& move) { return move.to == join_word || move.to == stop_word; }

/// Whether the move stays in its branch, ends it, or leads outside; `join` and `stop` are only for branches.
bool keeps_to_its_branch(const Definition& definition, const Move& move) {
  const State& from = *definition.state(move.state);
  if (ends_branch(move)) return !from.parallel.empty();
  const State& to = *definition.state(move.to);
  return to.parallel.empty() || (to.parallel == from.parallel && to.branch == from.branch);
}

/// Whether the move out of the fork is what the fork itself says of its branches' ends: the branch ended, or was passed
/// on to its end.
bool is_join(const Definition& definition, const State& fork, const Move& move, const std::string& to) {
  if (ends_branch(move)) return true;
  return !definition.state(move.to)->parallel.empty() && (to == fork.to || to == fork.otherwise);
}

/// From which nodes the branches can come together, or be given up as `otherwise` says.
std::vector<bool> nodes_that_can_join(const Exploration& exploration) {
  const auto& nodes = exploration.nodes();
  std::vector<std::vector<NodeId>> before(nodes.size());
  std::vector<bool> can_join(nodes.size(), false);
  std::vector<NodeId> pending;
  for (NodeId id = 0; id < nodes.size(); ++id)
    for (const auto& edge : nodes[id].edges) {
      const bool same_fork = nodes[edge.to].where.state == nodes[id].where.state;
      if (same_fork) before[edge.to].push_back(id);
      const State& fork = *exploration.definition().state(nodes[id].where.state);
      if (same_fork || can_join[id] || !is_join(exploration.definition(), fork, *edge.move, nodes[edge.to].where.state))
        continue;
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
bool is_in_order(const Definition& definition, const StateConfiguration& where) {
  if (definition.state(where.state)->branches.size() != where.branches.size()) return false;
  for (std::size_t index = 0; index < where.branches.size(); ++index) {
    const State* state = definition.state(where.branches[index]);
    if (state && (state->parallel != where.state || state->branch != index)) return false;
  }
  return true;
}

}  // namespace

void every_fork_joins(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  for (const auto& [node, move] : exploration.dead_ends()) {
    if (!keeps_to_its_branch(definition, *move)) continue;
    const State& fork = *definition.state(exploration.nodes()[node].where.state);
    auto path = exploration.path_to(node);
    path.push_back({move->state, move->event, move->to, move->who});
    ledger.violated("no-otherwise", fork.place,
                    fmt::format("`{}` does not say what comes when too few branches can still join", fork.key),
                    "add `otherwise: STATE`", std::move(path));
  }
  const auto can_join = nodes_that_can_join(exploration);
  std::map<const State*, Occurrence> stuck;
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    if (!node.where.branches.empty() && !can_join[id]) note(stuck, *definition.state(node.where.state), id, node.kind);
  }
  for (const State& state : definition.states)
    if (state.kind == StateKind::parallel) ledger.tried(2);
  for (const auto& [state, where] : stuck)
    ledger.violated("fork-never-joins", state->place,
                    fmt::format("the branches of `{}` can come to where they never join{}", state->key,
                                for_whom(exploration, where)),
                    "let an action of each branch lead `to: join`, or `to: stop` with `otherwise`",
                    exploration.path_to(where.nearest));
}

void no_branch_acts_when_gone(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    ledger.tried();
    if (!is_in_order(definition, node.where))
      ledger.violated("foreign-branch", definition.state(node.where.state)->place,
                      fmt::format("the branches stand where they do not belong: {}", to_string(node.where)),
                      "lead only to states of the same branch, or outside", exploration.path_to(id));
    for (const State* state : active(exploration, node))
      for (const Move& move : exploration.moves(node.kind, *state))
        if (!keeps_to_its_branch(definition, move))
          ledger.violated("foreign-branch", move.action ? move.action->place : state->place,
                          fmt::format("`{}` leads from `{}` into another branch", move.event, state->key),
                          "lead to a state of the same branch, to `join` or `stop`, or outside",
                          exploration.path_to(id));
  }
}

}  // namespace xueji

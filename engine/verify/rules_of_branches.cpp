// Parallel branches: every fork joins, no join waits for what cannot come, nothing happens in a branch that is gone.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

using NodeId = Exploration::NodeId;

bool ends_branch(const Move& move) { return move.to == join_word || move.to == stop_word; }

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
      if (same_fork || !ends_branch(*edge.move) || can_join[id]) continue;
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

/// The word of a branch that does not belong where it stands; empty where all do.
std::string misplaced_branch(const Definition& definition, const Configuration& where) {
  const State& outer = *definition.state(where.state);
  if (outer.branches.size() != where.branches.size()) return where.state;
  if (!outer.parallel.empty()) return outer.key;
  for (std::size_t index = 0; index < where.branches.size(); ++index) {
    const auto& word = where.branches[index];
    if (word == join_word || word == stop_word) continue;
    const State* state = definition.state(word);
    if (!state || state->parallel != where.state || state->branch != index) return word;
  }
  return {};
}

}  // namespace

void every_fork_joins(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  for (const auto& [node, move] : exploration.dead_ends()) {
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
  for (NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    ledger.tried();
    const auto word = misplaced_branch(exploration.definition(), node.where);
    if (word.empty()) continue;
    const State& state = *exploration.definition().state(node.came_by ? node.came_by->state : node.where.state);
    ledger.violated("foreign-branch", state.place, fmt::format("`{}` is entered from outside of its branch", word),
                    "lead to a state of the same branch, to `join` or `stop`, or to a state outside",
                    exploration.path_to(id));
  }
}

}  // namespace xueji

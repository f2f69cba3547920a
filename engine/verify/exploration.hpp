// Everything that can come of a definition: all abstract states, breadth first, so that the way to each is a shortest.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/verify/memory.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {

class Exploration {
 public:
  using NodeId = std::uint32_t;
  struct Edge {
    const Move* move = nullptr;
    NodeId to = 0;
  };
  /// An abstract state: of which kind the subject is, where the request stands, what is remembered.
  struct Node {
    std::size_t kind = 0;
    StateConfiguration where;
    Remembered remembered;
    NodeId parent = 0;
    const Move* came_by = nullptr;  ///< null for the first of its kind
    std::vector<Edge> edges;
  };
  /// A move that leads nowhere: nothing says what comes when too few branches can still join.
  struct DeadEnd {
    NodeId node = 0;
    const Move* move = nullptr;
  };

  /// The definition must outlive it.
  explicit Exploration(const Definition& definition);
  Exploration(const Exploration&) = delete;
  Exploration& operator=(const Exploration&) = delete;

  const Definition& definition() const { return definition_; }
  const std::vector<SubjectKind>& kinds() const { return kinds_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<DeadEnd>& dead_ends() const { return dead_ends_; }
  const std::set<const Action*>& impossible() const { return impossible_; }
  /// False where abstract_states_max was met; then the rest is unknown.
  bool is_whole() const { return whole_; }

  const SubjectKind& kind_of(const Node& node) const { return kinds_[node.kind]; }
  const RememberedAct& act(std::uint32_t id) const { return memory_.act(id); }
  const std::vector<Move>& moves(std::size_t kind, const State& state) const;
  bool has_ended(const Node& node) const;
  /// Where requests of any kind of subject can stand.
  std::set<StateConfiguration> configurations() const;
  /// The way there; with `then`, one move more.
  std::vector<PathStep> path_to(NodeId node, const Edge* then = nullptr) const;

 private:
  std::optional<NodeId> add(Node node);
  void explore_from(NodeId id);
  PathStep step(const Move& move, const StateConfiguration& to) const;

  const Definition& definition_;
  std::vector<SubjectKind> kinds_;
  std::set<const Action*> impossible_;
  std::vector<std::vector<std::vector<Move>>> moves_;  ///< by kind and position of the state
  Memory memory_;
  std::vector<Node> nodes_;
  std::map<std::tuple<std::size_t, StateConfiguration, Remembered>, NodeId> known_;
  std::vector<DeadEnd> dead_ends_;
  bool whole_ = true;
};

/// `both_sides+receiving_review+join`
std::string to_string(const StateConfiguration& configuration);

}  // namespace xueji

// Everything that can come of a definition: all abstract states, breadth first, so that the way to each is a shortest.
#pragma once
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "engine/verify/memory.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {

class Exploration {
 public:
  using NodeId = std::uint32_t;
  /// The position of a state among the definition's, or how a branch ended.
  using Position = std::uint16_t;
  static constexpr Position joined = 0xFFFE, stopped = 0xFFFF;
  /// Where a request stands: its state, then that of each branch.
  using Where = std::u16string;

  struct Edge {
    const Move* move = nullptr;
    NodeId to = 0;
    Position target = 0;     ///< which of the move's targets it was, as a position
    std::uint32_t ways = 0;  ///< taken from choices on the way, see ways()
  };
  /// An abstract state: of which kind the subject is, where the request stands, what is remembered.
  struct Node {
    std::uint16_t kind = 0;
    Where where;
    MemoryId memory = 0;
    NodeId parent = 0;
    const Move* came_by = nullptr;  ///< null for the first of its kind
    std::uint32_t edges_begin = 0, edges_end = 0;
    std::uint32_t ways = 0;  ///< that the move took which it came by
  };
  /// A move that leads nowhere: nothing says what comes when too few branches can still join, or it goes on for ever.
  struct DeadEnd {
    NodeId node = 0;
    const Move* move = nullptr;
    std::string_view to;
  };

  /// The definition must outlive it. With `older` versions, what comes of their live requests is explored too. A
  /// successor says what more is to be remembered for it, and whether with townships.
  explicit Exploration(const Definition& definition, const std::vector<const Definition*>& older = {},
                       Memory::Keeps keeps = Memory::Keeps::acts, const Successor* successor = nullptr,
                       bool with_townships = false);
  Exploration(const Exploration&) = delete;
  Exploration& operator=(const Exploration&) = delete;

  const Definition& definition() const { return definition_; }
  const std::vector<SubjectKind>& kinds() const { return kinds_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  std::span<const Edge> edges(const Node& node) const {
    return std::span{edges_}.subspan(node.edges_begin, node.edges_end - node.edges_begin);
  }
  const std::vector<DeadEnd>& dead_ends() const { return dead_ends_; }
  /// False where abstract_states_max was met; then the rest is unknown.
  bool is_whole() const { return whole_; }
  /// Whether the offices of some kind that can begin meet the rules of some form.
  bool can_be_submitted() const {
    return std::any_of(nodes_.begin(), nodes_.end(), [&](const Node& node) { return may_submit_[node.kind]; });
  }
  Conditions& conditions() const { return *conditions_; }
  const People& people(std::size_t kind) const { return people_[kind]; }

  const SubjectKind& kind_of(const Node& node) const { return kinds_[node.kind]; }
  const Remembered& remembered(const Node& node) const { return (*memory_)[node.memory]; }
  const RememberedAct& act(std::uint32_t id) const { return memory_->act(id); }
  const std::vector<Move>& moves(std::size_t kind, const State& state) const;
  /// The state that the request as a whole stands in.
  const State& state(const Node& node) const { return definition_.states[node.where[0]]; }
  /// The states under way there; none once the request has ended.
  std::vector<const State*> active(const Node& node) const;
  /// The ways that a move took from choices, in their order; mostly none.
  const WaysTaken& ways(const Edge& edge) const { return taken_[edge.ways]; }
  /// That the data, as they are after the move, are some for which it goes there.
  Logic::Term goes_there(const Edge& edge) const;
  /// With what data, and by which kinds of subject, each choice was come to.
  const std::map<const State*, std::set<std::pair<std::uint16_t, Known>>>& chosen_with() const { return chosen_with_; }
  bool has_ended(const Node& node) const { return state(node).kind == StateKind::end; }
  /// No subject meets the rules of the action: a fault of its own, so it is explored as if it could be done.
  bool is_impossible(const Action& action) const { return impossible_.contains(&action); }
  /// Whether for some data its conditions hold, and some of the people who have it may make it as far as they are
  /// remembered.
  bool can_be_made(const Node& node, const Move& move) const;

  /// Where the move goes instead of `to` when the registry refuses the effects there; null where nothing says so.
  const State* elsewhere_if_refused(const Node& node, const Move& move, std::string_view to) const;

  StateConfiguration configuration(const Node& node) const;
  /// Where requests of any kind of subject can stand.
  std::set<StateConfiguration> configurations() const;
  /// The way there; with `then`, one move more.
  std::vector<PathStep> path_to(NodeId node, const Edge* then = nullptr) const;

  /// The notices and choices through which some request comes.
  const std::set<Position>& passed() const { return passed_; }

 private:
  struct Key {
    std::uint16_t kind;
    Where where;
    MemoryId memory;
    bool operator==(const Key&) const = default;
  };
  struct HashOfKey {
    std::size_t operator()(const Key& key) const {
      return std::hash<Where>{}(key.where) ^ (std::size_t{key.memory} * 0x9E3779B97F4A7C15ULL) ^ key.kind;
    }
  };

  std::optional<NodeId> add(Node node);
  void bring_over(const Definition& older, Memory::Keeps keeps);
  void explore_from(NodeId id);
  void follow(NodeId id, const Move& move, std::string_view to, std::optional<Person> person);
  /// A move of some person, and the ways that it takes from choices.
  struct Journey {
    NodeId from = 0;
    const Move& move;
    std::string_view to;
    std::optional<Person> person;
    WaysTaken ways{};
  };
  void come_to(const Journey& journey, const Moved& moved);
  /// Each way that some data take, once more for each choice behind it.
  void choose(const Journey& journey, const Moved& moved, const State& choice);
  /// Whether some of these data take it, for that kind of subject.
  bool may_take(std::uint16_t kind, const Known& known, const WayTaken& taken);
  std::uint32_t number_of(const WaysTaken& ways);
  /// Who may make it, where people are remembered. There may be more people than the definition counts on: where nobody
  /// of those is left, it is made by one more, of whom nothing need be remembered.
  std::vector<std::optional<Person>> movers(const Node& node, const Move& move) const;
  /// Valid until the next call; null for a move that leads nowhere.
  const Moved* led(const Node& node, const Move& move, std::string_view to);
  Where positions(const StateConfiguration& configuration) const;
  Position position(std::string_view state) const;
  /// Adds the steps of a move to a path that is written from its end.
  void add_steps(std::vector<PathStep>& path, const Move& move, std::uint32_t ways, const StateConfiguration& to) const;
  void find_impossible_actions();

  const Definition& definition_;
  const bool with_townships_;
  std::vector<SubjectKind> kinds_;
  std::vector<People> people_;
  std::unique_ptr<Conditions> conditions_;
  std::unique_ptr<Memory> memory_;
  std::set<const Action*> impossible_;
  std::vector<bool> may_submit_;  ///< by kind: some form can be submitted for its offices
  std::unordered_map<std::string_view, Position> positions_;
  std::vector<std::vector<std::vector<Move>>> moves_;  ///< by kind and position of the state
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::unordered_map<Key, NodeId, HashOfKey> known_;
  std::map<std::pair<std::uint16_t, std::string_view>, Moved> whole_moves_;  ///< by kind and target outside of branches
  std::set<Position> passed_;
  std::vector<WaysTaken> taken_{WaysTaken()};
  std::map<WaysTaken, std::uint32_t> numbers_{{WaysTaken(), 0}};
  std::map<const State*, std::set<std::pair<std::uint16_t, Known>>> chosen_with_;
  std::map<std::tuple<std::uint16_t, Known, WayTaken>, bool> may_take_;
  Moved last_move_;
  std::map<NodeId, std::vector<PathStep>>
      seeds_;  ///< how requests of older versions came to where they were taken over
  std::vector<DeadEnd> dead_ends_;
  bool whole_ = true;
};

/// `both_sides+receiving_review+join`
std::string to_string(const StateConfiguration& configuration);

}  // namespace xueji

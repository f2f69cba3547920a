#include "engine/verify/exploration.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/verify/guard_truth.hpp"

namespace xueji {
namespace {

bool may_be_opened(const Definition& definition, const SubjectKind& kind) {
  return kind.opener && truth_of(guards_of(definition.open_when), definition, kind) != Truth::never;
}

/// Nothing where too few branches can still join and the definition does not say what then.
std::optional<StateConfiguration> led(const Definition& definition, const SubjectKind& kind,
                                      const StateConfiguration& from, const Move& move) {
  try {
    return led_to(definition, from, move.state, move.to, kind.is_held()).configuration;
  } catch (const std::logic_error&) {
    return std::nullopt;
  }
}

}  // namespace

Exploration::Exploration(const Definition& definition)
    : definition_(definition),
      kinds_(subject_kinds(definition)),
      impossible_(impossible_actions(definition, kinds_)),
      memory_(definition) {
  for (const SubjectKind& kind : kinds_) {
    auto& of_kind = moves_.emplace_back();
    for (const State& state : definition.states) of_kind.push_back(moves_in(definition, state, kind, impossible_));
  }
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind)
    if (may_be_opened(definition, kinds_[kind])) add({kind, initial_configuration(definition), {}, 0, nullptr, {}});
  for (NodeId id = 0; id < nodes_.size() && whole_; ++id) explore_from(id);
}

std::optional<Exploration::NodeId> Exploration::add(Node node) {
  const auto next = static_cast<NodeId>(nodes_.size());
  const auto [known, is_new] = known_.emplace(std::tuple(node.kind, node.where, node.remembered), next);
  if (!is_new) return known->second;
  if (nodes_.size() >= abstract_states_max) {
    whole_ = false;
    return std::nullopt;
  }
  nodes_.push_back(std::move(node));
  return next;
}

void Exploration::explore_from(NodeId id) {
  const std::size_t kind = nodes_[id].kind;
  const StateConfiguration where = nodes_[id].where;
  for (const auto& key : active_states(where)) {
    for (const Move& move : moves(kind, *definition_.state(key))) {
      const auto led_there = led(definition_, kinds_[kind], where, move);
      if (!led_there) {
        dead_ends_.push_back({id, &move});
        continue;
      }
      const auto to =
          add({kind, *led_there, memory_.after(nodes_[id].remembered, move, where, *led_there), id, &move, {}});
      if (!to) return;
      nodes_[id].edges.push_back({&move, *to});
    }
  }
}

const std::vector<Move>& Exploration::moves(std::size_t kind, const State& state) const {
  return moves_[kind][static_cast<std::size_t>(&state - definition_.states.data())];
}

bool Exploration::has_ended(const Node& node) const {
  return definition_.state(node.where.state)->kind == StateKind::end;
}

std::set<StateConfiguration> Exploration::configurations() const {
  std::set<StateConfiguration> all;
  for (const Node& node : nodes_) all.insert(node.where);
  return all;
}

PathStep Exploration::step(const Move& move, const StateConfiguration& to) const {
  return {move.state, move.event, to_string(to), move.who};
}

std::vector<PathStep> Exploration::path_to(NodeId node, const Edge* then) const {
  std::vector<PathStep> path;
  if (then) path.push_back(step(*then->move, nodes_[then->to].where));
  for (const Node* at = &nodes_[node];; at = &nodes_[at->parent]) {
    if (!at->came_by) {
      path.push_back({"", "open", to_string(at->where), definition_.opened_by.source});
      break;
    }
    path.push_back(step(*at->came_by, at->where));
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::string to_string(const StateConfiguration& configuration) {
  std::string text = configuration.state;
  for (const auto& branch : configuration.branches) text += "+" + branch;
  return text;
}

}  // namespace xueji

#include "engine/verify/exploration.hpp"

#include <algorithm>

#include "engine/definition/guard_paths.hpp"
#include "engine/definition/ways.hpp"
#include "engine/machine/submission.hpp"

namespace xueji {
namespace {

bool reads_offices(const std::vector<Rule>& rules) {
  return std::any_of(rules.begin(), rules.end(), [](const Rule& rule) {
    const auto& paths = rule.guard.paths();
    return std::any_of(paths.begin(), paths.end(), [](const std::string& path) { return office_path(path); });
  });
}

}  // namespace

Exploration::Exploration(const Definition& definition, const std::vector<const Definition*>& older, Memory::Keeps keeps,
                         const Successor* successor, bool with_townships)
    : definition_(definition),
      with_townships_(
          with_townships || names_townships(definition) ||
          std::any_of(older.begin(), older.end(), [](const Definition* version) { return names_townships(*version); })),
      kinds_(subject_kinds(definition, with_townships_)),
      conditions_(std::make_unique<Conditions>(definition, older)) {
  for (const SubjectKind& kind : kinds_) people_.emplace_back(definition, kind, successor, older);
  memory_ = std::make_unique<Memory>(definition, kinds_, people_, *conditions_, keeps, successor);
  for (std::size_t at = 0; at < definition.states.size(); ++at)
    positions_.emplace(definition.states[at].key, static_cast<Position>(at));
  for (const SubjectKind& kind : kinds_) {
    auto& of_kind = moves_.emplace_back();
    for (const State& state : definition.states) of_kind.push_back(moves_in(definition, state, kind));
  }
  find_impossible_actions();
  for (const SubjectKind& kind : kinds_) {
    const auto form = conditions_->logic().all({conditions_->opening(), conditions_->form()});
    may_submit_.push_back(!reads_offices(definition.require) ||
                          !conditions_->may_hold(form, conditions_->logic().always()) ||
                          conditions_->may_hold(form, conditions_->offices_of_form(kind)));
  }
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind)
    if (kinds_[kind].opener && conditions_->may_hold(conditions_->opening(), conditions_->offices_of(kinds_[kind])))
      add({static_cast<std::uint16_t>(kind), positions(initial_configuration(definition)), memory_->at_opening(), 0,
           nullptr, 0, 0});
  for (const Definition* version : older) bring_over(*version, keeps);
  for (NodeId id = 0; id < nodes_.size() && whole_; ++id) explore_from(id);
}

/// Live requests of the older version begin wherever the migration takes them, with what they have behind them.
void Exploration::bring_over(const Definition& older, Memory::Keeps keeps) {
  const Migration* migration = migration_from(definition_, older.version);
  if (!migration || !is_opened_alike(definition_, older)) return;
  const Successor successor{definition_, *migration};
  const Exploration before{older, {}, keeps, &successor, with_townships_};
  whole_ = whole_ && before.is_whole();
  for (NodeId id = 0; id < before.nodes().size(); ++id) {
    const Node& node = before.nodes()[id];
    if (before.has_ended(node)) continue;
    const StateConfiguration where = before.configuration(node);
    const auto there = migrated(definition_, *migration, where, kinds_[node.kind].is_held());
    if (!there) continue;
    const auto known_nodes = nodes_.size();
    const auto seed =
        add({node.kind, positions(*there),
             memory_->brought_over(*before.memory_, node.memory, node.kind, successor, *there), 0, nullptr, 0, 0});
    if (!seed) return;
    if (nodes_.size() == known_nodes) continue;
    auto path = before.path_to(id);
    path.push_back({xueji::to_string(where), "migrate", xueji::to_string(*there), {}});
    seeds_.emplace(*seed, std::move(path));
  }
}

/// Whose rules the form, or the opening, rules out for ever.
void Exploration::find_impossible_actions() {
  for (const State& state : definition_.states)
    for (const Action& action : state.actions)
      if (!conditions_->may_be_done({state.kind != StateKind::draft, false, {}}, state, action))
        impossible_.insert(&action);
}

std::optional<Exploration::NodeId> Exploration::add(Node node) {
  const auto next = static_cast<NodeId>(nodes_.size());
  const auto [known, is_new] = known_.try_emplace(Key{node.kind, node.where, node.memory}, next);
  if (!is_new) return known->second;
  if (nodes_.size() >= abstract_states_max) {
    whole_ = false;
    return std::nullopt;
  }
  nodes_.push_back(std::move(node));
  return next;
}

void Exploration::explore_from(NodeId id) {
  nodes_[id].edges_begin = static_cast<std::uint32_t>(edges_.size());
  for (const State* state : active(nodes_[id]))
    for (const Move& move : moves(nodes_[id].kind, *state)) {
      if (move.action && !may_submit_[nodes_[id].kind] && is_submission(definition_, *state, *move.action)) continue;
      if (move.action && !is_impossible(*move.action) &&
          !conditions_->may_be_done(remembered(nodes_[id]).known, *state, *move.action))
        continue;
      for (const auto& person : movers(nodes_[id], move))
        for (const std::string_view to : move.to) follow(id, move, to, person);
    }
  nodes_[id].edges_end = static_cast<std::uint32_t>(edges_.size());
}

std::vector<std::optional<Person>> Exploration::movers(const Node& node, const Move& move) const {
  if (!move.decides || !move.post || memory_->keeps() == Memory::Keeps::acts) return {std::nullopt};
  const auto who = people_[node.kind].who_may_decide(*move.state, *move.post, remembered(node).deciders);
  if (who.empty()) return {std::nullopt};
  return {who.begin(), who.end()};
}

void Exploration::follow(NodeId id, const Move& move, std::string_view to, std::optional<Person> person) {
  const Moved* led_there = led(nodes_[id], move, to);
  if (!led_there) {
    dead_ends_.push_back({id, &move, to});
    return;
  }
  come_to({id, move, to, person}, *led_there);
}

void Exploration::come_to(const Journey& journey, const Moved& moved) {
  const auto& [id, move, to, person, ways] = journey;
  const State& there = *definition_.state(moved.configuration.state);
  // What is led anew is kept in the same place.
  if (there.kind == StateKind::choice) return choose(journey, Moved(moved), there);
  const std::uint16_t kind = nodes_[id].kind;
  const MemoryId memory = memory_->after(nodes_[id].memory, kind, move, to, person, moved, ways);
  const std::uint32_t taken = number_of(ways);
  if (const auto node = add({kind, positions(moved.configuration), memory, id, &move, 0, 0, taken}))
    edges_.push_back({&move, *node, position(to), taken});
  const bool has_effects = !moved.branch && !there.effects.empty();
  const State* elsewhere = has_effects ? elsewhere_if_refused(nodes_[id], move, to) : nullptr;
  if (elsewhere && elsewhere->key != to) follow(id, move, elsewhere->key, person);
}

void Exploration::choose(const Journey& journey, const Moved& moved, const State& choice) {
  const Move& move = journey.move;
  // A join behind it led back: the machine would go round for ever.
  if (std::any_of(journey.ways.begin(), journey.ways.end(),
                  [&](const WayTaken& taken) { return taken.choice == &choice; })) {
    dead_ends_.push_back({journey.from, &move, journey.to});
    return;
  }
  const std::uint16_t kind = nodes_[journey.from].kind;
  Known known = remembered(nodes_[journey.from]).known;
  if (move.action) known = conditions_->after(std::move(known), *move.state, *move.action);
  if (move.state->awaited && move.event != not_opened_word) known = conditions_->after_waiting(std::move(known));
  for (const WayTaken& taken : journey.ways) known = conditions_->after(std::move(known), taken);
  passed_.insert(position(choice.key));
  chosen_with_[&choice].emplace(kind, known);
  std::vector<WayTaken> possible, all;
  for (std::size_t way = 0; way < choice.ways.size(); ++way) {
    all.push_back({&choice, way});
    if (may_take(kind, known, all.back())) possible.push_back(all.back());
  }
  // An action that can never be done is explored all the same, and then no way has data.
  for (const WayTaken& taken : possible.empty() ? all : possible) {
    Journey on{journey.from, move, journey.to, journey.person, journey.ways};
    on.ways.push_back(taken);
    Moved led_on = moved;
    led_on.notices.push_back(choice.key);
    const auto before = led_on.notices.size();
    try {
      led_on.configuration =
          arrived_at(definition_, choice.ways[taken.way].to, kinds_[kind].is_held(), &led_on.notices);
    } catch (const ImpossibleMove&) {
      dead_ends_.push_back({journey.from, &move, journey.to});
      continue;
    }
    for (auto notice = before; notice < led_on.notices.size(); ++notice)
      passed_.insert(position(led_on.notices[notice]));
    come_to(on, led_on);
  }
}

bool Exploration::may_take(std::uint16_t kind, const Known& known, const WayTaken& taken) {
  const auto [answer, is_new] = may_take_.try_emplace({kind, known, taken}, true);
  if (is_new)
    answer->second = conditions_->may_hold(
        conditions_->logic().all({conditions_->holds(known), conditions_->places_of(kinds_[kind])}),
        conditions_->of(taken));
  return answer->second;
}

std::uint32_t Exploration::number_of(const WaysTaken& ways) {
  const auto [known, is_new] = numbers_.try_emplace(ways, static_cast<std::uint32_t>(taken_.size()));
  if (is_new) taken_.push_back(ways);
  return known->second;
}

Logic::Term Exploration::goes_there(const Edge& edge) const {
  std::vector<Logic::Term> terms;
  for (const WayTaken& taken : ways(edge)) terms.push_back(conditions_->of(taken));
  return conditions_->logic().all(terms);
}

const State* Exploration::elsewhere_if_refused(const Node& node, const Move& move, std::string_view to) const {
  return refused_to(definition_, *move.state, std::string(to), move.is_of_the_clock, kinds_[node.kind].is_held());
}

const Moved* Exploration::led(const Node& node, const Move& move, std::string_view to) {
  const auto target = positions_.find(to);
  const bool whole = target != positions_.end() && definition_.states[target->second].parallel.empty();
  if (whole)
    if (const auto known = whole_moves_.find({node.kind, to}); known != whole_moves_.end()) return &known->second;
  // Into a branch of another fork, which only a program can write: the machine refuses it, and so does a rule.
  if (target != positions_.end() && !whole && definition_.states[target->second].parallel != state(node).key)
    return nullptr;
  try {
    Moved moved =
        led_to(definition_, configuration(node), move.state->key, std::string(to), kinds_[node.kind].is_held());
    for (const std::string& notice : moved.notices) passed_.insert(position(notice));
    if (whole) return &whole_moves_.emplace(std::pair{node.kind, to}, std::move(moved)).first->second;
    last_move_ = std::move(moved);
    return &last_move_;
  } catch (const ImpossibleMove&) {
    return nullptr;
  }
}

const std::vector<Move>& Exploration::moves(std::size_t kind, const State& state) const {
  return moves_[kind][static_cast<std::size_t>(&state - definition_.states.data())];
}

std::vector<const State*> Exploration::active(const Node& node) const {
  if (has_ended(node)) return {};
  if (node.where.size() == 1) return {&state(node)};
  std::vector<const State*> states;
  for (const Position branch : node.where.substr(1))
    if (branch < joined) states.push_back(&definition_.states[branch]);
  return states;
}

bool Exploration::can_be_made(const Node& node, const Move& move) const {
  if (move.action && !conditions_->may_be_done(remembered(node).known, *move.state, *move.action)) return false;
  return !move.decides || !move.post ||
         !people_[node.kind].who_may_decide(*move.state, *move.post, remembered(node).deciders).empty();
}

Exploration::Position Exploration::position(std::string_view state) const {
  if (state == join_word) return joined;
  if (state == stop_word) return stopped;
  return positions_.at(state);
}

Exploration::Where Exploration::positions(const StateConfiguration& configuration) const {
  Where where(1, position(configuration.state));
  for (const auto& branch : configuration.branches) where.push_back(position(branch));
  return where;
}

StateConfiguration Exploration::configuration(const Node& node) const {
  StateConfiguration configuration{state(node).key, {}};
  for (std::size_t branch = 1; branch < node.where.size(); ++branch) {
    const Position at = node.where[branch];
    configuration.branches.push_back(at == joined    ? std::string(join_word)
                                     : at == stopped ? std::string(stop_word)
                                                     : definition_.states[at].key);
  }
  return configuration;
}

std::set<StateConfiguration> Exploration::configurations() const {
  std::set<Where> seen;
  std::set<StateConfiguration> all;
  for (const Node& node : nodes_)
    if (seen.insert(node.where).second) all.insert(configuration(node));
  return all;
}

void Exploration::add_steps(std::vector<PathStep>& path, const Move& move, std::uint32_t ways,
                            const StateConfiguration& to) const {
  std::string next = to_string(to);
  for (auto taken = taken_[ways].rbegin(); taken != taken_[ways].rend(); ++taken) {
    path.push_back({taken->choice->key, std::string(chosen_word), std::move(next), {}});
    next = taken->choice->key;
  }
  path.push_back({move.state->key, std::string(move.event), std::move(next), std::string(move.who)});
}

std::vector<PathStep> Exploration::path_to(NodeId node, const Edge* then) const {
  std::vector<PathStep> path;
  if (then) add_steps(path, *then->move, then->ways, configuration(nodes_[then->to]));
  for (const Node* at = &nodes_[node];; at = &nodes_[at->parent]) {
    if (const auto seed = seeds_.find(static_cast<NodeId>(at - nodes_.data())); !at->came_by && seed != seeds_.end()) {
      path.insert(path.end(), seed->second.rbegin(), seed->second.rend());
      break;
    }
    if (!at->came_by) {
      path.push_back({"", "open", to_string(configuration(*at)), definition_.opened_by.source});
      break;
    }
    add_steps(path, *at->came_by, at->ways, configuration(*at));
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

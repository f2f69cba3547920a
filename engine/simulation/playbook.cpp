#include "engine/simulation/playbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/machine/decide.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/variants.hpp"

namespace xueji {
namespace {

PlayedState played(const Definition& definition, const State& state, const SimulationOptions& options) {
  PlayedState result;
  result.state = &state;
  for (const WeighedAction& each : weigh_actions(definition, state, options.shares, options.chosen))
    result.actions.push_back({each.action, number_of(definition, each.action->to), each.up_to});
  if (const Action* action = taking_back(definition, state))
    result.taking_back = {action, number_of(definition, action->to), 1};
  if (state.kind == StateKind::check) {
    result.clear = number_of(definition, state.outcomes.at(CheckOutcome::clear));
    result.suspect = number_of(definition, state.outcomes.at(CheckOutcome::suspect));
    const auto chosen = options.chosen.find(state.key + ".suspect");
    result.suspect_share = chosen == options.chosen.end() ? options.shares.suspect : chosen->second;
  }
  if (state.deadline && !state.deadline->expire_to.empty())
    result.expire_to = number_of(definition, state.deadline->expire_to);
  if (state.kind == StateKind::wait) result.elapsed_to = number_of(definition, state.to);
  if (state.awaited) {
    for (const AwaitedWay& way : state.awaited->ways) result.endings.push_back(number_of(definition, way.to));
    result.endings_up_to = weigh_endings(state, options.shares, options.chosen);
  }
  for (const Way& way : state.ways) result.ways.push_back(number_of(definition, way.to));
  if (state.kind == StateKind::choice) result.ways_up_to = weigh_ways(state, options.chosen);
  return result;
}

/// Gives each separated state a column, and tells it whose it must look at.
void separate(Playbook& book, const Definition& definition) {
  const auto state_of = [&](const std::string& key) -> PlayedState& { return book.states[definition.order(key)]; };
  for (const auto& group : definition.separation.different_people)
    for (const auto& key : group)
      if (state_of(key).column == no_column) state_of(key).column = book.columns++;
  for (const auto& group : definition.separation.different_people)
    for (const auto& key : group)
      for (const auto& other : group)
        if (other != key) state_of(key).separated_of.push_back(state_of(other).column);
  if (!definition.separation.nobody_own_submission) return;
  for (PlayedState& state : book.states)
    if (is_decided(state.state->kind))
      state.separated_of.insert(state.separated_of.end(), {Playbook::opener_column, Playbook::submitter_column});
}

}  // namespace

/// Numbers the posts as they are asked for, each with its officers.
class Posts {
 public:
  Posts(const SimulationOptions& options, const OfficeTree& tree, std::vector<PostQueue>& posts)
      : options_(options), tree_(tree), posts_(posts) {}

  std::uint32_t of(const Holder& holder) {
    const auto [place, is_new] = numbers_.emplace(holder, static_cast<std::uint32_t>(posts_.size()));
    if (is_new) posts_.push_back(made(holder));
    return place->second;
  }

 private:
  PostQueue made(const Holder& holder) {
    PostQueue post;
    post.office = holder.office;
    post.role = holder.role;
    post.level = tree_.find(holder.office)->level;
    post.officers = static_cast<std::uint32_t>(options_.officers.of(post.level, post.role));
    post.minutes = options_.minutes.of(post.level, post.role);
    post.first_officer = next_officer_;
    for (std::uint32_t each = post.officers; each-- > 0;) post.idle.push_back(post.first_officer + each);
    next_officer_ += post.officers;
    return post;
  }

  const SimulationOptions& options_;
  const OfficeTree& tree_;
  std::vector<PostQueue>& posts_;
  std::map<Holder, std::uint32_t> numbers_;
  std::uint32_t next_officer_ = 1;
};

Playbook::Playbook(const Definition& definition, const SimulationOptions& options, const SimulatedOffices& offices) {
  if (definition.opened_on)
    throw UnplayableSimulation(
        "the machine opens this business when it finds two records alike, and this population has none; its scenarios "
        "tell what comes of such a case");
  for (const State& state : definition.states) states.push_back(played(definition, state, options));
  separate(*this, definition);
  posts_of_.assign(offices.schools.size() * states.size(), no_post);
  escalations_ = posts_of_;
  kinds_.assign(offices.schools.size(), 0);
  Posts numbered(options, offices.tree, posts);
  std::string lacking;
  for (std::uint32_t school = 0; school < offices.schools.size(); ++school) {
    // Where any school may open the business, the next one does; where the form names a school, it is the next one.
    const OfficeId next = offices.schools[(school + 1) % offices.schools.size()].office;
    Places places = places_if_opened(definition, offices.schools[school].office, offices.tree, next);
    if (definition.naming_field()) places.named = next;
    if (const State* state = staff(school, places, definition, offices.tree, numbered))
      lacking = state->key;
    else
      schools.push_back(school);
  }
  if (schools.empty())
    throw UnplayableSimulation(
        fmt::format("no school of this population has an office for the state {}; make the tree larger", lacking));
}

const State* Playbook::staff(std::uint32_t school, const Places& places, const Definition& definition,
                             const OfficeTree& tree, Posts& numbered) {
  const bool is_opened = places.initiator && (!definition.applies || is_within(*definition.applies, places, tree));
  const State* lacking = is_opened ? nullptr : &definition.states.front();
  std::vector<bool> is_held(states.size(), true);
  for (StateNumber number = 0; is_opened && number < states.size(); ++number) {
    const State& state = *states[number].state;
    if (!waits_for_people(state.kind)) continue;
    const auto holder = holder_of(state, places, tree);
    is_held[number] = holder.has_value();
    if (!holder && state.otherwise.empty()) lacking = &state;
    if (!holder) continue;
    posts_of_[cell(school, number)] = numbered.of(*holder);
    if (!state.deadline || !state.deadline->escalate) continue;
    const auto escalated = resolve(*state.deadline->escalate, places, tree);
    if (escalated && *escalated != *holder) escalations_[cell(school, number)] = numbered.of(*escalated);
  }
  const auto known = std::find(held.begin(), held.end(), is_held);
  kinds_[school] = static_cast<std::size_t>(known - held.begin());
  if (known == held.end()) held.push_back(std::move(is_held));
  return lacking;
}

}  // namespace xueji

#include "engine/verify/people.hpp"

#include <algorithm>

namespace xueji {
namespace {

constexpr Person persons_of_a_post_max = 256;

/// Where somebody holds several posts at one office, one of them stands for all.
Role role_of_all(const Staffing& staffing, Role role) {
  for (const auto& group : staffing.same_person)
    if (std::find(group.begin(), group.end(), role) != group.end()) return group.front();
  return role;
}

/// The positions that a move can lead to from the state, without a new submission.
std::vector<std::size_t> positions_after(const Definition& definition, const State& state) {
  std::vector<std::size_t> after;
  const auto add = [&](const std::string& to) {
    if (const State* target = definition.state(to); target && target->kind != StateKind::draft)
      after.push_back(definition.order(to));
  };
  for (const Action& action : state.actions) {
    add(action.to);
    if (action.to_earlier)
      for (const auto& earlier : earlier_states(definition, state.key)) add(earlier);
  }
  for (const auto& [outcome, to] : state.outcomes) add(to);
  for (const Branch& branch : state.branches) add(branch.first);
  add(state.to);
  add(state.otherwise);
  if (state.deadline) add(state.deadline->expire_to);
  add(state.parallel);  // whatever comes after its branches have joined
  return after;
}

/// Which groups have a state among those that can be come to, by position.
std::vector<std::vector<bool>> groups_ahead(const Definition& definition,
                                            const std::vector<std::vector<std::size_t>>& groups) {
  const std::size_t count = definition.separation.different_people.size();
  std::vector<std::vector<std::size_t>> before(definition.states.size());
  std::vector<std::vector<bool>> ahead(definition.states.size(), std::vector<bool>(count, false));
  for (std::size_t at = 0; at < definition.states.size(); ++at)
    for (const std::size_t to : positions_after(definition, definition.states[at])) before[to].push_back(at);
  for (std::size_t group = 0; group < count; ++group) {
    std::vector<std::size_t> pending;
    for (std::size_t at = 0; at < definition.states.size(); ++at)
      if (std::find(groups[at].begin(), groups[at].end(), group) != groups[at].end()) pending.push_back(at);
    while (!pending.empty()) {
      const std::size_t at = pending.back();
      pending.pop_back();
      if (ahead[at][group]) continue;
      ahead[at][group] = true;
      pending.insert(pending.end(), before[at].begin(), before[at].end());
    }
  }
  return ahead;
}

/// Each state's groups of `different people`, by position.
std::vector<std::vector<std::size_t>> groups_of_states(const Definition& definition) {
  std::vector<std::vector<std::size_t>> groups(definition.states.size());
  const auto& separated = definition.separation.different_people;
  for (std::size_t group = 0; group < separated.size(); ++group)
    for (const std::string& key : separated[group])
      if (const std::size_t at = definition.order(key); at < groups.size()) groups[at].push_back(group);
  return groups;
}

bool have_one_in_common(const std::vector<std::size_t>& one, const std::vector<std::size_t>& other) {
  return std::any_of(one.begin(), one.end(), [&](std::size_t group) {
    return std::find(other.begin(), other.end(), group) != other.end();
  });
}

bool hands_over(const State& from, const State& to) {
  return std::any_of(from.actions.begin(), from.actions.end(),
                     [&](const Action& action) { return !action.to_earlier && action.to == to.key; });
}

bool must_be_separated(const std::optional<Holder>& one, const std::optional<Holder>& other, const State& earlier,
                       const State& later) {
  return one && other && one != other && (one->office != other->office || hands_over(earlier, later));
}

}  // namespace

std::set<std::pair<const State*, const State*>> unseparated_pairs(const Definition& definition,
                                                                  const std::vector<SubjectKind>& kinds) {
  std::set<std::pair<const State*, const State*>> pairs;
  const auto groups = groups_of_states(definition);
  for (const SubjectKind& kind : kinds) {
    std::vector<std::pair<std::size_t, std::optional<Holder>>> approvals;
    for (std::size_t at = 0; at < definition.states.size(); ++at)
      if (definition.states[at].kind == StateKind::approval)
        approvals.emplace_back(at, kind.holder_of(definition.states[at].actor));
    for (const auto& [earlier, one] : approvals)
      for (const auto& [later, other] : approvals)
        if (must_be_separated(one, other, definition.states[earlier], definition.states[later]) &&
            !have_one_in_common(groups[earlier], groups[later]))
          pairs.emplace(&definition.states[earlier], &definition.states[later]);
  }
  return pairs;
}

People::People(const Definition& definition, const SubjectKind& kind, const Successor* successor)
    : definition_(definition), kind_(kind), groups_(groups_of_states(definition)) {
  groups_ahead_ = groups_ahead(definition, groups_);
  if (successor)
    for (const State& state : definition.states) {
      const auto& groups = successor->definition.separation.different_people;
      kept_for_successor_.push_back(std::any_of(groups.begin(), groups.end(), [&](const auto& group) {
        return std::find(group.begin(), group.end(), successor->key_of(state)) != group.end();
      }));
    }
  if (!definition.separation.nobody_own_submission) return;
  if (kind.opener) own_.push_back(person(*kind.opener, 0));
  if (const auto submitter = kind.holder_of(definition.states.front().actor)) own_.push_back(person(*submitter, 0));
}

std::vector<Person> People::who_may_decide(const State& state, const Holder& post, const Deciders& deciders) const {
  std::vector<Person> who;
  const std::size_t persons = persons_in(post);
  const auto is_known = [&](Person each) {
    return std::find(own_.begin(), own_.end(), each) != own_.end() ||
           std::any_of(deciders.begin(), deciders.end(), [&](const auto& decider) { return decider.second == each; });
  };
  bool fresh = false;
  for (std::size_t number = 0; number < persons; ++number) {
    const Person each = person(post, number);
    const bool known = is_known(each);
    if ((!known && fresh) || !may(state, each, deciders)) continue;
    fresh = fresh || !known;
    who.push_back(each);
  }
  return who;
}

void People::decided(Deciders& deciders, const State& state, Person person) const {
  const std::size_t at = position(state);
  if (groups_[at].empty() && !(kept_for_successor_.size() > at && kept_for_successor_[at])) return;
  const std::pair<std::uint16_t, Person> entry{static_cast<std::uint16_t>(at), person};
  const auto place = std::lower_bound(deciders.begin(), deciders.end(), entry);
  if (place == deciders.end() || *place != entry) deciders.insert(place, entry);
}

void People::forget(Deciders& deciders, const std::vector<const State*>& active) const {
  if (!kept_for_successor_.empty()) return;
  std::erase_if(deciders, [&](const auto& decider) {
    return std::none_of(active.begin(), active.end(), [&](const State* state) {
      const auto& ahead = groups_ahead_[position(*state)];
      const auto& groups = groups_[decider.first];
      return std::any_of(groups.begin(), groups.end(), [&](std::size_t group) { return ahead[group]; });
    });
  });
}

std::size_t People::position(const State& state) const {
  return static_cast<std::size_t>(&state - definition_.states.data());
}

Person People::person(const Holder& post, std::size_t number) const {
  const auto role = static_cast<Person>(role_of_all(definition_.staffing, post.role));
  const Person at = static_cast<Person>(post.office.value) * 8 + role;
  return at * persons_of_a_post_max + static_cast<Person>(number);
}

std::size_t People::persons_in(const Holder& post) const {
  return definition_.staffing.of(post.role, kind_.level_of(post));
}

bool People::may(const State& state, Person person, const Deciders& deciders) const {
  if (std::find(own_.begin(), own_.end(), person) != own_.end()) return false;
  const std::size_t at = position(state);
  return std::none_of(deciders.begin(), deciders.end(), [&](const auto& decider) {
    return decider.second == person && decider.first != at && have_one_in_common(groups_[decider.first], groups_[at]);
  });
}

}  // namespace xueji

#include "engine/verify/people.hpp"

#include <algorithm>
#include <map>

#include "engine/verify/moves.hpp"

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
  for (const Way& way : state.ways) add(way.to);
  if (state.awaited)
    for (const AwaitedWay& way : state.awaited->ways) add(way.to);
  for (const Branch& branch : state.branches) add(branch.first);
  add(state.to);
  add(state.otherwise);
  add(state.refused);
  if (state.deadline) add(state.deadline->expire_to);
  add(state.parallel);  // whatever comes after its branches have joined
  return after;
}

/// From which positions one of the states can still come.
std::vector<bool> positions_before(const Definition& definition, const std::vector<bool>& states) {
  std::vector<std::vector<std::size_t>> before(definition.states.size());
  std::vector<std::size_t> pending;
  for (std::size_t at = 0; at < definition.states.size(); ++at) {
    for (const std::size_t to : positions_after(definition, definition.states[at])) before[to].push_back(at);
    if (states[at]) pending.push_back(at);
  }
  std::vector<bool> ahead(definition.states.size(), false);
  while (!pending.empty()) {
    const std::size_t at = pending.back();
    pending.pop_back();
    if (ahead[at]) continue;
    ahead[at] = true;
    pending.insert(pending.end(), before[at].begin(), before[at].end());
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

/// The posts whose people may decide in the state, those of actions with `by` among them.
std::set<Holder> posts_that_decide(const Definition& definition, const State& state, const SubjectKind& kind) {
  std::set<Holder> posts;
  for (const Move& move : moves_in(definition, state, kind))
    if (move.decides && move.post) posts.insert(*move.post);
  return posts;
}

/// Those who decide in it, and those who decided in what it was in the older versions.
std::set<Holder> posts_that_decided(const Definition& definition, const State& state, const SubjectKind& kind,
                                    const std::vector<const Definition*>& older) {
  std::set<Holder> posts = posts_that_decide(definition, state, kind);
  for (const Definition* version : older) {
    const Migration* migration = migration_from(definition, version->version);
    if (!migration) continue;
    for (const State& then : version->states)
      if (Successor{definition, *migration}.key_of(then) == state.key)
        posts.merge(posts_that_decide(*version, then, kind));
  }
  return posts;
}

constexpr Person post_of(Person person) { return person / persons_of_a_post_max * persons_of_a_post_max; }

bool have_one_in_common(const std::vector<std::size_t>& one, const std::vector<std::size_t>& other) {
  return std::any_of(one.begin(), one.end(),
                     [&](std::size_t group) { return std::find(other.begin(), other.end(), group) != other.end(); });
}

/// At once, or by the ways of choices.
bool leads_to(const Definition& definition, const std::string& key, const State& to) {
  if (key == to.key) return true;
  const State* state = definition.state(key);
  return state && std::any_of(state->ways.begin(), state->ways.end(),
                              [&](const Way& way) { return leads_to(definition, way.to, to); });
}

bool hands_over(const Definition& definition, const State& from, const State& to) {
  return std::any_of(from.actions.begin(), from.actions.end(),
                     [&](const Action& action) { return !action.to_earlier && leads_to(definition, action.to, to); });
}

bool must_be_separated(const Definition& definition, const std::optional<Holder>& one,
                       const std::optional<Holder>& other, const State& earlier, const State& later) {
  return one && other && one != other && (one->office != other->office || hands_over(definition, earlier, later));
}

}  // namespace

std::set<std::pair<const State*, const State*>> unseparated_pairs(const Definition& definition,
                                                                  const std::vector<SubjectKind>& kinds) {
  std::set<std::pair<const State*, const State*>> pairs;
  const auto groups = groups_of_states(definition);
  for (const SubjectKind& kind : kinds) {
    const IsHeld is_held = kind.is_held();
    std::vector<std::pair<std::size_t, std::optional<Holder>>> approvals;
    for (std::size_t at = 0; at < definition.states.size(); ++at)
      if (is_decided(definition.states[at].kind) && is_held(definition.states[at]))
        approvals.emplace_back(at, kind.holder_of(definition.states[at].actor));
    for (const auto& [earlier, one] : approvals)
      for (const auto& [later, other] : approvals)
        if (must_be_separated(definition, one, other, definition.states[earlier], definition.states[later]) &&
            !have_one_in_common(groups[earlier], groups[later]))
          pairs.emplace(&definition.states[earlier], &definition.states[later]);
  }
  return pairs;
}

People::People(const Definition& definition, const SubjectKind& kind, const Successor* successor,
               const std::vector<const Definition*>& older)
    : definition_(definition), kind_(kind) {
  add_own_groups(older);
  own_groups_ = groups_.size();
  if (successor) add_groups_of(*successor);
  asks_for_submitters_ = definition.separation.nobody_own_submission ||
                         (successor && successor->definition.separation.nobody_own_submission);
  if (!definition.separation.nobody_own_submission) return;
  if (kind.opener) own_.push_back(person(*kind.opener, 0));
  if (const auto submitter = kind.holder_of(definition.states.front().actor)) own_.push_back(person(*submitter, 0));
}

void People::add_own_groups(const std::vector<const Definition*>& older) {
  for (const auto& keys : definition_.separation.different_people) {
    Group group{std::vector<bool>(definition_.states.size(), false), {}, {}};
    std::map<Person, std::size_t> states_of_posts;
    for (const std::string& key : keys) {
      const std::size_t at = definition_.order(key);
      if (at >= definition_.states.size()) continue;
      group.states[at] = true;
      std::set<Person> posts;
      for (const Holder& post : posts_that_decided(definition_, definition_.states[at], kind_, older))
        posts.insert(person(post, 0));
      for (const Person post : posts) ++states_of_posts[post];
    }
    for (const auto& [post, states] : states_of_posts)
      if (states > 1) group.bound.insert(post);
    group.ahead = positions_before(definition_, group.states);
    groups_.push_back(std::move(group));
  }
}

/// Everybody is remembered whom its separation of duties will ask for, in whatever states.
void People::add_groups_of(const Successor& successor) {
  for (const auto& keys : successor.definition.separation.different_people) {
    Group group{{}, std::vector<bool>(definition_.states.size(), true), {}};
    for (const State& state : definition_.states)
      group.states.push_back(std::find(keys.begin(), keys.end(), successor.key_of(state)) != keys.end());
    for (const std::string& key : keys)
      if (const State* state = successor.definition.state(key))
        for (const Holder& post : posts_that_decide(successor.definition, *state, kind_))
          group.bound.insert(person(post, 0));
    groups_.push_back(std::move(group));
  }
}

std::vector<Person> People::who_may_decide(const State& state, const Holder& post, const Deciders& deciders) const {
  std::vector<Person> who;
  const std::size_t persons = persons_in(post);
  const auto is_known = [&](Person each) {
    return is_own(each) ||
           std::any_of(deciders.begin(), deciders.end(), [&](const auto& decider) { return decider.first == each; });
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
  const std::pair entry{person, static_cast<DecisionMark>(position(state))};
  const auto place = std::lower_bound(deciders.begin(), deciders.end(), entry);
  if (place == deciders.end() || *place != entry) deciders.insert(place, entry);
}

/// The worst is somebody who is bound by nothing else.
void People::submitted(Deciders& deciders, const Action& action) const {
  deciders.clear();
  const auto post = asks_for_submitters_ && action.by ? kind_.holder_of(*action.by) : std::nullopt;
  if (!post) return;
  std::size_t number = 0;
  while (number + 1 < persons_in(*post) && is_own(person(*post, number))) ++number;
  if (const Person submitter = person(*post, number); !is_own(submitter))
    deciders.emplace_back(submitter, submission_mark);
}

bool People::submitted_by(const Holder& post, const Deciders& deciders) const {
  return std::any_of(deciders.begin(), deciders.end(), [&](const auto& decider) {
    return decider.second == submission_mark && post_of(decider.first) == person(post, 0);
  });
}

void People::settle(Deciders& deciders, const std::vector<const State*>& active) const {
  if (deciders.empty()) return;
  std::map<Person, std::vector<std::vector<DecisionMark>>> marks_by_post;
  for (auto at = deciders.begin(); at != deciders.end();) {
    const Person each = at->first;
    std::vector<DecisionMark> marks;
    for (; at != deciders.end() && at->first == each; ++at) marks.push_back(at->second);
    marks = settled_marks(each, marks, active);
    if (!marks.empty()) marks_by_post[post_of(each)].push_back(std::move(marks));
  }
  deciders.clear();
  for (auto& [post, people] : marks_by_post) {
    // Those who are bound most come first, which is the worst for a successor that counts on fewer people.
    std::sort(people.begin(), people.end(), [](const auto& one, const auto& other) {
      return one.size() != other.size() ? one.size() > other.size() : one < other;
    });
    Person next = post;
    for (const auto& marks : people) {
      while (is_own(next)) ++next;
      for (const DecisionMark mark : marks) deciders.emplace_back(next, mark);
      ++next;
    }
  }
}

/// Of each group that still matters to the person, nothing, the one state, or the group's mark.
std::vector<DecisionMark> People::settled_marks(Person person, const std::vector<DecisionMark>& marks,
                                                const std::vector<const State*>& active) const {
  std::set<DecisionMark> settled;
  if (std::find(marks.begin(), marks.end(), submission_mark) != marks.end()) settled.insert(submission_mark);
  for (std::size_t number = 0; number < groups_.size(); ++number) {
    const Group& group = groups_[number];
    const bool matters =
        group.bound.contains(post_of(person)) &&
        std::any_of(active.begin(), active.end(), [&](const State* state) { return group.ahead[position(*state)]; });
    if (!matters) continue;
    const auto mark_of_group = static_cast<DecisionMark>(first_group_mark + number);
    std::vector<DecisionMark> states;
    bool several = false;
    for (const DecisionMark mark : marks) {
      several = several || mark == mark_of_group;
      if (mark < submission_mark && group.states[mark]) states.push_back(mark);
    }
    if (several || states.size() > 1)
      settled.insert(mark_of_group);
    else
      settled.insert(states.begin(), states.end());
  }
  return {settled.begin(), settled.end()};
}

Deciders People::brought_over(const People& older, const Deciders& deciders, const Successor& successor) const {
  Deciders here;
  for (const auto& [person, mark] : deciders) {
    if (mark == submission_mark) {
      here.emplace_back(person, mark);
    } else if (mark < submission_mark) {
      const std::size_t at = definition_.order(successor.key_of(older.definition_.states[mark]));
      if (at < definition_.states.size()) here.emplace_back(person, static_cast<DecisionMark>(at));
    } else if (mark >= first_group_mark + older.own_groups_) {
      here.emplace_back(person, static_cast<DecisionMark>(mark - older.own_groups_));
    }
  }
  std::sort(here.begin(), here.end());
  here.erase(std::unique(here.begin(), here.end()), here.end());
  return here;
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

bool People::is_own(Person person) const { return std::find(own_.begin(), own_.end(), person) != own_.end(); }

bool People::may(const State& state, Person person, const Deciders& deciders) const {
  if (is_own(person)) return false;
  const std::size_t at = position(state);
  return std::none_of(deciders.begin(), deciders.end(), [&](const auto& decider) {
    if (decider.first != person || decider.second == at) return false;
    if (decider.second == submission_mark) return definition_.separation.nobody_own_submission;
    for (std::size_t number = 0; number < own_groups_; ++number)
      if (groups_[number].states[at] && (decider.second == first_group_mark + number ||
                                         (decider.second < submission_mark && groups_[number].states[decider.second])))
        return true;
    return false;
  });
}

}  // namespace xueji

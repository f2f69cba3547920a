#include "engine/simulation/choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "engine/base/text.hpp"
#include "engine/definition/configuration.hpp"

namespace xueji {
namespace {

enum class Class { onward, back, rejecting, taking_back };
constexpr std::size_t classes = 4;

Class class_of(const Definition& definition, const State& state, const Action& action) {
  if (action.to == stop_word) return Class::rejecting;
  if (action.to == join_word) return Class::onward;
  const State& target = *definition.state(action.to);
  const bool is_earlier = definition.order(target.key) <= definition.order(state.key);
  if (target.kind != StateKind::end) return action.to_earlier || is_earlier ? Class::back : Class::onward;
  if (target.outcome == Outcome::completed) return Class::onward;
  const bool undecided = target.outcome == Outcome::withdrawn || target.outcome == Outcome::cancelled;
  return undecided ? Class::taking_back : Class::rejecting;
}

std::vector<const Action*> actions_of_holder(const State& state) {
  std::vector<const Action*> actions;
  for (const Action& action : state.actions)
    if (!action.by) actions.push_back(&action);
  if (actions.empty())
    for (const Action& action : state.actions) actions.push_back(&action);
  return actions;
}

/// The shares of the classes that there are, so that they make one whole.
std::array<double, classes> shares_of(const std::array<int, classes>& present, const Shares& shares) {
  std::array<double, classes> result{0, shares.returned, shares.rejected, shares.taken_back};
  for (std::size_t each = 0; each < classes; ++each)
    if (present[each] == 0) result[each] = 0;
  const double others = std::accumulate(result.begin(), result.end(), 0.0);
  const auto onward = static_cast<std::size_t>(Class::onward);
  if (present[onward] > 0) {
    result[onward] = 1 - others;
  } else {
    for (double& share : result) share = others > 0 ? share / others : 0;
  }
  return result;
}

std::vector<std::string> words_of(const State& state, const std::vector<const Action*>& actions) {
  std::vector<std::string> words;
  for (const Action* action : actions) words.push_back(state.key + "." + action->key);
  return words;
}

std::vector<std::string> words_of_ways(const State& choice) {
  std::vector<std::string> words;
  for (std::size_t way = 1; way <= choice.ways.size(); ++way) words.push_back(choice.key + "." + std::to_string(way));
  return words;
}

std::vector<std::string> words_of_endings(const State& state) {
  std::vector<std::string> words;
  for (const AwaitedWay& way : state.awaited->ways) words.push_back(state.key + "." + way.event);
  return words;
}

/// Those chosen keep their share, the others divide what is left.
void apply_chosen(std::vector<double>& shares, const std::vector<std::string>& words, const ChosenShares& chosen) {
  double fixed = 0, others = 0;
  std::vector<bool> is_fixed(words.size());
  for (std::size_t each = 0; each < words.size(); ++each) {
    const auto found = chosen.find(words[each]);
    is_fixed[each] = found != chosen.end();
    if (is_fixed[each]) shares[each] = found->second;
    (is_fixed[each] ? fixed : others) += shares[each];
  }
  for (std::size_t each = 0; each < words.size(); ++each)
    if (!is_fixed[each]) shares[each] = others > 0 ? shares[each] * (1 - fixed) / others : 0;
}

}  // namespace

std::vector<WeighedAction> weigh_actions(const Definition& definition, const State& state, const Shares& shares,
                                         const ChosenShares& chosen) {
  const auto actions = actions_of_holder(state);
  std::array<int, classes> present{};
  for (const Action* action : actions) ++present[static_cast<std::size_t>(class_of(definition, state, *action))];
  const auto by_class = shares_of(present, shares);
  std::vector<double> weights;
  for (const Action* action : actions) {
    const auto which = static_cast<std::size_t>(class_of(definition, state, *action));
    weights.push_back(by_class[which] / present[which]);
  }
  apply_chosen(weights, words_of(state, actions), chosen);
  std::vector<WeighedAction> weighed;
  double sum = 0;
  for (std::size_t each = 0; each < actions.size(); ++each) weighed.push_back({actions[each], sum += weights[each]});
  return weighed;
}

std::vector<double> weigh_ways(const State& choice, const ChosenShares& chosen) {
  std::vector<double> weights(choice.ways.size(), 1 / static_cast<double>(choice.ways.size()));
  apply_chosen(weights, words_of_ways(choice), chosen);
  std::partial_sum(weights.begin(), weights.end(), weights.begin());
  return weights;
}

std::vector<double> weigh_endings(const State& state, const Shares& shares, const ChosenShares& chosen) {
  const auto& ways = state.awaited->ways;
  const double failing = shares.rejected + shares.taken_back;
  std::vector<double> weights(ways.size(), failing / static_cast<double>(std::max<std::size_t>(ways.size() - 1, 1)));
  weights.front() = 1 - failing;  // what is completed stands first
  apply_chosen(weights, words_of_endings(state), chosen);
  std::partial_sum(weights.begin(), weights.end(), weights.begin());
  return weights;
}

const Action* taking_back(const Definition& definition, const State& state) {
  if (state.kind == StateKind::draft) return nullptr;
  for (const Action& action : state.actions)
    if (action.by && class_of(definition, state, action) == Class::taking_back) return &action;
  return nullptr;
}

std::optional<std::string> complaint_about(const ChosenShares& chosen, const Definition& definition) {
  std::vector<std::string> known;
  for (const State& state : definition.states) {
    double sum = 0;
    std::vector<std::string> choices;
    if (state.kind == StateKind::check) choices.push_back(state.key + ".suspect");
    if (waits_for_people(state.kind)) choices = words_of(state, actions_of_holder(state));
    if (state.kind == StateKind::choice) choices = words_of_ways(state);
    if (state.awaited) choices = words_of_endings(state);
    for (const auto& choice : choices)
      if (const auto found = chosen.find(choice); found != chosen.end()) sum += found->second;
    if (sum > 1) return fmt::format("the shares of {} make more than 1; lower them", state.key);
    known.insert(known.end(), choices.begin(), choices.end());
  }
  for (const auto& [choice, share] : chosen) {
    if (std::find(known.begin(), known.end(), choice) == known.end()) {
      const auto meant = nearest(choice, known);
      return fmt::format("nobody chooses `{}`; {}", choice,
                         meant.empty() ? "write STATE.ACTION=SHARE" : fmt::format("did you mean `{}`?", meant));
    }
    if (!(share >= 0 && share <= 1)) return fmt::format("the share of `{}` must lie between 0 and 1", choice);
  }
  return std::nullopt;
}

}  // namespace xueji

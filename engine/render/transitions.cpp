#include "engine/render/transitions.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "engine/definition/configuration.hpp"
#include "engine/definition/main_way.hpp"
#include "engine/definition/ways.hpp"
#include "engine/machine/act_titles.hpp"
#include "engine/machine/outcome_titles.hpp"

namespace xueji {
namespace {

/// Not every school has a township, a county or a prefecture above it, and nobody stands above the ministry.
bool may_be_missing(const OfficeExpression& office) {
  using enum Level;
  const bool at_level = office.step == OfficeExpression::Step::at_level;
  return at_level && (office.level == township || office.level == county || office.level == prefecture ||
                      (office.above && office.level == ministry));
}

Text title_of_otherwise(const State& state) {
  if (state.kind == StateKind::parallel) return {"无法汇合", "Too few can join"};
  if (!state.when) return {"无此级机构", "No such office"};
  const std::string& condition = state.when->source();
  if (may_be_missing(state.actor.office))
    return {"不符合 " + condition + " 时，或无此级机构", "Where not: " + condition + ", or no such office"};
  return {"不符合 " + condition + " 时", "Where not: " + condition};
}

/// The condition as it is written: it is what decides, and the same in either language.
Text title_of_way(const Way& way) {
  return way.when ? Text{way.when->source(), way.when->source()} : Text{"其他情况", "Otherwise"};
}

/// How the other request ended.
Text title_of_ending(const AwaitedWay& way) {
  return way.event == otherwise_word ? Text{"其他结果", "Any other outcome"} : title_of(way.outcomes.front());
}

Text title_of_event(std::string_view event) {
  const Text* known = built_in_title(event);
  return known ? *known : Text{};
}

class Collector {
 public:
  explicit Collector(const Definition& definition) : definition_(definition) {
    for (const State* state : main_way(definition, definition.states.front())) on_main_way_.push_back(state->key);
  }

  void add_state(const State& state) {
    for (const Action& action : state.actions) add_action(state, action);
    for (const auto& [outcome, to] : state.outcomes) add_event(state, to_string(outcome), to);
    if (state.deadline && !state.deadline->expire_to.empty()) add_event(state, "expire", state.deadline->expire_to);
    if (state.kind == StateKind::wait) add_event(state, "elapsed", state.to);
    if (state.awaited)
      for (const AwaitedWay& way : state.awaited->ways)
        add(state, {state.key, way.event, way.to, title_of_ending(way), Weight::other, {}});
    if (state.kind == StateKind::notice) add_event(state, "noticed", state.to);
    for (const Way& way : state.ways)
      add(state, {state.key, std::string(chosen_word), way.to, title_of_way(way), Weight::other, {}});
    if (state.kind == StateKind::parallel) add_event(state, "joined", state.to);
    if (!state.refused.empty()) add_event(state, state.awaited ? not_opened_word : "refused", state.refused);
    if (!state.otherwise.empty())
      add(state, {state.key, "otherwise", state.otherwise, title_of_otherwise(state), Weight::other, {}});
  }

  std::vector<Transition> take() { return std::move(all_); }

 private:
  void add_event(const State& state, std::string_view event, const std::string& to) {
    add(state, {state.key, std::string{event}, to, title_of_event(event), Weight::other, {}});
  }

  void add_action(const State& state, const Action& action) {
    if (!action.to.empty()) add(state, {state.key, action.key, action.to, action.title, Weight::other, {}});
    if (!action.to_earlier) return;
    const auto choices = earlier_states(definition_, state.key);
    for (const std::string& earlier : choices)
      if (earlier != action.to)
        all_.push_back({state.key, action.key, earlier, action.title, Weight::choice,
                        action.to.empty() ? choices.back() : action.to});
  }

  void add(const State& state, Transition transition) {
    transition.weight = weight_of(state, transition);
    all_.push_back(std::move(transition));
  }

  Weight weight_of(const State& state, const Transition& transition) {
    if (goes_back(definition_, transition) || transition.to == stop_word) return Weight::aside;
    const State* to = definition_.state(transition.to);
    if (to && to->kind == StateKind::end && to->outcome != Outcome::completed) return Weight::aside;
    if (!leads_the_main_way(state, transition.to) || !led_on_.insert(state.key).second) return Weight::other;
    return Weight::main;
  }

  /// Within a branch whatever leads on in it is its main way.
  bool leads_the_main_way(const State& state, const std::string& to) const {
    if (!state.parallel.empty()) return to == join_word || !definition_.state(to)->parallel.empty();
    const auto found = std::find(on_main_way_.begin(), on_main_way_.end(), state.key);
    return found != on_main_way_.end() && found + 1 != on_main_way_.end() && found[1] == to;
  }

  const Definition& definition_;
  std::vector<std::string> on_main_way_;
  std::set<std::string> led_on_;
  std::vector<Transition> all_;
};

}  // namespace

std::string_view to_string(Weight weight) {
  static constexpr std::array<std::string_view, 4> words{"main", "other", "aside", "choice"};
  return words[static_cast<std::size_t>(weight)];
}

std::vector<Transition> transitions_of(const Definition& definition) {
  Collector collector{definition};
  for (const State& state : definition.states) collector.add_state(state);
  return collector.take();
}

bool goes_back(const Definition& definition, const Transition& transition) {
  const State* to = definition.state(transition.to);
  return to && to->kind != StateKind::end && definition.order(transition.to) <= definition.order(transition.from);
}

}  // namespace xueji

#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"
#include "engine/registry/effects.hpp"

namespace xueji {
namespace {

constexpr std::string_view every_request_ends = "every request ends";
constexpr std::string_view effect_word = "effect ";
constexpr std::string_view after_words = " only after ";
constexpr std::string_view or_word = " or ";

struct Invariants {
  Loading& loading;
  const YamlNode& node;

  void fail(std::size_t offset, std::string what, std::string advice) const {
    loading.faults.add(loading.document.place_in(node, offset), std::move(what), std::move(advice));
  }

  std::vector<std::string_view> events_of(const State& state) const {
    std::vector<std::string_view> events;
    for (const auto& action : state.actions) events.push_back(action.key);
    for (const auto& [outcome, to] : state.outcomes) events.push_back(to_string(outcome));
    return events;
  }

  /// `county_approval.approve`
  void check_step(std::string_view step, std::size_t offset) const {
    const auto dot = step.find('.');
    const auto state_key = step.substr(0, dot);
    if (!loading.state_name(state_key))
      return fail(offset, fmt::format("there is no state `{}`", state_key),
                  suggest(state_key, loading.state_keys(), "the states are"));
    if (!loading.states_are_whole) return;
    const auto events = events_of(*loading.definition.state(state_key));
    const auto event = dot == std::string_view::npos ? std::string_view{} : step.substr(dot + 1);
    if (std::find(events.begin(), events.end(), event) != events.end()) return;
    if (events.empty())
      return fail(offset, fmt::format("nothing is done in `{}`", state_key), "name a state with actions or outcomes");
    fail(offset,
         event.empty() ? fmt::format("what is done in `{}` is not said", state_key)
                       : fmt::format("`{}` has no action `{}`", state_key, event),
         suggest(event, events));
  }

  void check_effect_rule(std::string_view text) const {
    const auto after = text.find(after_words);
    const auto effect = text.substr(effect_word.size(), after - effect_word.size());
    const auto names = effect_names();
    if (std::find(names.begin(), names.end(), effect) == names.end())
      fail(effect_word.size(), fmt::format("there is no effect `{}`", effect),
           suggest(effect, {names.begin(), names.end()}));
    for (auto at = after + after_words.size(); at <= text.size();) {
      const auto end = std::min(text.find(or_word, at), text.size());
      check_step(text.substr(at, end - at), at);
      at = end + or_word.size();
    }
  }

  void check(std::string_view text) const {
    if (text == every_request_ends) return;
    if (text.starts_with(effect_word) && text.find(after_words) != std::string_view::npos &&
        text.find(after_words) >= effect_word.size())
      return check_effect_rule(text);
    fail(0, "this is no invariant",
         "write `every request ends` or `effect EFFECT only after STATE.ACTION or STATE.ACTION`");
  }
};

}  // namespace

void load_always(Loading& loading, const YamlNode& node) {
  for (const auto& item : read_list(node, "always", loading.faults)) {
    const auto text = read_text(item, "always", loading.faults, 500);
    if (!text) continue;
    Invariants{loading, item}.check(*text);
    loading.definition.always.push_back({*text, item.place});
  }
}

}  // namespace xueji

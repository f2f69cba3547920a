#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view every_request_ends = "every request ends";
constexpr std::string_view effect_word = "effect ";
constexpr std::string_view every_path_words = "every path to ";
constexpr std::string_view after_words = " only after ";
constexpr std::string_view passes_word = " passes ";
constexpr std::string_view possible_words = " possible in every state before ";
constexpr std::string_view or_word = " or ";
constexpr std::string_view at_word = " at ";
constexpr std::string_view two_officers_words = " by two officers";
constexpr std::string_view authority_word = "authority";

/// A piece of the sentence, with where it stands in it.
struct Piece {
  std::string_view text;
  std::size_t offset = 0;

  Piece part(std::size_t at, std::size_t size = std::string_view::npos) const {
    return {text.substr(at, size), offset + at};
  }
};

struct Halves {
  Piece left, right;
};

std::optional<Halves> split(const Piece& piece, std::string_view words) {
  const auto at = piece.text.find(words);
  if (at == std::string_view::npos) return std::nullopt;
  return Halves{piece.part(0, at), piece.part(at + words.size())};
}

/// The events of a state that a sentence may name: what people do, checks answer and time brings.
std::vector<std::string_view> events_of(const State& state) {
  std::vector<std::string_view> events;
  for (const auto& action : state.actions) events.push_back(action.key);
  for (const auto& [outcome, to] : state.outcomes) events.push_back(to_string(outcome));
  if (state.deadline && !state.deadline->expire_to.empty()) events.push_back("expire");
  if (state.wait) events.push_back("elapsed");
  if (state.awaited) {
    for (const AwaitedWay& way : state.awaited->ways) events.push_back(way.event);
    events.push_back(not_opened_word);
  }
  return events;
}

class Sentence {
 public:
  Sentence(Loading& loading, const YamlNode& node) : loading_(loading), node_(node) {}

  Invariant read(std::string_view text) {
    Invariant invariant;
    invariant.text = text;
    invariant.position = node_.position;
    const Piece whole{text, 0};
    if (text == every_request_ends) return invariant;
    if (const auto possible = split(whole, possible_words))
      read_possible(invariant, *possible);
    else if (const auto passes = split(whole, passes_word); passes && text.starts_with(every_path_words))
      read_passes(invariant, *passes);
    else if (const auto after = split(whole, after_words))
      read_after(invariant, *after);
    else
      fail(whole, "this is no invariant",
           "write `every request ends`, `effect EFFECT only after STATE.ACTION or STATE.ACTION`, `STATE only after "
           "STATE.ACTION`, `every path to STATE passes STATE.ACTION` or `ACTION possible in every state before STATE`");
    return invariant;
  }

 private:
  void fail(const Piece& piece, std::string what, std::string advice) const {
    loading_.faults.add(loading_.document.place_in(node_, piece.offset), std::move(what), std::move(advice));
  }

  void read_possible(Invariant& invariant, const Halves& halves) {
    invariant.form = Invariant::Form::possible_before;
    invariant.subject = action_key(halves.left);
    invariant.limit = state_key(halves.right);
  }

  void read_passes(Invariant& invariant, const Halves& halves) {
    invariant.form = Invariant::Form::passes;
    invariant.subject = state_stood_in(halves.left.part(every_path_words.size()));
    read_acts(invariant, halves.right);
  }

  void read_after(Invariant& invariant, const Halves& halves) {
    if (halves.left.text.starts_with(effect_word)) {
      invariant.form = Invariant::Form::effect_after;
      invariant.subject = effect_key(halves.left.part(effect_word.size()));
    } else {
      invariant.form = Invariant::Form::state_after;
      invariant.subject = state_stood_in(halves.left);
    }
    read_acts(invariant, halves.right);
  }

  void read_acts(Invariant& invariant, const Piece& list) {
    for (std::size_t at = 0; at <= list.text.size();) {
      const auto end = std::min(list.text.find(or_word, at), list.text.size());
      const Piece act = list.part(at, end - at);
      if (const auto levelled = split(act, at_word))
        invariant.acts.push_back(act_at_level(*levelled));
      else
        invariant.acts.push_back(act_in_state(act, invariant.form == Invariant::Form::passes));
      at = end + or_word.size();
    }
  }

  /// `approve at ministry by two officers`
  ActPattern act_at_level(const Halves& halves) {
    ActPattern act;
    act.event = action_key(halves.left);
    Piece level = halves.right;
    if (level.text.ends_with(two_officers_words)) {
      act.two_officers = true;
      level = level.part(0, level.text.size() - two_officers_words.size());
    }
    act.level = parse_level(level.text);
    act.at_authority = level.text == authority_word;
    if (act.level || act.at_authority) return act;
    std::vector<std::string_view> words{level_words.begin(), level_words.end()};
    words.push_back(authority_word);
    fail(level, fmt::format("there is no level `{}`", level.text), suggest(level.text, words));
    return act;
  }

  /// `county_approval.approve`; a bare state only where coming to it counts.
  ActPattern act_in_state(const Piece& step, bool bare_state) {
    const auto dot = step.text.find('.');
    ActPattern act;
    act.state = state_key(step.part(0, dot));
    if (dot == std::string_view::npos && bare_state) return act;
    if (act.state.empty() || !loading_.states_are_whole) return act;
    const auto events = events_of(*loading_.definition.state(act.state));
    const auto event = dot == std::string_view::npos ? std::string_view{} : step.text.substr(dot + 1);
    act.event = event;
    if (std::find(events.begin(), events.end(), event) != events.end()) return act;
    if (events.empty())
      fail(step, fmt::format("nothing is done in `{}`", act.state), "name a state with actions or outcomes");
    else
      fail(step,
           event.empty() ? fmt::format("what is done in `{}` is not said", act.state)
                         : fmt::format("`{}` has no action `{}`", act.state, event),
           suggest(event, events));
    return act;
  }

  std::string state_key(const Piece& piece) const {
    if (loading_.state_name(piece.text)) return std::string{piece.text};
    fail(piece, fmt::format("there is no state `{}`", piece.text),
         suggest(piece.text, loading_.state_keys(), "the states are"));
    return {};
  }

  /// Of a state in which a request can stand.
  std::string state_stood_in(const Piece& piece) const {
    const StateName* name = loading_.state_name(piece.text);
    if (name && name->kind == StateKind::notice)
      fail(piece, fmt::format("no request stands in `{}`, which is a notice", piece.text),
           "name the state that it leads to");
    if (name && loading_.definition.closing && loading_.definition.closing->to == piece.text)
      fail(piece, fmt::format("the calendar ends requests in `{}` wherever they stand", piece.text),
           "name another state");
    if (name && name->kind == StateKind::choice)
      fail(piece, fmt::format("no request stands in `{}`, which is a choice", piece.text),
           "name one of the states that it leads to");
    return state_key(piece);
  }

  std::string action_key(const Piece& piece) const {
    if (!loading_.states_are_whole || loading_.definition.has_action(piece.text)) return std::string{piece.text};
    std::vector<std::string_view> keys;
    for (const auto& state : loading_.definition.states)
      for (const auto& action : state.actions)
        if (std::find(keys.begin(), keys.end(), action.key) == keys.end()) keys.push_back(action.key);
    fail(piece, fmt::format("there is no action `{}`", piece.text), suggest(piece.text, keys));
    return {};
  }

  std::string effect_key(const Piece& piece) const {
    const auto names = effect_names();
    if (std::find(names.begin(), names.end(), piece.text) == names.end())
      fail(piece, fmt::format("there is no effect `{}`", piece.text), suggest(piece.text, names));
    return std::string{piece.text};
  }

  Loading& loading_;
  const YamlNode& node_;
};

}  // namespace

void load_always(Loading& loading, const YamlNode& node) {
  for (const auto& item : read_list(node, "always", loading.faults))
    if (const auto text = read_text(item, "always", loading.faults, 500))
      loading.definition.always.push_back(Sentence{loading, item}.read(*text));
}

}  // namespace xueji

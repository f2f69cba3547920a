#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/definition/loading.hpp"
#include "engine/registry/check_names.hpp"

namespace xueji {
namespace {

constexpr std::array<StateKind, 11> written_kinds{StateKind::draft,    StateKind::approval, StateKind::registration,
                                                  StateKind::work,     StateKind::notice,   StateKind::choice,
                                                  StateKind::check,    StateKind::wait,     StateKind::request,
                                                  StateKind::parallel, StateKind::end};
constexpr double factor_max = 100;

std::string describe(StateKind kind) {
  switch (kind) {
    case StateKind::draft:
      return "a draft state";
    case StateKind::approval:
      return "an approval state";
    case StateKind::registration:
      return "a registration";
    case StateKind::work:
      return "a state of work";
    case StateKind::notice:
      return "a notice";
    case StateKind::choice:
      return "a choice";
    case StateKind::check:
      return "a check state";
    case StateKind::wait:
      return "a waiting state";
    case StateKind::request:
      return "a state that waits for another request";
    case StateKind::parallel:
      return "a parallel state";
    case StateKind::end:
      return "an end";
  }
  return "";
}

std::optional<StateKind> kind_of(const YamlNode& node) {
  for (const auto kind : written_kinds)
    if (node.find(to_string(kind))) return kind;
  return std::nullopt;
}

void refuse_without_kind(Loading& loading, MapReader& map, const YamlNode& node, const std::string& key) {
  for (const auto known :
       {"draft",    "approval", "registration", "work",      "notice",  "choice",  "check",     "wait",  "request",
        "parallel", "end",      "title",        "due",       "remind",  "overdue", "actions",   "retry", "outcomes",
        "effects",  "join",     "to",           "otherwise", "refused", "when",    "one_by_one"})
    map.take(known);
  const auto before = loading.faults.size();
  map.finish();
  if (loading.faults.size() == before && map.usable())
    loading.faults.add(node.position, fmt::format("the state `{}` has no kind", key),
                       "add `draft: ROLE at OFFICE`, `approval: ROLE at OFFICE`, `registration: ROLE at OFFICE`, "
                       "`work: ROLE at OFFICE`, `notice: ROLE at OFFICE`, `choice: [WAYS]`, `check: [CHECK]`, "
                       "`wait: MOMENT`, `request: {…}`, `parallel: {…}` or `end: OUTCOME`");
}

/// Distinct words of a list, each among `known`.
std::vector<std::string> read_names(Loading& loading, const YamlNode& node, std::string_view list, std::string_view one,
                                    const std::vector<std::string_view>& known) {
  std::vector<std::string> names;
  for (const auto& item : read_list(node, list, loading.faults)) {
    const auto name = read_text(item, list, loading.faults);
    if (!name) continue;
    if (std::find(known.begin(), known.end(), *name) == known.end())
      loading.faults.add(item.position, fmt::format("there is no {} `{}`", one, *name), suggest(*name, known));
    else if (std::find(names.begin(), names.end(), *name) != names.end())
      loading.faults.add(item.position, fmt::format("`{}` stands here a second time", *name), "keep one of the two");
    else
      names.push_back(*name);
  }
  return names;
}

void read_retry(Loading& loading, Backoff& backoff, const YamlNode& node) {
  MapReader map{node, "`retry`", loading.faults};
  if (const auto* first = map.take("first"))
    backoff.first = read_phrase<std::chrono::seconds>(loading, *first, "first", parse_duration).value_or(backoff.first);
  if (const auto* factor = map.take("factor")) {
    double value = 0;
    const char* end = factor->text.data() + factor->text.size();
    const auto [stop, error] = std::from_chars(factor->text.data(), end, value, std::chars_format::fixed);
    if (factor->is_text() && error == std::errc{} && stop == end && value >= 1 && value <= factor_max)
      backoff.factor = value;
    else
      loading.faults.add(factor->position, fmt::format("`factor` must be a number from 1 to {}", factor_max),
                         "write it like `factor: 2`");
  }
  if (const auto* at_most = map.take("at_most"))
    backoff.at_most =
        read_phrase<std::chrono::seconds>(loading, *at_most, "at_most", parse_duration).value_or(backoff.at_most);
  map.finish();
  if (backoff.at_most < backoff.first)
    loading.faults.add(node.position, "`at_most` is shorter than `first`", "let the waiting time grow");
}

void read_outcomes(Loading& loading, State& state, const YamlNode& node) {
  MapReader map{node, "`outcomes`", loading.faults};
  for (const auto outcome : {CheckOutcome::clear, CheckOutcome::suspect}) {
    const auto word = to_string(outcome);
    const auto* target = map.need(word, fmt::format("say where it goes then, `{}: {{to: STATE}}`", word));
    if (!target) continue;
    MapReader way{*target, "an outcome", loading.faults};
    const auto* to = way.need("to", "name the state, `to: STATE`");
    way.finish();
    if (to) state.outcomes[outcome] = read_target(loading, *to, "to", *loading.state_name(state.key));
  }
  map.finish();
}

/// A later state: an earlier one could lead back to where it is passed on again.
void read_otherwise(Loading& loading, State& state, const YamlNode& node) {
  state.otherwise = read_target(loading, node, "otherwise", *loading.state_name(state.key));
  const auto* own = loading.state_name(state.key);
  const auto* target = loading.state_name(state.otherwise);
  if (target && target->parallel != own->parallel)
    loading.faults.add(
        node.position,
        fmt::format("`{}` lies in a branch of `{}`, and `{}` lies outside", own->key, own->parallel, target->key),
        "name a later state of the same branch, or `join` or `stop`, which end it");
  else if (target && target <= own)
    loading.faults.add(node.position, fmt::format("`{}` does not come after `{}`", state.otherwise, state.key),
                       "name a later state, taken where there is no such office");
}

/// Whether the request comes here, by its offices alone: they stand fixed, so that whoever looks ahead knows the way.
void read_when(Loading& loading, State& state, const YamlNode& node) {
  if (loading.definition.format < 2)
    return loading.faults.add(node.position, "`when` of a state belongs to format 2", "write `format: 2` at the top");
  state.when = read_guard(loading, node, GuardScope::places);
}

void read_condition(Loading& loading, State& state, MapReader& map) {
  if (const auto* when = map.take("when")) read_when(loading, state, *when);
  if (const auto* otherwise = map.take("otherwise")) read_otherwise(loading, state, *otherwise);
  if (state.when && state.otherwise.empty())
    loading.faults.add(state.position,
                       fmt::format("`{}` does not say what comes where `when` does not hold", state.key),
                       "add `otherwise: STATE`, a later one");
}

void read_one_by_one(Loading& loading, State& state, const YamlNode& node) {
  if (loading.definition.format < 2)
    return loading.faults.add(node.position, "`one_by_one` belongs to format 2", "write `format: 2` at the top");
  state.one_by_one = read_boolean(node, "one_by_one", loading.faults).value_or(false);
}

/// Who records what others decided, or does what was decided, does not refuse it.
void refuse_rejection(Loading& loading, const State& state) {
  for (const Action& action : state.actions) {
    const auto* target = loading.state_name(action.to);
    if (target && target->outcome == to_string(Outcome::rejected))
      loading.faults.add(action.position,
                         fmt::format("`{}` is {}, and `{}` rejects in it", state.key, describe(state.kind), action.key),
                         "let it return the request, or make the state an approval");
  }
}

void load_person_state(Loading& loading, State& state, MapReader& map, const YamlNode* actor) {
  if (auto someone = actor ? read_actor(loading, *actor, to_string(state.kind)) : std::nullopt)
    state.actor = std::move(*someone);
  load_deadline(loading, state, map);
  if (state.kind != StateKind::draft) read_condition(loading, state, map);
  if (const auto* alone = is_decided(state.kind) ? map.take("one_by_one") : nullptr)
    read_one_by_one(loading, state, *alone);
  if (const auto* actions = map.need("actions", "say what may be done here, `actions: {approve: {to: STATE}}`"))
    load_actions(loading, state, *actions);
  if (state.kind == StateKind::registration || state.kind == StateKind::work) refuse_rejection(loading, state);
}

/// What ends otherwise than completed is told of by `inform`: a withdrawal goes through nothing.
void refuse_sad_end(Loading& loading, const State& notice, Position position, const std::string& to) {
  const auto* target = loading.state_name(to);
  if (target && !target->outcome.empty() && target->outcome != to_string(Outcome::completed))
    loading.faults.add(position, fmt::format("the notice `{}` leads to `{}`, which completes nothing", notice.key, to),
                       "lead there without a notice, and tell others by `inform`");
}

/// It leads on, so that a request comes through once at most.
void load_notice(Loading& loading, State& state, MapReader& map, const YamlNode* actor) {
  if (auto someone = actor ? read_actor(loading, *actor, to_string(state.kind)) : std::nullopt)
    state.actor = std::move(*someone);
  read_condition(loading, state, map);
  refuse_sad_end(loading, state, state.position, state.otherwise);
  const auto* to = map.need("to", "name the state in which it goes on, `to: STATE`");
  if (!to) return;
  state.to = read_target(loading, *to, "to", *loading.state_name(state.key));
  refuse_sad_end(loading, state, to->position, state.to);
  const auto* own = loading.state_name(state.key);
  const auto* target = loading.state_name(state.to);
  if (target && target <= own)
    loading.faults.add(to->position, fmt::format("`{}` does not come after `{}`", state.to, state.key),
                       "name a later state: a notice only leads on");
}

void load_check_state(Loading& loading, State& state, MapReader& map, const YamlNode* checks) {
  if (checks) state.checks = read_names(loading, *checks, "check", "check", {check_names.begin(), check_names.end()});
  if (const auto* retry = map.take("retry")) read_retry(loading, state.retry, *retry);
  if (const auto* outcomes =
          map.need("outcomes", "say where it goes, `outcomes: {clear: {to: STATE}, suspect: {to: STATE}}`"))
    read_outcomes(loading, state, *outcomes);
}

void load_end_state(Loading& loading, State& state, MapReader& map, const YamlNode* outcome) {
  const auto word = outcome ? read_text(*outcome, "end", loading.faults) : std::nullopt;
  if (const auto parsed = word ? parse_outcome(*word) : std::nullopt)
    state.outcome = *parsed;
  else if (word)
    loading.faults.add(outcome->position, fmt::format("there is no outcome `{}`", *word),
                       suggest(*word, {"completed", "rejected", "withdrawn", "cancelled", "expired"}));
  if (const auto* list = map.take("effects")) load_effects(loading, state, *list);
}

/// `kind_value` is what stands after `approval:` and the like; null where it is empty.
void load_body(Loading& loading, State& state, MapReader& map, const YamlNode* kind_value) {
  switch (state.kind) {
    case StateKind::notice:
      return load_notice(loading, state, map, kind_value);
    case StateKind::choice:
      return kind_value ? load_choice(loading, state, *kind_value) : void();
    case StateKind::check:
      return load_check_state(loading, state, map, kind_value);
    case StateKind::wait:
      return load_wait(loading, state, map, kind_value);
    case StateKind::request:
      return load_request(loading, state, map, kind_value);
    case StateKind::parallel:
      return kind_value ? load_parallel(loading, state, map, *kind_value) : void();
    case StateKind::end:
      return load_end_state(loading, state, map, kind_value);
    default:
      return load_person_state(loading, state, map, kind_value);
  }
}

/// `first` is what the state is called in the first branch of a `for each`; empty for all but its second.
void add_state_name(Loading& loading, const YamlEntry& entry, const std::string& parallel, std::size_t branch,
                    const std::string& first = {}) {
  const auto& [key, value] = entry;
  if (first.empty()) check_author_key(key, "a state", loading.faults);
  if (key.text == "earlier" || key.text == join_word || key.text == stop_word)
    loading.faults.add(key.position, fmt::format("`{}` cannot be the key of a state", key.text),
                       key.text == "earlier" ? "it means any state before; choose another key"
                                             : "it says how a branch ends; choose another key");
  if (loading.state_name(key.text))
    loading.faults.add(key.position, fmt::format("there is a state `{}` already", key.text),
                       first.empty() ? "every state has a key of its own, in branches too"
                                     : "`for each` gives it to the second branch; choose another for the other state");
  StateName name{key.text, kind_of(value), {}, parallel, branch, key.position, first};
  if (const auto* outcome = value.find("end")) name.outcome = outcome->text;
  const bool is_outside = name.kind == StateKind::end || name.kind == StateKind::parallel ||
                          name.kind == StateKind::notice || name.kind == StateKind::choice ||
                          name.kind == StateKind::request;
  if (!parallel.empty() && is_outside && first.empty())
    loading.faults.add(key.position, fmt::format("{} cannot lie in a branch", describe(*name.kind)),
                       "put it beside the parallel state");
  loading.state_names.push_back(std::move(name));
  if (const auto* branches = value.find("parallel"); branches && parallel.empty())
    for_each_branch(*branches, [&](const BranchStates& inner) {
      const bool is_second = inner.of_school && inner.position > 0;
      for (const auto& each : inner.states.entries)
        add_state_name(loading, entry_in(inner, each), key.text, inner.position, is_second ? each.key.text : "");
    });
}

void check_order(Loading& loading, const YamlNode& node) {
  const auto is_kind = [](StateKind kind) { return [kind](const StateName& name) { return name.kind == kind; }; };
  const auto& names = loading.state_names;
  if (names.empty()) return;
  if (names.front().kind && names.front().kind != StateKind::draft)
    loading.faults.add(names.front().position, fmt::format("the first state, `{}`, is no draft", names.front().key),
                       "begin with the state in which the request is filled in, `draft: ROLE at OFFICE`");
  for (std::size_t index = 1; index < names.size(); ++index)
    if (names[index].kind == StateKind::draft)
      loading.faults.add(names[index].position,
                         fmt::format("`{}` is a draft, and only the first state can be one", names[index].key),
                         "make it an approval state, or return to the first state");
  if (std::none_of(names.begin(), names.end(), is_kind(StateKind::end)))
    loading.faults.add(node.position, "no state is an end",
                       "add one, like `completed: {end: completed, title: {zh: 办结, en: Completed}}`");
}

}  // namespace

void load_state_names(Loading& loading, const YamlNode& node) {
  for (const auto& entry : read_entries(node, "states", loading.faults)) add_state_name(loading, entry, {}, 0);
  check_order(loading, node);
}

void load_state(Loading& loading, const YamlEntry& entry) {
  const auto& [key, node] = entry;
  const auto kind = kind_of(node);
  MapReader map{node, kind ? describe(*kind) : "a state", loading.faults};
  if (!kind) return refuse_without_kind(loading, map, node, key.text);
  State state;
  state.key = key.text;
  state.kind = *kind;
  state.position = key.position;
  state.parallel = loading.state_name(key.text)->parallel;
  state.branch = loading.state_name(key.text)->branch;
  const bool is_of_format_two = *kind == StateKind::registration || *kind == StateKind::work ||
                                *kind == StateKind::notice || *kind == StateKind::choice || *kind == StateKind::request;
  if (is_of_format_two && loading.definition.format < 2)
    loading.faults.add(key.position, fmt::format("`{}` belongs to format 2", to_string(*kind)),
                       "write `format: 2` at the top");
  if (*kind == StateKind::choice) state.title = {"选择", "Choice"};
  const auto* title = *kind == StateKind::choice ? map.take("title") : map.need("title", "add `title: {zh: …, en: …}`");
  if (title) state.title = read_texts(*title, "title", loading.faults).value_or(Text{});
  const auto* kind_value = map.take(to_string(*kind));
  load_body(loading, state, map, kind_value);
  map.finish();
  loading.definition.states.push_back(std::move(state));
  if (*kind == StateKind::parallel && kind_value) load_branch_states(loading, *kind_value);
}

void load_states(Loading& loading, const YamlNode& node) {
  for (const auto& entry : node.entries) load_state(loading, entry);
}

}  // namespace xueji

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/definition/action_titles.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::array<DefaultTitle, 8> default_titles{{{"approve", "同意", "Approve"},
                                                      {"register", "登记", "Register"},
                                                      {"return", "退回", "Return"},
                                                      {"reject", "不予通过", "Reject"},
                                                      {"submit", "提交", "Submit"},
                                                      {"withdraw", "撤回", "Withdraw"},
                                                      {"discard", "作废", "Discard"},
                                                      {"escalate", "上报", "Escalate"}}};

/// Words that the engine, the history or `inform` use for something else.
constexpr std::array<std::string_view, 29> reserved_action_keys{
    "comment", "reassign",   "open",      "edit",      "claim",   "release",  "checks",      "reminder",
    "overdue", "completed",  "cancelled", "withdrawn", "expired", "rejected", "unavailable", "suspect",
    "clear",   "expire",     "elapsed",   "noticed",   "migrate", "stand_in", "undecidable", "refused",
    "opened",  "not_opened", "remind",    "closed",    "chosen"};

void read_earlier(Loading& loading, Action& action, const State& state, MapReader& map, const YamlNode& to) {
  action.to_earlier = true;
  const auto earlier = earlier_states(loading, state.key);
  if (earlier.empty())
    loading.faults.add(to.position, fmt::format("no state is earlier than `{}`", state.key),
                       "name the state that this leads to");
  const auto* default_node =
      map.need("default", "name the state it goes to when the person names none, `default: draft`");
  if (!default_node || earlier.empty()) return;
  const auto key = read_state_key(loading, *default_node, "default");
  if (key.empty()) return;
  if (std::find(earlier.begin(), earlier.end(), key) == earlier.end())
    loading.faults.add(default_node->position,
                       fmt::format("`{}` is no state before `{}` that waits for a person", key, state.key),
                       fmt::format("name one of: {}", fmt::join(earlier, ", ")));
  action.to = key;
}

void read_action_target(Loading& loading, Action& action, const State& state, MapReader& map) {
  const auto* to = map.need("to", "name the state it leads to, `to: STATE`");
  if (!to) return;
  if (to->is_text() && to->text == "earlier") return read_earlier(loading, action, state, map, *to);
  if (const auto* useless = map.take("default"))
    loading.faults.add(useless->position, "`default` is only for `to: earlier`", "remove it");
  action.to = read_target(loading, *to, "to", *loading.state_name(state.key));
  if (action.to == state.key)
    loading.faults.add(to->position, fmt::format("`{}` leads from `{}` to itself", action.key, state.key),
                       "name another state");
}

void read_title(Loading& loading, Action& action, MapReader& map, const YamlNode& key) {
  if (const auto* title = map.take("title")) {
    action.title = read_texts(*title, "title", loading.faults).value_or(Text{});
    return;
  }
  const auto found = std::find_if(default_titles.begin(), default_titles.end(),
                                  [&](const DefaultTitle& each) { return each.key == action.key; });
  if (found != default_titles.end())
    action.title = {std::string{found->zh}, std::string{found->en}};
  else
    loading.faults.add(key.position, fmt::format("the action `{}` needs `title`", action.key),
                       "add `title: {zh: …, en: …}`");
}

void read_comment_rule(Loading& loading, Action& action, const YamlNode& node) {
  const auto word = read_text(node, "comment", loading.faults);
  if (!word) return;
  for (const auto rule : {CommentRule::none, CommentRule::optional, CommentRule::required}) {
    if (*word != to_string(rule)) continue;
    action.comment = rule;
    return;
  }
  loading.faults.add(node.position, fmt::format("`comment` cannot be `{}`", *word),
                     suggest(*word, {"required", "optional", "none"}));
}

/// Keys of `known` things, each once.
std::vector<std::string> read_form_keys(Loading& loading, const YamlNode& node, std::string_view list,
                                        std::string_view one, const std::vector<std::string_view>& known) {
  std::vector<std::string> keys;
  for (const auto& item : read_list(node, list, loading.faults)) {
    const auto key = read_text(item, list, loading.faults);
    if (!key) continue;
    if (std::find(known.begin(), known.end(), *key) != known.end())
      keys.push_back(*key);
    else if (known.empty())
      loading.faults.add(item.position, fmt::format("there is no {} `{}`", one, *key),
                         fmt::format("this definition has no `{}`", list));
    else
      loading.faults.add(item.position, fmt::format("there is no {} `{}`", one, *key), suggest(*key, known));
  }
  return keys;
}

void read_demands(Loading& loading, Action& action, MapReader& map) {
  std::vector<std::string_view> fields, kinds;
  for (const auto& field : loading.definition.fields) fields.push_back(field.key);
  for (const auto& kind : loading.definition.evidence) kinds.push_back(kind.kind);
  if (const auto* when = map.take("when")) action.when = read_rules(loading, *when, "when", GuardScope::action);
  if (const auto* node = map.take("fields")) {
    action.fields = read_form_keys(loading, *node, "fields", "field", fields);
    const Field* naming = loading.definition.naming_field();
    if (naming && std::find(action.fields.begin(), action.fields.end(), naming->key) != action.fields.end())
      loading.faults.add(node->position,
                         fmt::format("`{}` names a place, and stands fixed once it is submitted", naming->key),
                         "let it be filled in in the draft, to which the request is returned");
    for (const std::string& key : action.fields)
      if (const Field* field = loading.definition.field(key); field && field->each)
        loading.faults.add(node->position,
                           fmt::format("`{}` has a value for each student, which only the draft takes", key),
                           "let it be filled in in the draft, to which the request is returned");
  }
  if (const auto* node = map.take("evidence"))
    action.evidence = read_form_keys(loading, *node, "evidence", "evidence", kinds);
}

Action start_action(Loading& loading, const YamlNode& key) {
  check_author_key(key, "an action", loading.faults);
  if (std::find(reserved_action_keys.begin(), reserved_action_keys.end(), key.text) != reserved_action_keys.end())
    loading.faults.add(key.position, fmt::format("`{}` cannot be the key of an action", key.text),
                       "the engine uses this word itself; choose another");
  Action action;
  action.key = key.text;
  action.position = key.position;
  return action;
}

/// Everything of an action but where it leads.
void read_common(Loading& loading, Action& action, MapReader& map, const YamlNode& key) {
  read_title(loading, action, map, key);
  if (const auto* comment = map.take("comment")) read_comment_rule(loading, action, *comment);
  read_demands(loading, action, map);
}

void copy_into_states(Loading& loading, const Action& action, std::string_view before, Position position) {
  bool copied = false;
  for (auto& state : loading.definition.states) {
    if (state.key == before) break;
    if (!waits_for_people(state.kind) && state.kind != StateKind::wait) continue;
    copied = true;
    if (const auto* same = state.action(action.key))
      loading.faults.add(same->position,
                         fmt::format("`{}` has the action `{}` from `anywhere` too", state.key, action.key),
                         "keep one of the two");
    else
      state.actions.push_back(action);
  }
  if (!copied && loading.states_are_whole)
    loading.faults.add(position, fmt::format("no state before `{}` waits for a person", before), "name a later state");
}

}  // namespace

std::span<const DefaultTitle> default_action_titles() { return default_titles; }

void load_actions(Loading& loading, State& state, const YamlNode& node) {
  for (const auto& [key, value] : read_entries(node, "actions", loading.faults)) {
    Action action = start_action(loading, key);
    MapReader map{value, "an action", loading.faults};
    read_action_target(loading, action, state, map);
    if (const auto* by = map.take("by")) action.by = read_actor(loading, *by, "by");
    read_common(loading, action, map, key);
    map.finish();
    state.actions.push_back(std::move(action));
  }
}

void load_anywhere(Loading& loading, const YamlNode& node) {
  for (const auto& [key, value] : read_entries(node, "anywhere", loading.faults)) {
    Action action = start_action(loading, key);
    MapReader map{value, "an action of `anywhere`", loading.faults};
    if (const auto* by = map.need("by", "say who may do it, `by: ROLE at OFFICE`"))
      action.by = read_actor(loading, *by, "by");
    const auto* before = map.need("before", "name the state from which on it is too late, `before: STATE`");
    const auto* to = map.need("to", "name the state it leads to, `to: STATE`");
    read_common(loading, action, map, key);
    map.finish();
    if (to) action.to = read_target(loading, *to, "to", {});
    const auto limit = before ? read_target(loading, *before, "before", {}) : std::string{};
    if (!limit.empty()) copy_into_states(loading, action, limit, before->position);
  }
}

}  // namespace xueji

// A state that opens another business and waits until that request has ended.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::array<Outcome, 5> all_outcomes{Outcome::completed, Outcome::rejected, Outcome::withdrawn,
                                              Outcome::cancelled, Outcome::expired};

/// The field of type subject of that key; null after a fault.
const Field* read_subject_field(Loading& loading, const YamlNode& node, std::string_view key) {
  const Field* field = loading.definition.field(key);
  if (field && field->type == FieldType::subject) return field;
  loading.faults.add(node.position, fmt::format("no field of type subject is called `{}`", key),
                     "name the field that says which of the two it is");
  return nullptr;
}

/// `student`; of a pair `field KEY`, or `other than field KEY`.
void read_about(Loading& loading, AwaitedRequest& awaited, const YamlNode& node) {
  constexpr std::string_view other_words = "other than ";
  const auto about = read_text(node, "about", loading.faults);
  if (!about) return;
  const bool is_pair = loading.definition.subject.kind == SubjectRule::Kind::pair;
  if (!is_pair && *about == "student") return;
  std::string_view words = *about;
  awaited.is_other = words.starts_with(other_words);
  if (awaited.is_other) words.remove_prefix(other_words.size());
  if (!is_pair || !words.starts_with(field_word))
    return loading.faults.add(
        node.position, fmt::format("the other request cannot be about `{}`", *about),
        is_pair ? "say which of the two, `about: field KEY` or `about: other than field KEY`, a field of type subject"
                : "write `about: student`");
  if (const Field* field = read_subject_field(loading, node, words.substr(field_word.size())))
    awaited.subject = field->key;
}

void read_awaited(Loading& loading, AwaitedRequest& awaited, const YamlNode& node) {
  MapReader map{node, "`request`", loading.faults};
  const auto* definition = map.need("definition", "name the business, `definition: KEY`");
  const auto* about = map.need("about", "write `about: student`");
  const auto* by = map.need("by", "say who fills it in, `by: ROLE at OFFICE`");
  const auto* fields = map.take("fields");
  map.finish();
  Opening& opening = awaited.opening;
  if (definition) opening.definition = read_text(*definition, "definition", loading.faults).value_or("");
  if (about) read_about(loading, awaited, *about);
  if (auto actor = by ? read_actor_of_one(loading, *by, "by") : std::nullopt) opening.by = std::move(*actor);
  if (fields) opening.fields = read_first_values(loading, *fields);
  if (!opening.definition.empty() && opening.definition == loading.definition.key)
    loading.faults.add(definition->position, "a request would wait for one of its own business, and so on for ever",
                       "name another business");
}

std::string read_way(Loading& loading, const State& state, const YamlNode& node) {
  MapReader way{node, "an outcome", loading.faults};
  const auto* to = way.need("to", "name the state, `to: STATE`");
  way.finish();
  auto target = to ? read_target(loading, *to, "to", *loading.state_name(state.key)) : std::string();
  if (!target.empty() && target == state.key)
    loading.faults.add(to->position, fmt::format("`{}` leads to itself", state.key), "name another state");
  return target;
}

void read_ways(Loading& loading, State& state, const YamlNode& node) {
  MapReader map{node, "`outcomes`", loading.faults};
  AwaitedWay otherwise{std::string(otherwise_word), {}, {}};
  for (const Outcome outcome : all_outcomes) {
    const auto word = to_string(outcome);
    const auto* written = outcome == Outcome::completed
                              ? map.need(word, "say where it goes then, `completed: {to: STATE}`")
                              : map.take(word);
    if (written)
      state.awaited->ways.push_back({std::string(word), {outcome}, read_way(loading, state, *written)});
    else
      otherwise.outcomes.push_back(outcome);
  }
  const auto* rest = map.take(otherwise_word);
  map.finish();
  if (rest) otherwise.to = read_way(loading, state, *rest);
  if (rest && otherwise.outcomes.empty())
    loading.faults.add(rest->position, "every outcome is named, so `otherwise` never comes", "remove it");
  else if (rest)
    state.awaited->ways.push_back(std::move(otherwise));
  else if (map.usable() && !otherwise.outcomes.empty())
    loading.faults.add(node.position,
                       fmt::format("`{}` does not say where it goes if the other request ends {}", state.key,
                                   to_string(otherwise.outcomes.front())),
                       "name that outcome, or add `otherwise: {to: STATE}`");
}

/// Nobody holds it, and it ends with the other request: somebody is told, and nothing else.
void refuse_more_than_telling(Loading& loading, const State& state) {
  if (!state.deadline) return;
  const Deadline& deadline = *state.deadline;
  if (deadline.remind_before || deadline.escalate || !deadline.expire_to.empty())
    loading.faults.add(state.position,
                       fmt::format("nobody holds `{}`, and it goes on when the other request ends", state.key),
                       "leave out `remind`, and let `overdue` say whom to tell, `overdue: {tell: ROLE at OFFICE}`");
}

/// Others would close it while the other request goes on, or be left with one that waits for nobody.
void check_request(Loading& loading, const State& state) {
  const Definition& definition = loading.definition;
  if (definition.subject.kind == SubjectRule::Kind::batch)
    loading.faults.add(state.position, "another request is about one student, and this is about many",
                       "leave it to a request about one student");
  if (definition.closing)
    loading.faults.add(state.position, "what waits for another request can't be closed when a window closes",
                       "leave out `close`, or let the other business be closed");
}

}  // namespace

void load_request(Loading& loading, State& state, MapReader& map, const YamlNode* request) {
  state.awaited.emplace();
  if (request) read_awaited(loading, *state.awaited, *request);
  load_deadline(loading, state, map);
  refuse_more_than_telling(loading, state);
  if (const auto* outcomes =
          map.need("outcomes", "say where it goes, `outcomes: {completed: {to: STATE}, otherwise: {to: STATE}}`"))
    read_ways(loading, state, *outcomes);
  if (const auto* refused = map.need("refused", "say where it goes if the request can't be opened, `refused: STATE`")) {
    state.refused = read_target(loading, *refused, "refused", *loading.state_name(state.key));
    if (!state.refused.empty() && state.refused == state.key)
      loading.faults.add(refused->position, fmt::format("`{}` leads to itself", state.key), "name another state");
  }
}

void check_requests(Loading& loading) {
  for (const State& state : loading.definition.states)
    if (state.kind == StateKind::request) check_request(loading, state);
}

}  // namespace xueji

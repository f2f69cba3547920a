#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"

namespace xueji {

const StateName* Loading::state_name(std::string_view key) const {
  const auto found =
      std::find_if(state_names.begin(), state_names.end(), [&](const StateName& each) { return each.key == key; });
  return found == state_names.end() ? nullptr : &*found;
}

std::vector<std::string_view> Loading::state_keys() const {
  std::vector<std::string_view> keys;
  for (const auto& name : state_names) keys.push_back(name.key);
  return keys;
}

namespace {

bool names_schools_of_pair(const ActorExpression& actor) {
  return actor.office.place == students_schools && actor.office.step == OfficeExpression::Step::itself;
}

/// A pair's students may be at two schools, and only a pair has `students`.
void check_place_of_subject(Loading& loading, const ActorExpression& actor) {
  const bool is_pair = loading.definition.subject.kind == SubjectRule::Kind::pair;
  const OfficeExpression& office = actor.office;
  if (office.place == students_schools && !is_pair)
    loading.faults.add(actor.position, "the request is not about a pair of students",
                       "write `student.school`, or `subject: {students: 2}`");
  const bool starts_from_place = !(office.step == OfficeExpression::Step::at_level && office.level == Level::ministry);
  if (is_pair && starts_from_place && (office.place == student_school || office.other == student_school))
    loading.faults.add(actor.position, "the two students of a pair may be at two schools",
                       "write `common superior of students`");
}

/// The form is not filled in yet then.
void check_read_at_opening(Loading& loading, const YamlNode& node, const Guard& guard) {
  if (std::any_of(guard.paths().begin(), guard.paths().end(),
                  [](const std::string& path) { return path.starts_with(named_school); }))
    loading.faults.add(node.position, "this reads a school that the form names, which is not filled in at the opening",
                       "ask it under `require`, which is tried at every submission");
}

/// A condition is asked once of the whole request.
void check_reads_no_each(Loading& loading, const YamlNode& node, const Guard& guard) {
  for (const std::string& path : guard.paths())
    if (const Field* field = loading.definition.field(path); field && field->each)
      loading.faults.add(node.position,
                         fmt::format("`{}` has a value for each student, and a condition reads the form as one", path),
                         "leave it out of the condition; an end may `set` a member to `field " + path + "`");
}

std::optional<ActorExpression> read_expression_of_actor(Loading& loading, const YamlNode& node, std::string_view name) {
  std::vector<NamedPlace> places = loading.definition.places;
  if (loading.branch_place) places.push_back(*loading.branch_place);
  auto actor = read_phrase<ActorExpression>(loading, node, name, [&](std::string_view phrase) {
    return parse_actor(phrase, loading.definition.format > 1 ? &places : nullptr);
  });
  if (actor) actor->position = node.position;
  return actor;
}

}  // namespace

std::optional<ActorExpression> read_opener(Loading& loading, const YamlNode& node, std::string_view name) {
  auto actor = read_expression_of_actor(loading, node, name);
  if (actor) check_place_of_subject(loading, *actor);
  return actor;
}

std::optional<ActorExpression> read_actor_of_one(Loading& loading, const YamlNode& node, std::string_view name) {
  auto actor = read_expression_of_actor(loading, node, name);
  const bool is_vague =
      actor && (names_schools_of_pair(*actor) || actor->office.step == OfficeExpression::Step::any_school);
  if (is_vague)
    loading.faults.add(node.position, "one post fills in another request, which is about one student",
                       "name it by that student's school, like `reviewer at province of student.school`");
  return actor;
}

std::optional<ActorExpression> read_actor(Loading& loading, const YamlNode& node, std::string_view name) {
  auto actor = read_told(loading, node, name);
  if (actor && names_schools_of_pair(*actor))
    loading.faults.add(node.position, "a pair may be at two schools, and one post holds or decides",
                       "write `common superior of students`; who is told may be at the `schools of students`");
  return actor;
}

std::optional<ActorExpression> read_told(Loading& loading, const YamlNode& node, std::string_view name) {
  auto actor = read_opener(loading, node, name);
  if (actor && actor->office.step == OfficeExpression::Step::any_school)
    loading.faults.add(node.position, "only who opens the request can be at any school",
                       "name a place, like `initiator.office`");
  return actor;
}

std::optional<Guard> read_guard(Loading& loading, const YamlNode& node, GuardScope scope) {
  const auto source = read_text(node, "rule", loading.faults, guard_bytes_max);
  if (!source) return std::nullopt;
  const auto paths = guard_paths(scope, loading.definition);
  auto parsed = parse_guard(*source, paths.types, paths.known);
  if (auto* guard = std::get_if<Guard>(&parsed)) {
    if (scope == GuardScope::opening) check_read_at_opening(loading, node, *guard);
    check_reads_no_each(loading, node, *guard);
    return std::move(*guard);
  }
  auto& fault = std::get<GuardFault>(parsed);
  loading.faults.add(loading.document.place_in(node, fault.offset), std::move(fault.what), std::move(fault.advice));
  return std::nullopt;
}

std::vector<Rule> read_rules(Loading& loading, const YamlNode& node, std::string_view name, GuardScope scope) {
  std::vector<Rule> rules;
  for (const auto& item : read_list(node, name, loading.faults)) {
    MapReader map{item, "a rule", loading.faults};
    const auto* condition = map.need("rule", "add the condition, `rule: has(new_name)`");
    const auto* otherwise =
        map.need("else", "say what the person is told when it does not hold, `else: {zh: …, en: …}`");
    map.finish();
    auto guard = condition ? read_guard(loading, *condition, scope) : std::nullopt;
    auto text = otherwise ? read_texts(*otherwise, "else", loading.faults, 500) : std::nullopt;
    if (guard && text) rules.push_back({std::move(*guard), std::move(*text), condition->position});
  }
  return rules;
}

std::string read_state_key(Loading& loading, const YamlNode& node, std::string_view name) {
  const auto key = read_text(node, name, loading.faults);
  if (!key) return {};
  if (loading.state_name(*key)) return *key;
  loading.faults.add(node.position, fmt::format("there is no state `{}`", *key),
                     suggest(*key, loading.state_keys(), "the states are"));
  return {};
}

}  // namespace xueji

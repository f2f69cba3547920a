// What the parts of the loader share. Order matters: names of states first, then the form, then the states' bodies,
// then what refers to them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/branch_schools.hpp"
#include "engine/definition/definition.hpp"
#include "engine/definition/guard_paths.hpp"
#include "engine/definition/phrase.hpp"
#include "engine/yaml/yaml_reader.hpp"

namespace xueji {

/// A state as far as its neighbours need to know it.
struct StateName {
  std::string key;
  std::optional<StateKind> kind;  ///< nothing where the author gave none that is known
  std::string outcome;            ///< of an end, as written
  std::string parallel;           ///< the parallel state it lies in; empty outside
  std::size_t branch = 0;         ///< position of its branch there
  Position position;
  std::string first;  ///< in the second branch of a `for each`: its key in the first; else empty
};

struct Loading {
  const YamlDocument& document;
  FaultList& faults;
  Definition definition;
  std::vector<StateName> state_names;
  bool states_are_whole = false;  ///< no fault in any state: only then is it told what others refer to in vain
  std::optional<NamedPlace> branch_place{};  ///< what `branch.school` means in the state that is being loaded

  const StateName* state_name(std::string_view key) const;
  std::vector<std::string_view> state_keys() const;
};

/// Reads a phrase by one of the functions of phrase.hpp; its fault is placed at the word it is about.
template <class Value, class Parse = Phrase<Value> (*)(std::string_view)>
std::optional<Value> read_phrase(Loading& loading, const YamlNode& node, std::string_view name, Parse parse) {
  const auto text = read_text(node, name, loading.faults);
  if (!text) return std::nullopt;
  auto phrase = parse(*text);
  if (auto* value = std::get_if<Value>(&phrase)) return std::move(*value);
  auto& fault = std::get<PhraseFault>(phrase);
  loading.faults.add(loading.document.place_in(node, fault.offset), std::move(fault.what), std::move(fault.advice));
  return std::nullopt;
}

// load_places.cpp: the author's words for the places of a request.
void load_places(Loading& loading, const YamlNode& node);
/// The field that names a place, once fields and opener are loaded.
void check_places(Loading& loading);

// load_applies.cpp: where a variant stands in place of the national file; either is null where it is not written. Asks
// for places and opener, which are loaded before.
void load_applies(Loading& loading, const YamlNode* variant, const YamlNode* applies);

// load_lock.cpp: from when on a request locks its student; null where it is not written. Asks for subject and opener,
// which are loaded before.
void load_lock(Loading& loading, const YamlNode* node);
/// What there may be one request for. Asks for subject and places, which are loaded before.
void load_once_per(Loading& loading, const YamlNode& node);

// load_subject.cpp: whom a request is about. Asks for the fields, which are loaded before.
void load_subject(Loading& loading, const YamlNode& node);
/// One student, a batch or a pair, as far as it can be told: what stands before the rest is read by it.
SubjectRule::Kind subject_kind(const YamlNode& node);
/// What cannot be said of several students; for definitions without other faults.
void check_subject(Loading& loading);

// load_expressions.cpp
std::optional<ActorExpression> read_actor(Loading& loading, const YamlNode& node, std::string_view name);
/// The post of another request, about one student: of a pair `student.school` is the school of that one.
std::optional<ActorExpression> read_actor_of_one(Loading& loading, const YamlNode& node, std::string_view name);
/// Who is told, who may be at `schools of students`.
std::optional<ActorExpression> read_told(Loading& loading, const YamlNode& node, std::string_view name);
/// Who opens a request, who may be at `any school`.
std::optional<ActorExpression> read_opener(Loading& loading, const YamlNode& node, std::string_view name);
std::optional<Guard> read_guard(Loading& loading, const YamlNode& node, GuardScope scope);
/// A list of `{rule, else}`.
std::vector<Rule> read_rules(Loading& loading, const YamlNode& node, std::string_view name, GuardScope scope);
/// The key of a state that exists; empty after a fault.
std::string read_state_key(Loading& loading, const YamlNode& node, std::string_view name);

// load_targets.cpp
/// Where something in `from` may lead: a state outside of branches or in its own, or how its branch ends. Empty after a
/// fault. A `from` without a key stands outside.
std::string read_target(Loading& loading, const YamlNode& node, std::string_view name, const StateName& from);
/// The states that `to: earlier` may name in `state`, nearest first.
std::vector<std::string_view> earlier_states(const Loading& loading, std::string_view state);

/// Before the key of a field whose value is taken, `field new_class`.
inline constexpr std::string_view field_word = "field ";

// load_form.cpp
/// The field that such a text names; null after a fault.
Field* read_named_field(Loading& loading, const YamlNode& node);
enum class FieldStands { in_form, in_row };
Field read_field(Loading& loading, const YamlNode& key, const YamlNode& node, FieldStands where);
void load_fields(Loading& loading, const YamlNode& node);
/// Whether the field's values can be the member's; a fault at `position` where not.
bool fits_member(Loading& loading, const Field& field, const Member& member, Position position);
void load_evidence(Loading& loading, const YamlNode& node);

// load_rows.cpp: what a field of type rows has beside the others, which may not have it.
void read_row_keys(Loading& loading, Field& field, MapReader& map);
/// No field of a row is called like one of the form; for when all are read.
void check_keys_of_rows(Loading& loading);

// load_states.cpp
void load_state_names(Loading& loading, const YamlNode& node);
void load_states(Loading& loading, const YamlNode& node);
void load_state(Loading& loading, const YamlEntry& entry);

/// effect_set.cpp: name, ID number, sex, birth date: never the same for every student.
bool says_who_somebody_is(const Member& member);

// effect_open_request.cpp: with which fields another business begins.
std::vector<FieldSetting> read_first_values(Loading& loading, const YamlNode& fields);

// load_request.cpp: a state that waits for another request.
void load_request(Loading& loading, State& state, MapReader& map, const YamlNode* request);
/// What only shows when all is read; for definitions without other faults.
void check_requests(Loading& loading);

// load_effects.cpp: the effects of an end.
void load_effects(Loading& loading, State& state, const YamlNode& node);

// load_parallel.cpp: branches and their join.
void load_parallel(Loading& loading, State& state, MapReader& map, const YamlNode& branches);
/// The states of the branches, which follow their parallel state.
void load_branch_states(Loading& loading, const YamlNode& branches);
/// The states of a branch, as the author wrote them; `for each` writes one list for two branches.
struct BranchStates {
  const YamlNode& states;
  std::size_t position = 0;
  bool of_school = false;  ///< written by `for each`
};
/// Calls with the states of each branch, as far as they can be read.
template <class Visit>
void for_each_branch(const YamlNode& branches, Visit visit) {
  if (!branches.is_map()) return;
  std::size_t position = 0;
  const auto visit_states = [&](const YamlNode& branch, bool of_school) {
    if (const auto* states = branch.find("states"); states && states->is_map())
      visit(BranchStates{*states, position++, of_school});
  };
  if (branches.find(for_each_word)) {
    for (std::size_t school = 0; school < branch_schools.size(); ++school) visit_states(branches, true);
  } else {
    for (const auto& [key, branch] : branches.entries) visit_states(branch, false);
  }
}
/// A state as it stands in that branch: in the second of a `for each` under a key of its own.
YamlEntry entry_in(const BranchStates& branch, const YamlEntry& entry);

// load_choice.cpp: the ways of a choice.
void load_choice(Loading& loading, State& choice, const YamlNode& ways);

// load_wait.cpp; load_refused() reads where a wait or a parallel state leads when the registry refuses the effect.
void load_refused(Loading& loading, State& state, MapReader& map);
void load_wait(Loading& loading, State& state, MapReader& map, const YamlNode* moment);

// load_actions.cpp
void load_actions(Loading& loading, State& state, const YamlNode& node);
void load_anywhere(Loading& loading, const YamlNode& node);

// load_deadline.cpp: `due`, `remind` and `overdue` of a state.
void load_deadline(Loading& loading, State& state, MapReader& map);

// load_rules_of_conduct.cpp
void load_open(Loading& loading, const YamlNode& node);
void load_separation(Loading& loading, const YamlNode& node);
void load_staffing(Loading& loading, const YamlNode& node);
void load_inform(Loading& loading, const YamlNode& node);

// load_reminders.cpp: `remind`, from dates that a completed request leaves in the record.
void load_reminders(Loading& loading, const YamlNode& node);
/// What only shows when ends and subject are read; for definitions without other faults.
void check_reminders(Loading& loading);

// load_closing.cpp: `close`, what ends when a window closes.
void load_closing(Loading& loading, const YamlNode& node);
/// What only shows when ends are read; for definitions without other faults.
void check_closing(Loading& loading);

// load_migrations.cpp
void load_migrations(Loading& loading, const YamlNode& node);

// load_invariants.cpp
void load_always(Loading& loading, const YamlNode& node);

// check_whole.cpp: what only shows when all is read; for definitions without other faults.
void check_whole(Loading& loading);

}  // namespace xueji

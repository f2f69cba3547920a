#include "engine/verify/memory.hpp"

#include <algorithm>

#include "engine/machine/submission.hpp"
#include "engine/registry/members.hpp"
#include "engine/verify/effects_of_ends.hpp"
#include "engine/verify/picks.hpp"

namespace xueji {
namespace {

void insert(ActIds& acts, std::uint32_t id) {
  const auto at = std::lower_bound(acts.begin(), acts.end(), id);
  if (at == acts.end() || *at != id) acts.insert(at, id);
}

}  // namespace

Memory::Memory(const Definition& definition, const std::vector<SubjectKind>& kinds, const std::vector<People>& people,
               Conditions& conditions, Keeps keeps, const Successor* successor)
    : definition_(definition),
      kinds_(kinds),
      people_(people),
      conditions_(conditions),
      keeps_(keeps),
      successor_(successor) {
  for (const State& state : definition.states) states_.emplace(state.key, &state);
  look_for_what_effects_demand(definition);
  if (successor) look_for_what_effects_demand(successor->definition);
  for (const SubjectKind& kind : kinds) picks_.push_back(states_where_the_filer_picks(definition, kind));
  for (const auto& [earlier, later] : unseparated_pairs(definition, kinds)) later_by_others_.insert(earlier);
}

void Memory::look_for_what_effects_demand(const Definition& definition) {
  if (const Field* naming = definition.naming_field()) directing_.insert(naming->key);
  for (const Invariant& invariant : definition.always)
    for (const ActPattern& pattern : invariant.acts) levels_matter_ = levels_matter_ || pattern.state.empty();
  for (const State& state : definition.states) {
    const auto members = members_changed(definition, state);
    has_effects_ = has_effects_ || !state.effects.empty();
    const auto directs = [&](const std::optional<Guard>& guard) {
      if (!guard) return;
      for (const std::string& path : guard->paths()) directing_.insert(path.substr(0, path.find('.')));
    };
    const auto hands_on = [&](const Opening& opening) {
      for (const FieldSetting& setting : opening.fields) directing_.insert(setting.field);
    };
    for (const Way& way : state.ways) directs(way.when);
    if (state.awaited) {
      hands_on(state.awaited->opening);
      directing_.insert(state.awaited->subject);
    }
    for (const EffectCall& call : state.effects) {
      directs(call.when);
      directing_.insert(call.field);
      if (call.opens) hands_on(*call.opens);
    }
    gives_numbers_ = gives_numbers_ || number_given(definition, state) == NumberKind::G;
    retires_numbers_ = retires_numbers_ || !field_for(definition, state, number_state).empty();
    sets_id_numbers_ = sets_id_numbers_ || members.contains("id_number");
  }
}

MemoryId Memory::intern(Remembered remembered) {
  const auto [known, is_new] = known_.emplace(std::move(remembered), static_cast<MemoryId>(memories_.size()));
  if (is_new) memories_.push_back(&known->first);
  return known->second;
}

std::uint32_t Memory::id_of(const RememberedAct& act) {
  const auto [known, is_new] = ids_.emplace(act, static_cast<std::uint32_t>(acts_.size()));
  if (is_new) acts_.push_back(act);
  return known->second;
}

MemoryId Memory::at_opening() { return intern({}); }

MemoryId Memory::brought_over(const Memory& older, MemoryId memory, std::size_t kind, const Successor& successor,
                              const StateConfiguration& where) {
  const Remembered& before = older[memory];
  Remembered remembered;
  remembered.known.brought_over = states_.at(where.state)->kind != StateKind::draft;
  remembered.known.submitted = remembered.known.brought_over;
  remembered.known.opened_before = true;
  if (keeps_ == Keeps::people) {
    remembered.deciders = people_[kind].brought_over(older.people_[kind], before.deciders, successor);
    people_[kind].settle(remembered.deciders, active_of(where));
    return intern(std::move(remembered));
  }
  const auto here = [&](const State& there) {
    const auto found = states_.find(successor.key_of(there));
    return found == states_.end() ? nullptr : found->second;
  };
  for (const auto& [from, to] :
       {std::pair{&before.standing, &remembered.standing}, {&before.passed, &remembered.passed}})
    for (const std::uint32_t id : *from)
      if (const State* state = here(*older.act(id).state)) {
        RememberedAct act = older.act(id);
        act.state = state;
        insert(*to, id_of(act));
      }
  for (const std::string& key : active_states(where)) pass(remembered.passed, *states_.at(key), "");
  return intern(std::move(remembered));
}

template <class Visit>
bool Memory::any_pattern(const State& state, Visit visit) const {
  const auto any = [&](const Definition& definition, const std::string& key) {
    return std::any_of(definition.always.begin(), definition.always.end(), [&](const Invariant& invariant) {
      return std::any_of(invariant.acts.begin(), invariant.acts.end(), [&](const ActPattern& pattern) {
        return (pattern.state.empty() || pattern.state == key) && visit(invariant, pattern);
      });
    });
  };
  return any(definition_, state.key) || (successor_ && any(successor_->definition, successor_->key_of(state)));
}

/// Of the sentences with `passes`, or of all others.
bool Memory::is_asked_for(const State& state, std::string_view event, Invariant::Form form) const {
  return any_pattern(state, [&](const Invariant& invariant, const ActPattern& pattern) {
    return pattern.event == event && (invariant.form == Invariant::Form::passes) == (form == Invariant::Form::passes);
  });
}

/// Null where a branch only ended.
const State* Memory::state_come_to(const Moved& moved) const {
  const auto found =
      states_.find(moved.branch ? moved.configuration.branches.at(*moved.branch) : moved.configuration.state);
  return found == states_.end() ? nullptr : found->second;
}

void Memory::undo(ActIds& acts, const State& arrived) const {
  if (arrived.kind == StateKind::end) return;
  // States stand in the order of the procedure, so the later one has the higher address.
  std::erase_if(acts, [&](std::uint32_t id) {
    const State& state = *acts_[id].state;
    const bool own_branch =
        arrived.parallel.empty() || (state.parallel == arrived.parallel && state.branch == arrived.branch);
    return own_branch && &state >= &arrived;
  });
}

void Memory::pass(ActIds& acts, const State& state, std::string_view event) {
  if (is_asked_for(state, event, Invariant::Form::passes)) insert(acts, id_of({&state, std::string(event)}));
}

/// Of acts that are all alike, the one that stands longest: the earliest in the same branch.
void Memory::keep_earliest(ActIds& acts, const RememberedAct& act) {
  for (const std::uint32_t id : acts) {
    const RememberedAct& other = acts_[id];
    if (other.event == act.event && other.state->parallel == act.state->parallel &&
        other.state->branch == act.state->branch && other.state <= act.state)
      return;
  }
  insert(acts, id_of(act));
}

/// Whoever fills in anew what will be changed, or what decides whether it will be, makes what was decided, found and
/// judged about it count no more; whoever attaches evidence, what was decided on the evidence there was.
void Memory::forget_what_was_about_other_values(ActIds& acts, const SubjectKind& kind, const Move& move) const {
  if (!move.action) return;
  if (!move.action->evidence.empty())
    std::erase_if(acts, [&](std::uint32_t id) { return acts_[id].event == decision_event; });
  for (const std::string& key : move.action->fields) {
    const Field* field = definition_.field(key);
    if (!field) continue;
    const bool retired = retires_numbers_ && field->type == FieldType::student_number;
    const bool changes = !field->member().empty() && needs_decision(field->member(), kind);
    if (!retired && !changes && !directing_.contains(key)) continue;
    const bool id_number = field->member() == "id_number";
    std::erase_if(acts, [&](std::uint32_t id) {
      const std::string& event = acts_[id].event;
      return event == decision_event || (retired && event == ministry_event) ||
             (id_number && (event == clear_event || event == province_event));
    });
  }
}

/// Of whoever files, or by the clock because they did nothing.
bool Memory::is_a_pick(std::size_t kind, const Move& move) const {
  return picks_[kind].contains(move.state) &&
         (move.action ? !move.decides && move.post == kinds_[kind].opener : move.is_of_the_clock);
}

void Memory::remember_acts(Remembered& remembered, std::size_t kind, const Move& move, std::string_view to) {
  const State& from = *move.state;
  const bool asked = is_asked_for(from, move.event, Invariant::Form::effect_after);
  const bool fills_in = move.action && !move.action->fields.empty();
  const bool binds_later = move.decides && later_by_others_.contains(&from);
  // Levels are ordered from the top; who decides nothing is taken for the lowest.
  const Level level = move.decides && move.post ? kinds_[kind].level_of(*move.post) : Level::school;
  if (asked || fills_in || binds_later) {
    RememberedAct act{&from, std::string(asked || fills_in ? move.event : "")};
    if (levels_matter_ && move.post) {
      act.level = kinds_[kind].level_of(*move.post);
      act.at_authority = move.post->office == kinds_[kind].authority();
    }
    insert(remembered.standing, id_of(act));
  }
  if (!has_effects_) return;
  forget_what_was_about_other_values(remembered.standing, kinds_[kind], move);
  if (is_a_pick(kind, move))
    std::erase_if(remembered.standing, [&](std::uint32_t id) { return acts_[id].event == decision_event; });
  if (move.decides && to != stop_word && move.post && move.post != kinds_[kind].opener)
    keep_earliest(remembered.standing, {&from, std::string(decision_event)});
  if ((sets_id_numbers_ || gives_numbers_) && move.event == to_string(CheckOutcome::clear))
    insert(remembered.standing, id_of({&from, std::string(clear_event)}));
  if (retires_numbers_ && move.decides && level == Level::ministry)
    insert(remembered.standing, id_of({&from, std::string(ministry_event)}));
  // What offices below decide after a province is their decision, whatever the province said.
  if (sets_id_numbers_ && move.decides && level > Level::province)
    std::erase_if(remembered.standing, [&](std::uint32_t id) {
      const State& state = *acts_[id].state;
      return acts_[id].event == province_event && state.parallel == from.parallel && state.branch == from.branch;
    });
  if (sets_id_numbers_ && to != stop_word && level <= Level::province)
    keep_earliest(remembered.standing, {&from, std::string(province_event)});
  if (move.is_of_the_clock) keep_earliest(remembered.standing, {&from, std::string(clock_event)});
}

void Memory::keep_acts(Remembered& remembered, std::size_t kind, const Move& move, std::string_view to,
                       const Moved& moved) {
  remember_acts(remembered, kind, move, to);
  pass(remembered.passed, *move.state, move.event);
  const State* arrived = state_come_to(moved);
  if (!arrived) return;
  undo(remembered.standing, *arrived);
  if (arrived->kind == StateKind::draft) remembered.passed.clear();
  for (const std::string& notice : moved.notices) pass(remembered.passed, *states_.at(notice), "");
  pass(remembered.passed, *arrived, "");
  if (!arrived->branches.empty())
    for (const State* branch : active_of(moved.configuration)) pass(remembered.passed, *branch, "");
}

std::vector<const State*> Memory::active_of(const StateConfiguration& configuration) const {
  std::vector<const State*> active;
  for (const auto& key : active_states(configuration)) active.push_back(states_.at(key));
  return active;
}

MemoryId Memory::after(MemoryId before, std::size_t kind, const Move& move, std::string_view to,
                       std::optional<Person> person, const Moved& moved, const WaysTaken& ways) {
  Remembered remembered = *memories_[before];
  if (keeps_ == Keeps::acts) keep_acts(remembered, kind, move, to, moved);
  if (move.action) remembered.known = conditions_.after(std::move(remembered.known), *move.state, *move.action);
  if (move.state->awaited && move.event != not_opened_word)
    remembered.known = conditions_.after_waiting(std::move(remembered.known));
  for (const WayTaken& taken : ways) remembered.known = conditions_.after(std::move(remembered.known), taken);
  if (const State* arrived = state_come_to(moved); arrived && arrived->kind == StateKind::draft)
    remembered.known = conditions_.back_in_draft(std::move(remembered.known));
  if (keeps_ == Keeps::people) {
    if (person) people_[kind].decided(remembered.deciders, *move.state, *person);
    if (move.action && is_submission(definition_, *move.state, *move.action))
      people_[kind].submitted(remembered.deciders, *move.action);
    people_[kind].settle(remembered.deciders, active_of(moved.configuration));
  }
  return intern(std::move(remembered));
}

}  // namespace xueji

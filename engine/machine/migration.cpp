#include "engine/machine/migration.hpp"

#include <algorithm>
#include <set>

#include "engine/machine/form.hpp"
#include "engine/machine/movement.hpp"

namespace xueji {
namespace {

const Migration* migration_from(const Definition& newer, int version) {
  for (const Migration& migration : newer.migrations)
    if (migration.from_version == version) return &migration;
  return nullptr;
}

/// The key of the new version for a state of the older one.
std::string renamed(const Migration& migration, const std::string& state) {
  const auto found = migration.states.find(state);
  return found == migration.states.end() ? state : found->second;
}

MigrationPlan stuck(std::string zh, std::string en) {
  return {MigrationPlan::Kind::stuck, {}, {std::move(zh), std::move(en)}};
}

/// Where each branch would stand; nothing where the new version has no such place in the same branch.
std::optional<std::vector<std::string>> branches_then(const Migration& migration, const Definition& newer,
                                                      const Request& request) {
  const State* parallel = newer.state(request.token.state);
  if (!parallel || parallel->branches.size() != request.branches.size()) return std::nullopt;
  std::vector<std::string> states;
  for (std::size_t position = 0; position < request.branches.size(); ++position) {
    states.push_back(renamed(migration, request.branches[position].state));
    if (states.back() == join_word || states.back() == stop_word) continue;
    const State* state = newer.state(states.back());
    if (!state || state->parallel != parallel->key || state->branch != position) return std::nullopt;
  }
  return states;
}

/// Whether it is taken over where it stands in its branches, instead of arriving at a state as a whole.
bool keeps_branches(const Migration& migration, const Request& request) {
  return !request.branches.empty() && !migration.states.contains(request.token.state);
}

std::vector<std::string> states_to_hold(const Migration& migration, const Definition& newer, const Request& request,
                                        const State& target) {
  std::vector<std::string> states{target.key};
  if (keeps_branches(migration, request)) states = branches_then(migration, newer, request).value_or(states);
  for (const Branch& branch : target.branches) states.push_back(branch.first);
  return states;
}

std::optional<MigrationPlan> without_holder(const Migration& migration, const Definition& newer, const Request& request,
                                            const State& target, const OfficeTree& offices) {
  for (const std::string& key : states_to_hold(migration, newer, request, target)) {
    const State* state = newer.state(key);
    if (!state || held_for(request, offices)(*state) || !state->otherwise.empty()) continue;
    return stuck("这所学校的上级中没有可办理“" + state->title.zh + "”的单位",
                 "no office above this school can hold \"" + state->title.en + "\"");
  }
  return std::nullopt;
}

/// Beyond the draft nobody can fill in what the new version asks for.
std::optional<MigrationPlan> incomplete(const Definition& newer, const Request& request) {
  for (const Field& field : newer.fields)
    if (field.required && !request.fields.contains(field.key))
      return stuck("新版要求填写“" + field.title.zh + "”", "the new version requires \"" + field.title.en + "\"");
  for (const auto& [key, value] : request.fields)
    if (!newer.field(key))
      return stuck("新版没有已填写的项目“" + key + "”",
                   "the new version has no field `" + key + "`, which is filled in");
  for (const EvidenceKind& kind : newer.evidence) {
    const auto count = std::count_if(request.evidence.begin(), request.evidence.end(),
                                     [&](const EvidenceItem& item) { return item.kind == kind.kind; });
    if (!kind.when && static_cast<std::size_t>(count) < kind.min)
      return stuck("新版要求更多材料“" + kind.title.zh + "”",
                   "the new version asks for more of \"" + kind.title.en + "\"");
  }
  return std::nullopt;
}

/// Separation of duties goes on under the new names.
void rename_acts(const Migration& migration, const Definition& newer, std::vector<Act>& acts) {
  for (Act& act : acts)
    if (!newer.state(act.state)) act.state = renamed(migration, act.state);
}

/// What stays in its state and with its holder goes on as it was.
bool goes_on(const Token& token, const State& before, const State& now, const std::optional<Holder>& holder) {
  return token.state == now.key && before.kind == now.kind && holder && token.holder == *holder;
}

}  // namespace

MigrationPlan plan_migration(const Definition& older, const Definition& newer, const Request& request,
                             const OfficeTree& offices) {
  const Migration* migration = migration_from(newer, older.version);
  const std::string from = std::to_string(older.version);
  if (!migration)
    return {MigrationPlan::Kind::stays,
            {},
            {"新版没有说明第 " + from + " 版如何迁移", "the new version does not say how version " + from + " moves"}};
  const std::string& state = request.token.state;
  const bool named = migration->states.contains(state) ||
                     std::any_of(request.branches.begin(), request.branches.end(),
                                 [&](const Token& branch) { return migration->states.contains(branch.state); });
  if (!named && migration->otherwise == Migration::Otherwise::stay)
    return {MigrationPlan::Kind::stays, {}, {"按旧版办结", "it finishes on the older version"}};
  const State* target = newer.state(renamed(*migration, state));
  const bool has_place = target && target->parallel.empty() && target->kind != StateKind::end &&
                         (!keeps_branches(*migration, request) || branches_then(*migration, newer, request));
  if (!has_place) {
    const State* title = older.state(state);
    return stuck("新版没有“" + (title ? title->title.zh : state) + "”这一环节",
                 "the new version has no place for the state `" + state + "`");
  }
  if (!keeps_branches(*migration, request))
    target = newer.state(passed_on(newer, target->key, held_for(request, offices)));
  if (auto plan = without_holder(*migration, newer, request, *target, offices)) return *plan;
  if (target->kind != StateKind::draft)
    if (auto plan = incomplete(newer, request)) return *plan;
  return {MigrationPlan::Kind::moves, target->key, {}};
}

Decision migrate(const Situation& situation, const Definition& older, const MigrationPlan& plan) {
  const Definition& newer = situation.definition;
  const Migration& migration = *migration_from(newer, older.version);
  Request request = *situation.request;
  request.definition = situation.definition_id;
  rename_acts(migration, newer, request.acts);
  const Request before = *situation.request;
  const std::string versions = std::to_string(older.version) + " → " + std::to_string(newer.version);
  Movement movement(situation, std::move(request), before.version, before.token.state);
  const bool keeps = keeps_branches(migration, before);
  if (keeps)
    movement.record({}, std::nullopt, "migrate", versions);
  else
    movement.arrive_at(plan.state, "migrate", versions);
  Request& moved = movement.request();
  const auto holder = [&](const State& state) {
    return holder_of(state, moved.school, moved.opened_as.office, situation.offices);
  };
  if (keeps) {
    const auto states = branches_then(migration, newer, before).value();
    for (std::size_t position = 0; position < states.size(); ++position) {
      const Token& old = before.branches[position];
      const State* now = newer.state(states[position]);
      const State* then = older.state(old.state);
      if (now && !(then && goes_on(old, *then, *now, holder(*now))))
        moved.branches.at(position) = movement.arrived(states[position]);
    }
  } else if (const State& now = *newer.state(plan.state);
             before.branches.empty() && goes_on(before.token, *older.state(before.token.state), now, holder(now))) {
    moved.token = before.token;
    moved.findings = before.findings;
  }
  return std::move(movement).finish();
}

std::vector<Fault> check_migration(const Definition& older, const Definition& newer) {
  std::vector<Fault> faults;
  const Migration* migration = migration_from(newer, older.version);
  if (!migration) return faults;
  for (const auto& [state, to] : migration->states)
    if (!older.state(state))
      faults.push_back({newer.file, migration->place,
                        "version " + std::to_string(older.version) + " has no state `" + state + "`",
                        "name a state of that version under `states`"});
  return faults;
}

}  // namespace xueji

#include "engine/machine/migration.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/machine/field_types.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/rows.hpp"

namespace xueji {

const Migration* migration_from(const Definition& newer, int version) {
  for (const Migration& migration : newer.migrations)
    if (migration.from_version == version) return &migration;
  return nullptr;
}

std::string renamed(const Migration& migration, const std::string& state) {
  const auto found = migration.states.find(state);
  return found == migration.states.end() ? state : found->second;
}

namespace {

MigrationPlan stuck(std::string zh, std::string en) {
  return {MigrationPlan::Kind::stuck, {}, {std::move(zh), std::move(en)}};
}

/// Where each branch would stand; nothing where the new version has no such place in the same branch.
std::optional<std::vector<std::string>> branches_then(const Migration& migration, const Definition& newer,
                                                      const StateConfiguration& where) {
  const State* parallel = newer.state(where.state);
  if (!parallel || parallel->branches.size() != where.branches.size()) return std::nullopt;
  std::vector<std::string> states;
  for (std::size_t position = 0; position < where.branches.size(); ++position) {
    states.push_back(renamed(migration, where.branches[position]));
    if (states.back() == join_word || states.back() == stop_word) continue;
    const State* state = newer.state(states.back());
    if (!state || state->parallel != parallel->key || state->branch != position) return std::nullopt;
  }
  return states;
}

/// Whether it is taken over where it stands in its branches, instead of arriving at a state as a whole.
bool keeps_branches(const Migration& migration, const StateConfiguration& where) {
  return !where.branches.empty() && !migration.states.contains(where.state);
}

/// Whether the new version takes it over at all.
bool takes_over(const Migration& migration, const StateConfiguration& where) {
  return migration.otherwise == Migration::Otherwise::same_state || migration.states.contains(where.state) ||
         std::any_of(where.branches.begin(), where.branches.end(),
                     [&](const std::string& branch) { return migration.states.contains(branch); });
}

/// Whether it goes on waiting for the same request there.
bool awaits_the_same(const State& then, const State& now) {
  return then.awaited && now.awaited && then.key == now.key &&
         then.awaited->opening.definition == now.awaited->opening.definition;
}

/// What waits for another request stays with it, and a move opens none.
std::optional<MigrationPlan> cut_off(const Definition& older, const Request& request, const State& target) {
  const State* then = older.state(request.token.state);
  if (then && then->awaited && !awaits_the_same(*then, target))
    return stuck("等待的另一件业务办结后才能迁移", "it waits for another request, which must end first");
  if (target.awaited && !(then && then->awaited))
    return stuck("新版在此发起另一件业务，而迁移不发起业务",
                 "the new version opens another request there, and a move opens none");
  return std::nullopt;
}

/// Whether a request can stand there as it is: an end is none to move to, and a choice leads on.
bool can_wait_in(const State& state) { return state.kind != StateKind::end && state.kind != StateKind::choice; }

/// The state of the new version in which it has a place; null where there is none.
const State* place_for(const Migration& migration, const Definition& newer, const StateConfiguration& where) {
  const State* target = newer.state(renamed(migration, where.state));
  const bool fits = target && target->parallel.empty() && can_wait_in(*target) &&
                    (!keeps_branches(migration, where) || branches_then(migration, newer, where));
  return fits ? target : nullptr;
}

/// Where it comes to rest.
const State* state_arrived_at(const Definition& newer, const State& target, const IsHeld& is_held) {
  return newer.state(arrived_at(newer, target.key, is_held).state);
}

std::vector<std::string> states_to_hold(const Migration& migration, const Definition& newer,
                                        const StateConfiguration& where, const State& target) {
  std::vector<std::string> states{target.key};
  if (keeps_branches(migration, where)) states = branches_then(migration, newer, where).value_or(states);
  for (const Branch& branch : target.branches) states.push_back(branch.first);
  return states;
}

std::optional<MigrationPlan> without_holder(const Migration& migration, const Definition& newer, const Request& request,
                                            const State& target, const OfficeTree& offices) {
  for (const std::string& key : states_to_hold(migration, newer, configuration_of(request), target)) {
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
    if (field.required && !field.each && !request.fields.contains(field.key))
      return stuck("新版要求填写“" + field.title.zh + "”", "the new version requires \"" + field.title.en + "\"");
  for (const Field& field : newer.fields) {
    const auto filled_in = request.fields.find(field.key);
    if (field.type != FieldType::rows || filled_in == request.fields.end()) continue;
    if (const auto gaps = gaps_of_rows(field, filled_in->second); !gaps.empty())
      return stuck(
          "新版要求“" + field.title.zh + "”每行填写更多内容：" + gaps.front().message.zh,
          "the new version requires more of each row of \"" + field.title.en + "\": " + gaps.front().message.en);
  }
  for (const EvidenceKind& kind : newer.evidence) {
    const auto count = std::count_if(request.evidence.begin(), request.evidence.end(),
                                     [&](const EvidenceItem& item) { return item.kind == kind.kind; });
    if (!kind.when && static_cast<std::size_t>(count) < kind.min)
      return stuck("新版要求更多材料“" + kind.title.zh + "”",
                   "the new version asks for more of \"" + kind.title.en + "\"");
  }
  return std::nullopt;
}

/// Whether whatever one takes the other takes too.
bool takes_the_same(const Field& one, const Field& other) {
  return one.each == other.each && one.type == other.type && one.max == other.max &&
         std::equal(one.choices.begin(), one.choices.end(), other.choices.begin(), other.choices.end(),
                    [](const Choice& here, const Choice& there) { return here.key == there.key; });
}

/// The values of each student are not at hand: they stay as they are where both versions take the same.
std::optional<MigrationPlan> differs_in_each(const Definition& older, const Definition& newer, bool in_draft) {
  for (const Field& field : older.fields) {
    if (!field.each) continue;
    const Field* now = newer.field(field.key);
    if (!now || !takes_the_same(field, *now))
      return stuck("逐名学生填写的“" + field.title.zh + "”，新版不同",
                   "\"" + field.title.en + "\" has a value for each student, and the new version takes another");
  }
  for (const Field& field : newer.fields) {
    if (!field.each) continue;
    const Field* before = older.field(field.key);
    if (before && !before->each)
      return stuck("“" + field.title.zh + "”原来全件填写一次，新版逐名学生填写",
                   "\"" + field.title.en + "\" was filled in once, and the new version asks it of each student");
    if (field.required && !in_draft && !(before && before->required))
      return stuck("新版要求逐名学生填写“" + field.title.zh + "”",
                   "the new version requires \"" + field.title.en + "\" of each student");
  }
  return std::nullopt;
}

/// What was filled in and uploaded under the older version and the new one would not take any more.
std::optional<MigrationPlan> unfit(const Definition& newer, const Request& request, const OfficeTree& offices,
                                   Date today) {
  for (const Field& field : newer.fields) {
    const auto filled_in = request.fields.find(field.key);
    if (filled_in == request.fields.end()) continue;
    auto complaint = check_field(field, filled_in->second, offices, today);
    if (!complaint && normalise_field(field, filled_in->second) != filled_in->second)
      complaint = Text{"写法不同", "It is written differently"};
    if (complaint)
      return stuck("新版不接受“" + field.title.zh + "”中已填写的内容：" + complaint->zh,
                   "the new version does not take what \"" + field.title.en + "\" holds: " + complaint->en);
  }
  FormFaults faults;
  for (const EvidenceItem& item : request.evidence)
    if (const EvidenceKind* kind = newer.evidence_kind(item.kind))
      if (const auto complaint = check_item(item, *kind))
        return stuck("新版不接受已上传的文件：" + complaint->zh,
                     "the new version does not take a file that was uploaded: " + complaint->en);
  check_evidence_maximum(newer, request.evidence, faults);
  if (!faults.complaints.empty())
    return stuck("已上传的文件超过新版的份数：" + faults.complaints.front().message.zh,
                 "the new version takes fewer files: " + faults.complaints.front().message.en);
  return std::nullopt;
}

std::vector<Loss> lost_from_form(const Definition& newer, const Request& request) {
  std::vector<Loss> losses;
  for (const auto& [key, value] : request.fields)
    if (!newer.field(key)) losses.push_back({Loss::Kind::field, key, 1});
  std::map<std::string, std::size_t> files;
  for (const EvidenceItem& item : request.evidence)
    if (!newer.evidence_kind(item.kind)) ++files[item.kind];
  for (const auto& [kind, count] : files) losses.push_back({Loss::Kind::evidence, kind, count});
  return losses;
}

MigrationPlan would_lose(std::vector<Loss> losses) {
  const Loss& first = losses.front();
  MigrationPlan plan = first.kind == Loss::Kind::field
                           ? stuck("新版没有已填写的项目“" + first.key + "”",
                                   "the new version has no field `" + first.key + "`, which is filled in")
                           : stuck("新版不收取已上传的材料“" + first.key + "”",
                                   "the new version takes no evidence of kind `" + first.key + "`, which was uploaded");
  plan.losses = std::move(losses);
  return plan;
}

void drop(const Definition& newer, Request& request) {
  std::erase_if(request.fields, [&](const auto& field) { return !newer.field(field.first); });
  std::erase_if(request.before, [&](const auto& field) { return !newer.field(field.first); });
  std::erase_if(request.evidence, [&](const EvidenceItem& item) { return !newer.evidence_kind(item.kind); });
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

/// Claims of tasks that arrive anew.
std::vector<Loss> lost_claims(const Migration& migration, const Definition& older, const Definition& newer,
                              const Request& request, const State& target, const OfficeTree& offices) {
  const auto holder = [&](const State& state) { return holder_of(state, places_of(request), offices); };
  const bool by_branch = keeps_branches(migration, configuration_of(request));
  std::vector<Loss> losses;
  for (const Token* token : active_tokens(request)) {
    const State* then = older.state(token->state);
    const State* now = by_branch ? newer.state(renamed(migration, token->state)) : &target;
    const bool stays =
        then && now && (by_branch || request.branches.empty()) && goes_on(*token, *then, *now, holder(*now));
    if (token->claimed_by && !stays) losses.push_back({Loss::Kind::claim, token->state, 1});
  }
  return losses;
}

}  // namespace

std::optional<StateConfiguration> migrated(const Definition& newer, const Migration& migration,
                                           const StateConfiguration& where, const IsHeld& is_held) {
  const State* target = takes_over(migration, where) ? place_for(migration, newer, where) : nullptr;
  if (!target) return std::nullopt;
  const auto held = states_to_hold(migration, newer, where, *target);
  if (std::any_of(held.begin(), held.end(), [&](const std::string& key) {
        const State* state = newer.state(key);
        return state && !is_held(*state) && state->otherwise.empty();
      }))
    return std::nullopt;
  if (keeps_branches(migration, where)) return StateConfiguration{where.state, *branches_then(migration, newer, where)};
  StateConfiguration there = arrived_at(newer, target->key, is_held);
  if (!can_wait_in(*newer.state(there.state))) return std::nullopt;
  return there;
}

MigrationPlan plan_migration(const Definition& older, const Definition& newer, const Request& request,
                             const OfficeTree& offices, Date today) {
  const Migration* migration = migration_from(newer, older.version);
  const std::string from = std::to_string(older.version);
  if (request.several && request.several->applied)
    return {MigrationPlan::Kind::stays,
            {},
            {"已批准，正在逐人写入学籍", "it is decided, and is being written to the records one by one"}};
  if (!migration)
    return {MigrationPlan::Kind::stays,
            {},
            {"新版没有说明第 " + from + " 版如何迁移", "the new version does not say how version " + from + " moves"}};
  const StateConfiguration where = configuration_of(request);
  if (!takes_over(*migration, where))
    return {MigrationPlan::Kind::stays, {}, {"按旧版办结", "it finishes on the older version"}};
  const State* target = place_for(*migration, newer, where);
  if (!target) {
    const State* title = older.state(where.state);
    return stuck("新版没有“" + (title ? title->title.zh : where.state) + "”这一环节",
                 "the new version has no place for the state `" + where.state + "`");
  }
  if (!keeps_branches(*migration, where)) {
    const State* mapped = std::exchange(target, state_arrived_at(newer, *target, held_for(request, offices)));
    if (target->kind == StateKind::end)
      return stuck("新版的“" + mapped->title.zh + "”不停留，直接到“" + target->title.zh + "”，而迁移不办结任何申请",
                   "in the new version \"" + mapped->title.en + "\" leads straight on to \"" + target->title.en +
                       "\", and a move ends no request");
    if (target->kind == StateKind::choice)
      return stuck("新版的“" + mapped->title.zh + "”不停留，直接到“" + target->title.zh + "”，而迁移不选择去向",
                   "in the new version \"" + mapped->title.en + "\" leads straight on to the choice \"" +
                       target->title.en + "\", and a move takes no way from it");
  }
  if (auto plan = cut_off(older, request, *target)) return *plan;
  if (auto plan = without_holder(*migration, newer, request, *target, offices)) return *plan;
  if (target->kind != StateKind::draft)
    if (auto plan = incomplete(newer, request)) return *plan;
  if (auto plan = differs_in_each(older, newer, target->kind == StateKind::draft)) return *plan;
  if (auto plan = unfit(newer, request, offices, today)) return *plan;
  std::vector<Loss> losses = lost_from_form(newer, request);
  if (!losses.empty() && migration->lost == Migration::Lost::stay) return would_lose(std::move(losses));
  for (Loss& claim : lost_claims(*migration, older, newer, request, *target, offices))
    losses.push_back(std::move(claim));
  return {MigrationPlan::Kind::moves, target->key, {}, std::move(losses), migration->lost == Migration::Lost::keep};
}

std::string to_string(const std::vector<Loss>& losses) {
  std::string text;
  for (const Loss& loss : losses) {
    if (!text.empty()) text += ", ";
    if (loss.kind == Loss::Kind::field) text += "field " + loss.key;
    if (loss.kind == Loss::Kind::claim) text += "the claim in " + loss.key;
    if (loss.kind == Loss::Kind::evidence)
      text += std::to_string(loss.count) + (loss.count == 1 ? " file of " : " files of ") + loss.key;
  }
  return text;
}

Decision migrate(const Situation& situation, const Definition& older, const MigrationPlan& plan) {
  const Definition& newer = situation.definition;
  const Migration& migration = *migration_from(newer, older.version);
  Request request = *situation.request;
  request.definition = situation.definition_id;
  rename_acts(migration, newer, request.acts);
  if (migration.lost == Migration::Lost::drop) drop(newer, request);
  const Request before = *situation.request;
  const std::string versions = std::to_string(older.version) + " → " + std::to_string(newer.version);
  Movement movement(situation, std::move(request), before.version, before.token.state);
  const bool keeps = keeps_branches(migration, configuration_of(before));
  if (keeps)
    movement.record({}, std::nullopt, "migrate", versions);
  else
    movement.arrive_at(plan.state, "migrate", versions);
  Request& moved = movement.request();
  const auto holder = [&](const State& state) { return holder_of(state, places_of(moved), situation.offices); };
  if (keeps) {
    const auto states = branches_then(migration, newer, configuration_of(before)).value();
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
    movement.decision().opens.clear();
  }
  return std::move(movement).finish();
}

std::vector<Fault> check_migration(const Definition& older, const Definition& newer) {
  std::vector<Fault> faults;
  const Migration* migration = migration_from(newer, older.version);
  if (!migration) return faults;
  for (const auto& [state, to] : migration->states)
    if (!older.state(state))
      faults.push_back({newer.file, migration->position,
                        "version " + std::to_string(older.version) + " has no state `" + state + "`",
                        "name a state of that version under `states`"});
  for (const State& state : older.states) {
    const State* target = newer.state(renamed(*migration, state.key));
    if (state.kind == StateKind::draft && target && target->kind != StateKind::draft)
      faults.push_back({newer.file, migration->position,
                        "`" + state.key + "` of version " + std::to_string(older.version) +
                            " is a draft that nobody has submitted, and `" + target->key + "` is none",
                        "lead drafts to the draft"});
  }
  return faults;
}

}  // namespace xueji

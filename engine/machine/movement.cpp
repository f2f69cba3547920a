#include "engine/machine/movement.hpp"

#include <algorithm>
#include <utility>

#include "engine/definition/effects.hpp"
#include "engine/definition/wait_moment.hpp"
#include "engine/definition/ways.hpp"
#include "engine/machine/grounds.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/machine/new_number.hpp"
#include "engine/machine/once.hpp"
#include "engine/machine/pinned_form.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/reminders.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/sight.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji {
namespace {

constexpr std::string_view noticed_word = "noticed";

/// The record as the effects before left it.
Refusal cannot_be_made(const EffectCall& call, const Student& student) {
  const Effect& effect = effect_named(call.name);
  Refusal refusal;
  refusal.kind = RefusalKind::status_not_eligible;
  refusal.detail =
      effect.why_not ? effect.why_not(call, student)
                     : Text{"学籍数据已变动，此项变更不再适用", "The registry has changed, and this no longer applies"};
  return refusal;
}

Refusal numbers_are_exhausted() {
  Refusal refusal;
  refusal.kind = RefusalKind::numbers_exhausted;
  refusal.detail = {"该区划、出生日期和性别的学籍号已用尽，无法编号",
                    "No student number is left for this division, birth date and sex"};
  return refusal;
}

Refusal refused_by_registry(const std::vector<Breach>& breaches) {
  std::vector<Text> sentences;
  sentences.reserve(breaches.size());
  for (const Breach& breach : breaches) sentences.push_back(breach.sentence);
  Refusal refusal;
  refusal.kind = RefusalKind::status_not_eligible;
  refusal.detail = join(sentences, "；", "; ");
  return refusal;
}

bool has_other_business(const Student& student, const Request& request) {
  return student.open_request && student.open_request != request.id;
}

/// Why the request went that way, for people to read.
std::string why_chosen(const Way& way) {
  if (way.when) return way.when->source();
  return in_two_lines({"不符合前面各项条件", "No condition before it holds"});
}

/// The school that filed it has no say over the record any more.
Refusal is_at_another_school() {
  Refusal refusal;
  refusal.kind = RefusalKind::status_not_eligible;
  refusal.detail = {"该生的学籍已转到另一所学校，此项变更不再适用",
                    "The student's record has moved to another school since, and this no longer applies"};
  return refusal;
}

Refusal goes_on_after_death() {
  Refusal refusal;
  refusal.kind = RefusalKind::status_not_eligible;
  refusal.detail = {"保留的学籍，其学生已死亡，不能再并入别的学籍",
                    "The student of the record that goes on is deceased, so no other record can be merged into it"};
  return refusal;
}

/// Whoever decides stands above both schools, so the number is theirs to know.
Refusal has_business_elsewhere(const Student& student) {
  const std::string number = to_string(student.open_request);
  Refusal refusal;
  refusal.kind = RefusalKind::status_not_eligible;
  refusal.detail = {"不保留的学籍还有未办结的业务（编号 " + number + "），办结后再合并",
                    "The record that does not go on has an open request (number " + number + "); it must end first"};
  return refusal;
}

/// Of a pair the one that the form names, or the other; the first where it names none.
const Student& student_named(const Situation& situation, const Request& request, const AwaitedRequest& awaited) {
  const auto named = request.fields.find(awaited.subject);
  if (named == request.fields.end() || situation.subjects.size() != 2) return *situation.student;
  const bool is_second = (named->second == "2") != awaited.is_other;
  return *situation.subjects[is_second ? 1 : 0].student;
}

/// Another school's draft is nobody's to hear of but those who see it.
bool has_in_sight(OfficeId office, const Request& request, const OfficeTree& offices) {
  const auto seen = offices_in_sight(request);
  return std::any_of(seen.begin(), seen.end(), [&](OfficeId each) { return offices.contains(office, each); });
}

}  // namespace

StateConfiguration configuration_of(const Request& request) {
  StateConfiguration configuration{request.token.state, {}};
  for (const Token& branch : request.branches) configuration.branches.push_back(branch.state);
  return configuration;
}

Movement::Movement(const Situation& situation, Request request, std::optional<std::int64_t> replaces, std::string at)
    : situation_(situation), at_(std::move(at)) {
  decision_.request = std::move(request);
  decision_.replaces = replaces;
  follow_pair();
}

/// A case goes on where its pupils are: their schools of today take part, and the office above both holds what comes.
void Movement::follow_pair() {
  auto& several = decision_.request.several;
  if (!decision_.replaces || decision_.request.outcome || !several || several->schools.empty()) return;
  if (!decision_.request.branches.empty()) return;  // each branch goes on with the school that it began with
  if (situation_.subjects.size() != several->schools.size()) return;
  std::vector<OfficeId> today;
  for (const SubjectRecord& each : situation_.subjects) {
    if (!each.student) return;
    today.push_back(each.student->school);
  }
  const auto known = places_of(decision_.request).schools;
  if (today == known) return;
  auto& past = several->schools_past;
  for (const OfficeId school : known)
    if (std::find(past.begin(), past.end(), school) == past.end()) past.push_back(school);
  several->schools_now = std::move(today);
  for (const Inform& rule : situation_.definition.inform)
    if (rule.on == "open")
      for (const ActorExpression& who : rule.who)
        for (const Holder& holder : resolve_all(who, places_of(decision_.request), situation_.offices))
          if (std::find(known.begin(), known.end(), holder.office) == known.end())
            notify({rule.on, AccountId{}, holder});
}

Token& Movement::token() {
  if (Token* token = token_in(decision_.request, at_)) return *token;
  throw ImpossibleMove("the request does not stand in `" + at_ + "`");
}

HistoryDraft Movement::entry(AccountId by, std::optional<Holder> as, std::string action, std::string comment) const {
  if (is_blank(comment)) comment.clear();
  return {by, as, std::move(action), at_, at_, std::move(comment), situation_.now, situation_.now, {}};
}

void Movement::record(AccountId by, std::optional<Holder> as, std::string action, std::string comment) {
  decision_.history.push_back(entry(by, as, std::move(action), std::move(comment)));
}

std::optional<Refusal> Movement::arrive(AccountId by, std::optional<Holder> as, const std::string& action,
                                        const std::string& to, const std::string& comment) {
  HistoryDraft made = entry(by, as, action, comment);
  Request& request = decision_.request;
  const IsHeld is_held = held_for(request, situation_.offices);
  const Moved moved = at_.empty() ? Moved{initial_configuration(situation_.definition), std::nullopt}
                                  : led_to(situation_.definition, configuration_of(request), at_, to, is_held);
  std::optional<Refusal> refused;
  std::vector<std::string> notices = moved.notices;
  const StateConfiguration there = chosen_from(moved.configuration, is_held, notices);
  made.to = there.state;
  if (moved.branch) {
    const std::string& in_branch = there.branches.at(*moved.branch);
    request.branches.at(*moved.branch) = arrived(in_branch);
    if (situation_.definition.state(in_branch)) made.to = in_branch;
  } else {
    arrive_whole(there);
    const State* state = situation_.definition.state(made.to);
    if (state->kind == StateKind::end) refused = end(*state, made);
    if (refused) {
      const State* elsewhere =
          refused_to(situation_.definition, *situation_.definition.state(at_), to, action == "elapsed", is_held);
      if (!elsewhere) return refused;
      notices = arrive_refused(*elsewhere, made, is_held);
    }
  }
  give_numbers(request);
  at_ = made.to;
  record_through(notices, std::move(made));
  if (is_carried_out_at_once()) carry_out_slice(*this, situation_);
  // Whoever goes on with it reads why, in either language.
  if (refused) record({}, std::nullopt, "refused", in_two_lines(refused->detail));
  return std::nullopt;
}

/// With all of them at hand: so many wait for no machine.
bool Movement::is_carried_out_at_once() const {
  const auto& several = decision_.request.several;
  return several && several->applied == 0 && situation_.request && !situation_.subjects.empty() &&
         next_slice(*situation_.request->several);
}

std::size_t Movement::way_from(const State& choice) const {
  return way_taken(choice, effect_guard_values(situation_.definition, decision_.request, records_of(situation_)));
}

StateConfiguration Movement::chosen_from(StateConfiguration there, const IsHeld& is_held,
                                         std::vector<std::string>& notices) const {
  const auto way_of = [this](const State& choice) { return way_from(choice); };
  return led_on(situation_.definition, std::move(there), way_of, is_held, notices);
}

/// The act leads into the first notice or choice, and each of these on; what the arrival changes stands with the last
/// entry.
void Movement::record_through(const std::vector<std::string>& notices, HistoryDraft made) {
  for (const std::string& key : notices) {
    const State& passed = *situation_.definition.state(key);
    const bool is_choice = passed.kind == StateKind::choice;
    HistoryDraft on = entry({}, std::nullopt, std::string(is_choice ? chosen_word : noticed_word),
                            is_choice ? why_chosen(passed.ways.at(way_from(passed))) : std::string());
    on.from = key;
    on.to = std::exchange(made.to, key);
    on.changes = std::exchange(made.changes, {});
    decision_.history.push_back(std::exchange(made, std::move(on)));
    if (is_choice) continue;
    made.as = holder_of(passed, places_of(decision_.request), situation_.offices);
    if (made.as) notify({std::string(noticed_word), AccountId{}, made.as});
  }
  decision_.history.push_back(std::move(made));
}

std::vector<std::string> Movement::arrive_refused(const State& elsewhere, HistoryDraft& made, const IsHeld& is_held) {
  made.changes.clear();
  std::vector<std::string> notices;
  const StateConfiguration there =
      chosen_from(arrived_at(situation_.definition, elsewhere.key, is_held, &notices), is_held, notices);
  arrive_whole(there);
  made.to = there.state;
  const State& state = *situation_.definition.state(there.state);
  if (state.kind == StateKind::end && end(state, made))
    throw ImpossibleMove("`" + there.state + "` has effects, which were refused already");
  return notices;
}

void Movement::arrive_whole(const StateConfiguration& configuration) {
  Request& request = decision_.request;
  request.branches.clear();
  request.token = arrived(configuration.state);
  for (const std::string& branch : configuration.branches) request.branches.push_back(arrived(branch));
}

void Movement::arrive_at(const std::string& state, std::string event, std::string comment) {
  HistoryDraft made = entry({}, std::nullopt, std::move(event), std::move(comment));
  std::vector<std::string> notices;
  const StateConfiguration there =
      arrived_at(situation_.definition, state, held_for(decision_.request, situation_.offices), &notices);
  arrive_whole(there);
  at_ = made.to = there.state;
  record_through(notices, std::move(made));
}

Token Movement::arrived(const std::string& key) {
  Token token;
  token.state = key;
  token.since = situation_.now;
  const State* state = situation_.definition.state(key);
  if (!state || state->kind == StateKind::end) return token;
  Request& request = decision_.request;
  const auto holder = holder_of(*state, places_of(request), situation_.offices);
  if (!holder) throw ImpossibleMove("no office of this tree can hold the state '" + key + "'");
  token.holder = *holder;
  std::erase_if(request.findings, [&](const Finding& finding) {
    return std::find(state->checks.begin(), state->checks.end(), finding.check) != state->checks.end();
  });
  set_timers(*state, token);
  if (state->awaited) open_awaited(*state->awaited);
  return token;
}

void Movement::set_timers(const State& state, Token& token) {
  if (state.kind == StateKind::check) token.timer = situation_.now;
  if (state.wait) token.due = token.timer = moment_of(*state.wait, situation_.calendar, situation_.now);
  if (!state.deadline) return;
  const Deadline& deadline = *state.deadline;
  const Instant due = situation_.calendar.add_working_days(situation_.now, deadline.working_days);
  token.due = due;
  token.timer = due;
  if (deadline.remind_before)
    token.timer = std::min(due, situation_.calendar.working_days_before(due, *deadline.remind_before, situation_.now));
}

std::variant<std::vector<MadeByEnd>, Refusal> Movement::made_by(const State& end, const std::vector<Student>& records,
                                                                const FieldValues& own) const {
  std::vector<MadeByEnd> made(records.size());
  FieldValues fields = own;
  fields.insert(decision_.request.fields.begin(), decision_.request.fields.end());
  std::vector<Student> so_far = records;
  const bool is_pair = records.size() > 1;
  const GuardRecords read{situation_.offices, records.front(), is_pair ? &records.back() : nullptr};
  for (const EffectCall* call :
       effects_made(end, effect_guard_values(situation_.definition, decision_.request, read))) {
    const std::vector<Student> before = so_far;
    bool is_exhausted = false;
    const EffectInputs inputs{
        situation_.definition, fields, is_pair ? std::span(before) : std::span<const Student>(),
        [places = places_of(decision_.request)](std::string_view place) { return places.at(place); },
        [&](NumberKind kind, const Student& student) {
          auto number = new_number(kind, student, situation_.offices, situation_.others_have);
          is_exhausted = !number;
          return number;
        }};
    for (std::size_t at = 0; at < records.size(); ++at) {
      const auto changes = effect_named(call->name).plan(*call, inputs, before[at]);
      if (!changes) return is_exhausted ? numbers_are_exhausted() : cannot_be_made(*call, before[at]);
      so_far[at] = apply(std::move(so_far[at]), *changes, situation_.now);
      made[at].changes.insert(made[at].changes.end(), changes->begin(), changes->end());
    }
    if (call->opens) made.front().opens.push_back(to_open(*call->opens, places_of(decision_.request)));
  }
  for (std::size_t at = 0; at < records.size(); ++at) {
    const auto& changes = made[at].changes;
    if (so_far[at].merged_into && !records[at].merged_into) {
      if (has_other_business(records[at], decision_.request)) return has_business_elsewhere(records[at]);
      if (records[1 - at].status == StudentStatus::deceased) return goes_on_after_death();
    }
    const auto breaches = breaches_of(records[at], changes, grounds_of(situation_, decision_.request, changes));
    if (!breaches.empty()) return refused_by_registry(breaches);
  }
  return made;
}

std::optional<Refusal> Movement::end(const State& state, HistoryDraft& made) {
  if (decision_.request.several) return end_for_several(state);
  auto by_end = made_by(state, {*situation_.student});
  // By business beside a request that locks nobody, or by what it waited for.
  const bool has_moved = situation_.student->school != decision_.request.school;
  if (auto* refusal = std::get_if<Refusal>(&by_end)) return has_moved ? is_at_another_school() : std::move(*refusal);
  auto& [changes, opens] = std::get<std::vector<MadeByEnd>>(by_end).front();
  if (!changes.empty() && has_moved) return is_at_another_school();
  made.changes = changes;
  decision_.request.outcome = state.outcome;
  if (gives_up_once(situation_.definition, decision_.request)) decision_.request.once.clear();
  await_reminders(situation_, state, apply(*situation_.student, changes, situation_.now), decision_.request);
  decision_.changes = std::move(changes);
  decision_.unlocks_student = locks_student(situation_);
  decision_.opens = std::move(opens);
  return std::nullopt;
}

/// An end with effects is carried out in slices, by the machine: until the last the request stands in it undone. Of a
/// pair it is made of both records or refused.
std::optional<Refusal> Movement::end_for_several(const State& state) {
  Request& request = decision_.request;
  if (state.effects.empty()) {
    request.outcome = state.outcome;
    decision_.subjects.releases_all = true;
    return std::nullopt;
  }
  if (situation_.definition.subject.kind == SubjectRule::Kind::pair) {
    auto by_end = made_by(state, students_of(situation_));
    if (auto* refusal = std::get_if<Refusal>(&by_end)) return std::move(*refusal);
  }
  request.several->applied = 0;
  request.token.holder = {request.school, Role::system};
  request.token.timer = situation_.now;
  return std::nullopt;
}

/// By the post that the student's own school leads to; the lock is that of whichever request has it.
void Movement::open_awaited(const AwaitedRequest& awaited) {
  const Request& request = decision_.request;
  const Student& about = student_named(situation_, request, awaited);
  Places places = places_of(request);
  places.school = about.school;
  ToOpen open = to_open(awaited.opening, places);
  open.about = about.id;
  const auto& from = request.opened_from;
  open.from.depth = from ? from->depth + 1 : 1;
  open.from.lock = from && !request.locks && from->lock ? from->lock : request.id;
  decision_.opens.push_back(std::move(open));
}

ToOpen Movement::to_open(const Opening& opening, const Places& places) const {
  const Request& request = decision_.request;
  ToOpen open{opening.definition,
              resolve(opening.by, places, situation_.offices),
              {},
              opening.inform ? resolve(*opening.inform, places, situation_.offices) : std::nullopt,
              {request.id, situation_.definition.key},
              situation_.definition.title};
  for (const FieldSetting& setting : opening.fields) {
    const auto filled_in = request.fields.find(setting.field);
    if (setting.field.empty())
      open.fields.emplace(setting.key, setting.text);
    else if (filled_in != request.fields.end())
      open.fields.emplace(setting.key, filled_in->second);
  }
  return open;
}

void Movement::inform(const std::string& on, AccountId actor) {
  const Request& request = decision_.request;
  for (const Inform& rule : situation_.definition.inform) {
    if (rule.on != on) continue;
    // The initiator of what another business opened is a post.
    if (rule.initiator && !request.opened_by)
      notify({on, AccountId{}, request.opened_as});
    else if (rule.initiator && request.opened_by != actor)
      notify({on, request.opened_by, std::nullopt});
    for (const ActorExpression& who : rule.who)
      for (const Holder& holder : resolve_all(who, places_of(request), situation_.offices))
        if (has_in_sight(holder.office, request, situation_.offices)) notify({on, AccountId{}, holder});
  }
}

void Movement::notify(Notice notice) {
  auto& notices = decision_.notices;
  if (std::find(notices.begin(), notices.end(), notice) == notices.end()) notices.push_back(std::move(notice));
}

Decision Movement::finish() && {
  if (!decision_.history.empty()) ++decision_.request.version;
  give_numbers(decision_.request);
  pin_form(situation_, decision_);
  end_part(situation_, decision_.request);
  return std::move(decision_);
}

}  // namespace xueji

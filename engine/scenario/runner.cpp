#include "engine/scenario/runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "engine/base/sha256.hpp"
#include "engine/machine/closing.hpp"
#include "engine/machine/each_values.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/right.hpp"
#include "engine/machine/subjects.hpp"
#include "engine/machine/variants.hpp"
#include "engine/scenario/each_student.hpp"
#include "engine/scenario/story_end.hpp"
#include "engine/scenario/told_words.hpp"
#include "engine/scenario/world.hpp"

namespace xueji {
namespace {

constexpr auto time_of_a_step = std::chrono::minutes(1);
constexpr std::int64_t scan_bytes = 100'000;
constexpr DefinitionId the_definition{1};
constexpr RequestId other_business{1'000'000};  ///< that the student has beside the story
constexpr RequestId awaited_request{2'000'000};

/// One, or several in their order.
std::vector<Student> students_in(const ScenarioWorld& world, const Scenario& scenario, bool is_pair) {
  std::vector<Student> students{scenario.student};
  students.insert(students.end(), scenario.other_students.begin(), scenario.other_students.end());
  std::int64_t known = 0;
  for (Student& student : students) {
    student.id = StudentId{++known};
    student.school = world.school();
  }
  if (is_pair && !scenario.other_offices.empty()) students.back().school = world.other_school();
  return students;
}

class Story {
 public:
  Story(const Scenario& scenario, const Definition& definition, const Calendar& calendar)
      : scenario_(scenario),
        definition_(definition),
        calendar_(calendar),
        world_(scenario),
        students_(students_in(world_, scenario, is_pair())) {
    if (scenario.other_business) student_.open_request = other_business;
  }

  void take(const ScenarioStep& step) {
    step_ = &step;
    notices_.clear();
    wait_until(moment_of(step));
    if (!step.check.empty())
      answer(step);
    else if (step.ends_wait)
      end_wait(step);
    else if (step.finds_pair)
      find_pair(step);
    else if (!step.record.empty())
      change_record(step);
    else if (!step.opened_from.empty())
      be_opened(step);
    else if (!step.who.empty())
      act(step);
    look(step.expect);
  }

  void end(const ScenarioEnd& then) const;
  Transitions taken;
  GuardSightings guards;

 private:
  [[noreturn]] void otherwise(const Position& position, std::string what, std::string advice) const {
    throw Otherwise{position, std::move(what), std::move(advice)};
  }
  Instant moment_of(const ScenarioStep& step) const;
  void wait_until(Instant moment);
  const Token* next_due(Instant moment) const;
  void keep_time(Instant moment);
  TaskId task_in(const std::string& state) const;
  const State* asking_state(const std::string& check) const;
  void ask_whether_it_applies(const ScenarioStep& step, const Caller& caller) const;
  void act(const ScenarioStep& step);
  void be_opened(const ScenarioStep& step);
  void find_pair(const ScenarioStep& step);
  void change_record(const ScenarioStep& step);
  bool is_pair() const { return definition_.subject.kind == SubjectRule::Kind::pair; }
  void settle(const ScenarioStep& step, std::string_view what, const Verdict& verdict);
  void answer(const ScenarioStep& step);
  void end_wait(const ScenarioStep& step);
  void retire(const ScenarioStep& step);
  void look(const Expectation& expect) const;
  Command command_of(const ScenarioStep& step);
  std::optional<FieldValues> fields_of(const ScenarioStep& step) const {
    return step.fields ? std::optional(world_.filled_in(definition_, *step.fields)) : std::nullopt;
  }
  void give_evidence(const ScenarioStep& step, std::vector<EvidenceReference>& references, Situation& situation) const;
  Situation situation() const {
    Situation where = situation_alone();
    if (is_pair()) where.subjects = all_subjects();
    return where;
  }
  Situation situation_alone() const {
    Situation where{definition_,
                    the_definition,
                    request_ ? &*request_ : nullptr,
                    &student_,
                    request_ && student_.open_request == request_->id ? &*request_ : nullptr,
                    world_.offices(),
                    calendar_,
                    now_,
                    {}};
    where.who_has = [this](const std::string& once) { return who_has(once); };
    return where;
  }
  std::shared_ptr<const Request> who_has(const std::string& once) const {
    for (const auto& [id, request] : had_)
      if (request.once == once) return std::make_shared<const Request>(request);
    return nullptr;
  }
  Student& student_of(const Subject& subject) {
    return students_.at(static_cast<std::size_t>(subject.student.value) - 1);
  }
  std::vector<SubjectRecord> all_subjects() const;
  std::vector<SubjectRecord> next_subjects();
  std::vector<SubjectRecord> subjects_in(const Slice& slice);
  std::vector<SubjectRecord> subjects_for(const Command& command, int named);
  void keep(const Decision& decision);
  void keep_subjects(const Decision& decision);
  void carry_out_end();
  std::vector<std::string> holders() const;
  std::vector<std::string> informed() const;
  std::string claimer() const;

  const Scenario& scenario_;
  const Definition& definition_;
  const Calendar& calendar_;
  ScenarioWorld world_;
  std::vector<Student> students_;
  Student& student_ = students_.front();
  std::vector<Subject> subjects_;  ///< of a request about several
  std::optional<Request> request_;
  std::map<RequestId, Request> had_;  ///< each as it was last
  std::vector<RegistryChange> changes_;
  std::vector<Notice> notices_;
  std::vector<std::string> opened_;
  std::vector<Finding> answers_;
  std::int64_t requests_ = 0;
  Instant now_ = *parse_rfc3339("2026-09-01T09:00:00+08:00");
  const ScenarioStep* step_ = nullptr;
};

Instant Story::moment_of(const ScenarioStep& step) const {
  if (!step.at) return now_ + time_of_a_step;
  if (step.at->absolute) {
    if (*step.at->absolute < now_)
      otherwise(step.position, "the step lies before the one above it", "let time only go forward");
    return *step.at->absolute;
  }
  if (step.at->working_days_later == 0) return now_ + step.at->later;
  const auto time_of_day = now_ - start_of_day_in_china(china_date(now_));
  return calendar_.add_working_days(now_, step.at->working_days_later) - std::chrono::hours(24) + time_of_day;
}

/// The token whose timer comes due first, up to that moment; null where none does. Checks are answered by the story.
const Token* Story::next_due(Instant moment) const {
  const Token* first = nullptr;
  if (!request_) return first;
  for (const Token* token : active_tokens(*request_)) {
    const State* state = definition_.state(token->state);
    if (!token->timer || *token->timer > moment || !state || state->kind == StateKind::check) continue;
    if (!first || *token->timer < *first->timer) first = token;
  }
  return first;
}

/// With what the machine does when a window closes meanwhile.
void Story::wait_until(Instant moment) {
  while (const auto closes = request_ ? closes_at(definition_, calendar_, now_) : std::nullopt) {
    if (*closes > moment) break;
    keep_time(*closes);
    const Command command{CloseUnfinished{request_->id}, {}, {}, {}};
    const auto verdict = decide(situation(), command);
    guards.merge(guards_in(situation(), command, verdict));
    if (const auto* decision = std::get_if<Decision>(&verdict)) keep(*decision);
  }
  keep_time(moment);
}

void Story::keep_time(Instant moment) {
  while (const Token* token = next_due(moment)) {
    now_ = std::max(now_, *token->timer);
    const Command command{FireTimer{request_->id, token->state, *token->timer}, {}, {}, {}};
    const auto verdict = decide(situation(), command);
    const auto* decision = std::get_if<Decision>(&verdict);
    if (!decision) throw std::logic_error("a timer that is due was not taken");
    keep(*decision);
  }
  now_ = moment;
}

void Story::keep(const Decision& decision) {
  if (decision.replaces != (request_ ? std::optional(request_->version) : std::nullopt) && decision.replaces)
    throw std::logic_error("a decision was made on another version");
  guards.merge(guards_of_effects(situation(), decision));
  taken.merge(transitions_in(situation(), decision));
  request_ = decision.request;
  for (const ToOpen& what : decision.opens)
    if (what.from.depth > 0)
      request_->token.awaits = awaited_request;
    else
      opened_.push_back(what.workflow);
  if (!request_->id) request_->id = RequestId{++requests_};
  had_.insert_or_assign(request_->id, *request_);
  if (decision.locks_student) student_.open_request = request_->id;
  if (decision.unlocks_student) student_.open_request = {};
  if (!decision.changes.empty()) student_ = apply(student_, decision.changes, now_);
  changes_.insert(changes_.end(), decision.changes.begin(), decision.changes.end());
  if (request_->several) keep_subjects(decision);
  notices_.insert(notices_.end(), decision.notices.begin(), decision.notices.end());
}

/// Those that could be named, each as if it were one of the request's; of a pair both.
std::vector<SubjectRecord> Story::all_subjects() const {
  std::vector<SubjectRecord> records;
  const bool is_open = is_pair() && !subjects_.empty();
  for (std::size_t at = 0; at < students_.size() && definition_.subject.several(); ++at)
    records.push_back({is_open ? subjects_[at] : Subject{0, students_[at].id, std::nullopt}, &students_[at]});
  return records;
}

/// Those of the slice on which an end may be carried out.
std::vector<SubjectRecord> Story::next_subjects() {
  const auto slice = next_slice(*request_->several);
  return slice ? subjects_in(*slice) : std::vector<SubjectRecord>{};
}

std::vector<SubjectRecord> Story::subjects_in(const Slice& slice) {
  std::vector<SubjectRecord> records;
  for (const Subject& each : subjects_)
    if (slice.holds(each.ordinal)) records.push_back({each, &student_of(each)});
  return records;
}

/// The one of that ordinal where one is named.
std::vector<SubjectRecord> Story::subjects_for(const Command& command, int named) {
  if (named) return subjects_in({named, named});
  if (asks_for_all(definition_, *request_, command)) return subjects_in({1, request_->several->count});
  return next_subjects();
}

void Story::keep_subjects(const Decision& decision) {
  const SubjectChanges& subjects = decision.subjects;
  for (const HistoryDraft& entry : decision.history) {
    if (entry.changes.empty()) continue;
    Student& student = student_of({0, entry.about, {}});
    student = apply(std::move(student), entry.changes, now_);
    changes_.insert(changes_.end(), entry.changes.begin(), entry.changes.end());
  }
  if (!subjects.added.empty()) subjects_ = subjects.added;
  for (const Subject& each : subjects.filled) subjects_.at(static_cast<std::size_t>(each.ordinal) - 1) = each;
  for (const Subject& each : subjects.added)
    if (!each.set_aside && each.locked) student_of(each).open_request = request_->id;
  for (const Subject& each : subjects.set_aside) {
    subjects_.at(static_cast<std::size_t>(each.ordinal) - 1) = each;
    student_of(each).open_request = {};
  }
  if (!subjects.releases_all) return;
  for (Student& student : students_)
    if (student.open_request == request_->id) student.open_request = {};
}

/// Of several students an end is carried out by the machine, a slice at a time.
void Story::carry_out_end() {
  while (request_->several && request_->several->applied) {
    Situation where = situation();
    where.subjects = next_subjects();
    const auto verdict = decide(where, {FireTimer{request_->id, request_->token.state, now_}, {}, {}, {}});
    const auto* decision = std::get_if<Decision>(&verdict);
    if (!decision) throw std::logic_error("an end was not carried out");
    keep(*decision);
  }
}

void Story::find_pair(const ScenarioStep& step) {
  if (students_.size() != 2) otherwise(step.position, "a pair is found of two students", "name two under `students`");
  Situation where = situation();
  where.was_paired = request_.has_value();
  const Command command{OpenPair{definition_.key, students_[0].id, students_[1].id}, {}, {}, {}};
  const auto verdict = decide(where, command);
  guards.merge(guards_in(where, command, verdict));
  if (const auto* decision = std::get_if<Decision>(&verdict)) keep(*decision);
}

void Story::change_record(const ScenarioStep& step) {
  for (const auto& [member, text] : step.record) {
    const auto changes = setting(student_, member, text);
    student_ = apply(student_, changes, now_);
    changes_.insert(changes_.end(), changes.begin(), changes.end());
  }
}

void Story::give_evidence(const ScenarioStep& step, std::vector<EvidenceReference>& references,
                          Situation& where) const {
  for (const auto& [kind, count] : *step.evidence)
    for (std::size_t number = 1; number <= count; ++number) {
      const std::string name = fmt::format("{}-{}.jpg", kind, number);
      const std::string sha256 = sha256_hex(name);
      references.push_back({kind, sha256});
      where.uploads[sha256] = {sha256, "", name, "image/jpeg", scan_bytes};
    }
}

/// None where no state is named, or the request does not stand there.
TaskId Story::task_in(const std::string& state) const {
  if (request_ && !state.empty())
    for (const Task& task : tasks_of(*request_))
      if (task.state == state) return task.id;
  return {};
}

Command Story::command_of(const ScenarioStep& step) {
  const RequestId id = request_ ? request_->id : RequestId{};
  Command command;
  command.caller = world_.person(step.who);
  if (step.does == "open")
    command.what = Open{definition_.key,
                        student_.id,
                        fields_of(step).value_or(FieldValues{}),
                        {},
                        step.comment,
                        step.submit,
                        true,
                        {},
                        definition_.subject.where.has_value(),
                        each_in_order(step.each, students_)};
  else if (step.does == "edit")
    command.what = Edit{id, fields_of(step), std::nullopt, each_by_ordinal(step.each, students_, subjects_)};
  else if (step.does == "claim")
    command.what = Claim{id, task_in(step.state)};
  else if (step.does == "release")
    command.what = Release{id, task_in(step.state)};
  else
    command.what = Perform{id, step.does, step.comment,        fields_of(step), std::nullopt, step.to,
                           {}, {},        task_in(step.state), step.subject,    step.in_bulk};
  if (step.does == "reassign" && !step.to.empty()) {
    const Caller& person = world_.person(step.to);
    auto& perform = std::get<Perform>(command.what);
    perform.reassign_to = person.account;
    perform.reassign_posts = person.posts;
  }
  return command;
}

/// Other offices would open another file of the business.
void Story::ask_whether_it_applies(const ScenarioStep& step, const Caller& caller) const {
  if (!definition_.applies) return;
  const auto opener = opening_post(definition_, caller, world_.offices(), student_.school, now_);
  const Places places{student_.school, opener ? opener->office : OfficeId{}};
  if (!opener || is_within(*definition_.applies, places, world_.offices())) return;
  const Office* above_both = world_.offices().common_superior(places.school, places.initiator);
  otherwise(step.position,
            fmt::format("the variant `{}` is not for these schools: the lowest office above both is {}",
                        definition_.variant, above_both ? above_both->name : "nobody"),
            "let both schools of the story stand where `applies` says within");
}

void Story::act(const ScenarioStep& step) {
  Command command = command_of(step);
  Situation where = situation();
  if (step.does == "open") {
    where.request = nullptr;
    where.subjects = all_subjects();
    ask_whether_it_applies(step, *command.caller);
  }
  if (step.does != "open" && request_ && request_->several) where.subjects = subjects_for(command, step.subject);
  if (step.evidence) {
    std::vector<EvidenceReference> references;
    give_evidence(step, references, where);
    if (auto* open = std::get_if<Open>(&command.what)) open->evidence = references;
    if (auto* edit = std::get_if<Edit>(&command.what)) edit->evidence = references;
    if (auto* perform = std::get_if<Perform>(&command.what)) perform->evidence = references;
  }
  const auto verdict = decide(where, command);
  guards.merge(guards_in(where, command, verdict));
  settle(step, step.does, verdict);
}

/// As the end of another business opens this one; what that one is for is its own stories'.
void Story::be_opened(const ScenarioStep& step) {
  const Post& post = world_.person(step.who).posts.front();
  const ToOpen what{definition_.key,
                    Holder{post.office, post.role},
                    fields_of(step).value_or(FieldValues{}),
                    std::nullopt,
                    {RequestId{++requests_}, step.opened_from},
                    {step.opened_from, step.opened_from}};
  Situation where = situation();
  where.request = nullptr;
  auto outcome = decide_opening(where, what);
  const Verdict verdict = std::holds_alternative<Refusal>(outcome) ? Verdict{std::get<Refusal>(std::move(outcome))}
                                                                   : Verdict{std::get<Decision>(std::move(outcome))};
  guards.merge(guards_of_opening(where, what, verdict));
  settle(step, "opened_from", verdict);
}

/// What is done, or was refused as told.
void Story::settle(const ScenarioStep& step, std::string_view what, const Verdict& verdict) {
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
    std::string why = refusal->detail.en;
    for (const auto& complaint : refusal->complaints)
      why += fmt::format("; {}: {}", complaint.pointer, complaint.message.en);
    if (!step.refused)
      otherwise(step.position,
                fmt::format("`{}` by {} was refused as {}: {}", what, step.who, slug(refusal->kind), why),
                "correct the step, or say `refused:` if that is what is meant");
    if (*step.refused != refusal->kind)
      otherwise(step.position,
                fmt::format("`{}` by {} was to be refused as {}, and was as {}: {}", what, step.who,
                            slug(*step.refused), slug(refusal->kind), why),
                "correct the step or the definition");
    return;
  }
  if (step.refused)
    otherwise(step.position,
              fmt::format("`{}` by {} was to be refused as {}, and was done", what, step.who, slug(*step.refused)),
              "correct the step or the definition");
  if (!std::get<Decision>(verdict).replaces) request_.reset();
  keep(std::get<Decision>(verdict));
  carry_out_end();
}

/// The check state that waits for it; null where none does.
const State* Story::asking_state(const std::string& check) const {
  if (!request_ || request_->outcome) return nullptr;
  for (const Token* token : active_tokens(*request_)) {
    const State* state = definition_.state(token->state);
    if (state && std::find(state->checks.begin(), state->checks.end(), check) != state->checks.end()) return state;
  }
  return nullptr;
}

void Story::answer(const ScenarioStep& step) {
  const State* state = asking_state(step.check);
  if (!state)
    otherwise(step.position, fmt::format("nobody waits for {}", step.check),
              "let it answer where the request is in a check state that asks it");
  answers_.push_back({step.check, *step.answers, now_, *step.answers == CheckOutcome::suspect ? "scenario" : "", {}});
  const auto answered = [&](const std::string& check) {
    return std::any_of(answers_.begin(), answers_.end(), [&](const Finding& each) { return each.check == check; });
  };
  if (!std::all_of(state->checks.begin(), state->checks.end(), answered)) return;
  const int attempts = token_in(*request_, state->key)->attempts;
  const Command command{AnswerChecks{request_->id, state->key, attempts, std::exchange(answers_, {})}, {}, {}, {}};
  const auto verdict = decide(situation(), command);
  if (const auto* refusal = std::get_if<Refusal>(&verdict))
    otherwise(step.position, fmt::format("the answer was refused as {}: {}", slug(refusal->kind), refusal->detail.en),
              "correct the story or the definition");
  if (const auto* decision = std::get_if<Decision>(&verdict)) keep(*decision);
}

/// What that one is for is its own stories'; here it may have retired a number.
void Story::retire(const ScenarioStep& step) {
  for (Student& student : students_) {
    const auto changes = retiring(student, step.retires);
    if (changes.empty()) continue;
    student = apply(student, changes, now_);
    changes_.insert(changes_.end(), changes.begin(), changes.end());
    return;
  }
  otherwise(step.position, fmt::format("`{}` is no current number of a student of the story", step.retires),
            "name one that is");
}

void Story::end_wait(const ScenarioStep& step) {
  const State* state = request_ ? definition_.state(request_->token.state) : nullptr;
  if (!state || !state->awaited)
    otherwise(step.position, "the request waits for no other", "let it end where the request waits for one");
  if (!step.retires.empty()) retire(step);
  const std::string& business = state->awaited->opening.definition;
  const Command command{
      EndWait{request_->id, awaited_request, step.other_outcome, {business, business}, {}}, {}, {}, {}};
  Situation where = situation();
  if (request_->several) where.subjects = next_subjects();
  const auto verdict = decide(where, command);
  guards.merge(guards_in(where, command, verdict));
  settle(step, "request", verdict);
}

std::vector<std::string> Story::holders() const {
  std::vector<std::string> words;
  if (request_ && !request_->outcome)
    for (const Holder& holder : holders_of(*request_)) words.push_back(world_.word_of(holder));
  return sorted(words);
}

/// Of whichever branch is claimed.
std::string Story::claimer() const {
  if (request_)
    for (const Token* token : active_tokens(*request_))
      if (token->claimed_by) return world_.word_of(token->claimed_by);
  return "nobody";
}

std::vector<std::string> Story::informed() const {
  std::vector<std::string> words;
  for (const Notice& notice : notices_)
    words.push_back(notice.holder ? world_.word_of(*notice.holder) : world_.word_of(notice.account));
  return sorted(words);
}

void Story::look(const Expectation& expect) const {
  const auto compare = [&](std::string_view what, const std::string& wanted, const std::string& seen) {
    if (wanted != seen)
      otherwise(expect.position, fmt::format("{} should be {}, but is {}", what, wanted, seen),
                "correct the expectation or the definition");
  };
  if (expect.state) compare("the state", *expect.state, request_ ? request_->token.state : "none");
  if (expect.informed) compare("those informed", joined(sorted(*expect.informed)), joined(informed()));
  if (expect.holders) compare("the holders", joined(sorted(*expect.holders)), joined(holders()));
  if (expect.branches)
    compare("the branches", joined(*expect.branches),
            request_ ? joined(configuration_of(*request_).branches) : std::string("none"));
  if (expect.claimed_by) compare("the claimer", *expect.claimed_by, claimer());
}

void Story::end(const ScenarioEnd& then) const {
  compare(then, {request_, students_, subjects_, changes_, opened_, world_.offices(), is_pair()});
}

}  // namespace

ScenarioVerdict run_scenario(const Scenario& scenario, const Definition& definition, const Calendar& calendar) {
  ScenarioVerdict verdict;
  Story story(scenario, definition, calendar);
  Position position;
  try {
    for (const ScenarioStep& step : scenario.steps) {
      position = step.position;
      story.take(step);
    }
    story.end(scenario.then);
  } catch (const Otherwise& fault) {
    verdict.faults.push_back({scenario.file, fault.position, fault.what, fault.advice});
  } catch (const std::exception& error) {
    verdict.faults.push_back(
        {scenario.file, position, fmt::format("the step could not be taken: {}", error.what()), "correct the story"});
  }
  verdict.taken = std::move(story.taken);
  verdict.guards = std::move(story.guards);
  return verdict;
}

}  // namespace xueji

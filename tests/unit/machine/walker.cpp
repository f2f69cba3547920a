#include "walker.hpp"

#include "engine/machine/deciders.hpp"
#include "engine/machine/movement.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji::test {
namespace {

const std::vector<std::string> words{"registrar",
                                     "second registrar",
                                     "head",
                                     "second head",
                                     "county reviewer",
                                     "second county reviewer",
                                     "county approver",
                                     "second county approver",
                                     "prefecture reviewer",
                                     "province reviewer",
                                     "second province reviewer",
                                     "province approver",
                                     "second province approver",
                                     "ministry reviewer",
                                     "second ministry reviewer",
                                     "ministry approver",
                                     "other registrar",
                                     "other county reviewer",
                                     "clerk"};

const std::vector<std::string> few_words{"registrar",           "head",
                                         "county reviewer",     "county approver",
                                         "prefecture reviewer", "prefecture approver",
                                         "province reviewer",   "province approver",
                                         "ministry reviewer",   "ministry approver"};

/// One person with every post there is: separation of duties alone must hold them back.
std::vector<PersonWord> every_post(const OfficeTree& offices, OfficeId school) {
  std::vector<PersonWord> posts{{Which::usual, Level::school, Role::registrar},
                                {Which::usual, Level::school, Role::head}};
  for (const Level level : {Level::county, Level::province, Level::ministry})
    if (offices.at_level(school, level))
      for (const Role role : {Role::reviewer, Role::approver}) posts.push_back({Which::usual, level, role});
  return posts;
}

}  // namespace

void WalkReport::add(const WalkReport& other) {
  steps += other.steps;
  done += other.done;
  configurations.insert(other.configurations.begin(), other.configurations.end());
  brought_over.insert(other.brought_over.begin(), other.brought_over.end());
  for (const auto& [outcome, times] : other.ended) ended[outcome] += times;
  for (const auto& [kind, times] : other.refusals) refusals[kind] += times;
  for (const auto& [what, times] : other.happened) happened[what] += times;
}

Walker::Walker(Definition definition, std::vector<std::string> offices, NumberKind number, unsigned seed, Staff staff)
    : bench_(std::move(definition), std::move(offices)),
      number_(number),
      engine_(seed),
      auditor_(bench_.definition, bench_.world.offices()),
      staff_(staff) {
  bench_.scenario.people["clerk"] = every_post(bench_.world.offices(), bench_.world.school());
  for (const auto& word : staff == Staff::few ? few_words : words) {
    try {
      people_.push_back(&bench_.world.person(word));
    } catch (const std::invalid_argument&) {  // this tree has no such office
    }
  }
  for (const State& state : bench_.definition.states)
    for (const Action& action : state.actions) actions_.push_back(action.key);
  for (const auto* built_in : {"comment", "reassign", "no_such_action"}) actions_.push_back(built_in);
  bench_.student.numbers.clear();
  give_a_fresh_number();
  enrol_anew();
}

void Walker::deploy_midway(Definition newer, WalkCompanion& companion) {
  for (const State& state : newer.states)
    for (const Action& action : state.actions) actions_.push_back(action.key);
  other_version_ = std::move(newer);
  other_companion_ = &companion;
}

void Walker::give_a_fresh_number() {
  auto& numbers = bench_.student.numbers;
  if (numbers.size() > 20) numbers.clear();
  const std::string digits = "1101052015" + std::to_string(1001 + numbers.size()) + "001";
  const std::string kind(to_string(number_));
  numbers.push_back({kind + digits + id_number_check_character(digits), number_, NumberState::current, bench_.now});
}

const Token& Walker::some_token() {
  const auto tokens = active_tokens(*bench_.request);
  return tokens.empty() ? bench_.request->token : *one_of(tokens);
}

/// Half of the time somebody who holds a task, so that stories also come to a good end.
const Caller& Walker::likely_person() {
  if (!bench_.request || one_in(2)) return *one_of(people_);
  const Holder holder = some_token().holder;
  for (int tries = 0; tries < 20; ++tries)
    if (const Caller* who = one_of(people_); who->post(holder.role, holder.office, bench_.now)) return *who;
  return *one_of(people_);
}

std::vector<Post> Walker::all_posts() const {
  std::vector<Post> posts;
  for (const Caller* who : people_) posts.insert(posts.end(), who->posts.begin(), who->posts.end());
  return posts;
}

/// As if the others were shut out.
std::vector<Post> Walker::posts_of_some() {
  std::vector<Post> posts;
  for (const Caller* who : people_)
    if (one_in(3)) posts.insert(posts.end(), who->posts.begin(), who->posts.end());
  return posts;
}

Walker::What Walker::of_the_machine() {
  const Token& token = some_token();
  const RequestId id = bench_.request->id;
  const State* state = bench_.definition.state(token.state);
  if (staff_ == Staff::many && one_in(4))
    if (auto what = take_over(bench_.situation(), token, posts_of_some())) return std::move(*what);
  if (one_in(2) || !state || state->checks.empty()) {
    if (token.timer && !one_in(4)) bench_.now = std::max(bench_.now, *token.timer);
    return FireTimer{id, token.state, token.timer.value_or(bench_.now)};
  }
  AnswerChecks answer{id, one_in(8) ? "draft" : token.state, token.attempts - static_cast<int>(one_in(8)), {}};
  for (const auto& check : state->checks)
    answer.findings.push_back(
        {check, one_in(2) ? CheckOutcome::clear : static_cast<CheckOutcome>(below(3)), bench_.now, "", {}});
  return answer;
}

Walker::What Walker::of_a_person() {
  if (!bench_.request || bench_.request->outcome || one_in(20)) return open();
  const RequestId id = bench_.request->id;
  const auto tasks = tasks_of(*bench_.request);
  const TaskId task = tasks.empty() || one_in(4) ? TaskId{} : one_of(tasks).id;
  if (one_in(12)) return Claim{id, task};
  if (one_in(12)) return Release{id, task};
  if (one_in(12)) return Edit{id, open().fields, std::nullopt};
  const State* state = bench_.definition.state(some_token().state);
  const bool fitting = state && !state->actions.empty() && !one_in(6);
  Perform perform = bench_.perform(fitting ? one_of(state->actions).key : one_of(actions_), one_in(4) ? "" : "意见");
  perform.task = task;
  if (perform.action == "reassign") {
    const Caller& target = *one_of(people_);
    perform.reassign_to = target.account;
    perform.reassign_posts = target.posts;
  }
  if (one_in(4)) perform.to = one_of(bench_.definition.states).key;
  if (one_in(8)) perform.fields = open().fields;
  const Action* action = state ? state->action(perform.action) : nullptr;
  if (action && !one_in(8)) fill_in(*action, perform);
  return perform;
}

/// What the action asks for, mostly all of it.
void Walker::fill_in(const Action& action, Perform& perform) {
  if (!action.fields.empty()) {
    perform.fields.emplace();
    for (const auto& key : action.fields)
      if (const Field* field = bench_.definition.field(key); field && !one_in(8))
        (*perform.fields)[key] = value_for(*field);
  }
  if (!action.evidence.empty()) {
    perform.evidence.emplace();
    for (const auto& kind : action.evidence)
      if (!one_in(8)) perform.evidence->push_back(bench_.upload(kind, kind));
  }
}

std::string Walker::value_for(const Field& field) {
  switch (field.type) {
    case FieldType::person_name:
      return one_in(2) ? "张叁" : "张四";
    case FieldType::id_number:
      return one_in(2) ? "11010519491231002X" : "440524188001010014";
    case FieldType::student_number:
      return bench_.student.numbers.back().number;
    case FieldType::choice:
      return one_of(field.choices).key;
    case FieldType::status:
      return one_in(2) ? "in_school" : one_in(2) ? "suspended" : "left";
    case FieldType::grade:
      return std::to_string(1 + below(one_in(16) ? 20 : 12));
    case FieldType::date:
      return one_in(16) ? "2026-02-30" : "2015-01-0" + std::to_string(1 + below(9));
    default:
      return one_in(16) ? "" : one_in(2) ? "更正" : "家庭原因已消除";
  }
}

Open Walker::open() {
  Open result{bench_.definition.key, bench_.student.id, {}, {}, "", !one_in(3)};
  for (const Field& field : bench_.definition.fields)
    if (field.required || one_in(2)) result.fields[field.key] = value_for(field);
  for (const EvidenceKind& kind : bench_.definition.evidence)
    if (kind.min > 0) result.evidence.push_back(bench_.upload(kind.kind, kind.kind));
  if (!result.fields.empty() && one_in(8)) result.fields.erase(result.fields.begin());
  if (one_in(8)) result.evidence.clear();
  return result;
}

void Walker::count(const Request* before, const What& what, const Decision& decision, WalkReport& report) const {
  const auto happens = [&](const char* name) { ++report.happened[name]; };
  if (const auto* open = std::get_if<Open>(&what); open && open->submit) happens("opened and submitted");
  if (newer_in_force_ && decision.request.outcome) happens("ended under the newer version");
  const auto* perform = std::get_if<Perform>(&what);
  if (!perform || !before || decision.history.empty()) return;
  const HistoryDraft& entry = decision.history.front();
  const State* from = bench_.definition.state(entry.from);
  const Action* action = from ? from->action(entry.action) : nullptr;
  if (!action) return;
  if (perform->fields && !action->fields.empty()) happens("filled in with an action");
  if (entry.from == entry.to) happens("came back to itself");
  const Token* token = token_in(*before, entry.from);
  if (token && token->undecidable && entry.as == token->undecidable->stand_in) happens("stood in");
}

/// Nothing else becomes of a request that has ended.
void Walker::audit_reminder(const Request& ended, const Decision& decision) const {
  const bool says_so = std::all_of(decision.history.begin(), decision.history.end(),
                                   [](const HistoryDraft& entry) { return entry.action == "remind" && !entry.by; });
  const bool changes = !decision.changes.empty() || decision.locks_student || decision.unlocks_student ||
                       !decision.opens.empty() || decision.request.outcome != ended.outcome ||
                       configuration_of(decision.request) != configuration_of(ended);
  if (!says_so || changes) throw std::logic_error("more than a reminder after the end");
}

void Walker::keep(const What& what, const std::variant<Decision, Refusal, Nothing>& verdict, WalkReport& report) {
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
    ++report.refusals[refusal->kind];
    if (refusal->detail.zh.empty() || refusal->detail.en.empty())
      throw std::logic_error("a refusal without a sentence");
    const auto* perform = std::get_if<Perform>(&what);
    if (perform && perform->fields && refusal->kind == RefusalKind::validation) ++report.happened["filled in wrongly"];
    return;
  }
  if (std::holds_alternative<Nothing>(verdict)) return;
  const auto before = bench_.request;
  const auto& decision = std::get<Decision>(verdict);
  if (decision.replaces && (!before || *decision.replaces != before->version))
    throw std::logic_error("a decision on a version that is not the present one");
  if (decision.replaces && before->outcome) {
    audit_reminder(*before, decision);
    ++report.happened["reminded after its end"];
    bench_.kept(verdict);
    return;
  }
  const Request* last = before && decision.replaces ? &*before : nullptr;
  auditor_.take(last, decision);
  if (companion_) companion_->take(decision, bench_.world.offices());
  count(last, what, decision, report);
  bench_.kept(verdict);
  ++report.done;
  (newer_in_force_ ? report.brought_over : report.configurations).insert(configuration_of(*bench_.request));
  if (!bench_.request->outcome) return;
  ++report.ended[std::string(to_string(*bench_.request->outcome))];
  enrol_anew();
  if (newer_in_force_) go_back_to_the_older_version();
}

void Walker::enrol_anew() {
  Student& student = bench_.student;
  student.name = "张三";
  student.class_name = "三班";
  student.id_number = "440524188001010014";
  student.status_until.reset();
  student.status = one_in(8)   ? StudentStatus::graduated
                   : one_in(2) ? StudentStatus::in_school
                               : StudentStatus::suspended;
  if (student.numbers.back().state != NumberState::current) give_a_fresh_number();
}

void Walker::migrate_now(WalkReport& report) {
  const auto plan = plan_migration(bench_.definition, *other_version_, *bench_.request, bench_.world.offices(),
                                   china_date(bench_.now));
  if (plan.kind != MigrationPlan::Kind::moves) return;
  std::swap(bench_.definition, *other_version_);
  const Decision decision = migrate(bench_.situation(), *other_version_, plan);
  bench_.kept(decision);
  auditor_.bring_over(*migration_from(bench_.definition, other_version_->version), *bench_.request);
  std::swap(companion_, other_companion_);
  companion_->arrive(*bench_.request);
  newer_in_force_ = true;
  ++report.happened["migrated"];
  report.brought_over.insert(configuration_of(*bench_.request));
}

/// Whatever is opened next is opened before the newer one is deployed.
void Walker::go_back_to_the_older_version() {
  std::swap(bench_.definition, *other_version_);
  std::swap(companion_, other_companion_);
  newer_in_force_ = false;
  bench_.request.reset();
}

/// Hands over what nobody at its post can decide, and looks whether the verifier says the same of everybody.
void Walker::settle(WalkReport& report) {
  const auto posts = all_posts();
  for (const Token* token : active_tokens(*bench_.request))
    if (auto what = take_over(bench_.situation(), *token, posts)) {
      keep(*what, bench_.try_machine(*what), report);
      break;
    }
  const bool everywhere = !companion_ || companion_->compare_deciders(bench_.situation(), posts);
  if (!everywhere && !newer_in_force_)  // of what comes over it is told beforehand, and kept from nobody
    ++report.happened["nobody left whom the definition asks"];
}

void Walker::walk(std::size_t steps, WalkReport& report) {
  for (std::size_t step = 0; step < steps; ++step, ++report.steps) {
    bench_.now += std::chrono::minutes(below(600));
    if ((!bench_.request || bench_.request->outcome) && one_in(3)) enrol_anew();
    const bool machine = bench_.request && one_in(4);
    const What what = machine ? of_the_machine() : of_a_person();
    const auto& caller = likely_person();
    keep(what, machine ? bench_.try_machine(what) : bench_.try_by(caller, what), report);
    const bool live = bench_.request && !bench_.request->outcome;
    if (live && other_version_ && !newer_in_force_ && one_in(100)) migrate_now(report);
    if (live && staff_ == Staff::few) settle(report);
  }
}

}  // namespace xueji::test

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

Walker::Walker(Definition definition, std::vector<std::string> offices, NumberKind number, unsigned seed)
    : bench_(std::move(definition), std::move(offices)),
      number_(number),
      engine_(seed),
      auditor_(bench_.definition, bench_.world.offices()) {
  bench_.scenario.people["clerk"] = every_post(bench_.world.offices(), bench_.world.school());
  for (const auto& word : words) {
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
  if (one_in(4))
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
  return perform;
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
    default:
      return "更正";
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

void Walker::keep(const std::variant<Decision, Refusal, Nothing>& verdict, WalkReport& report) {
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
    ++report.refusals[refusal->kind];
    if (refusal->detail.zh.empty() || refusal->detail.en.empty())
      throw std::logic_error("a refusal without a sentence");
    return;
  }
  if (std::holds_alternative<Nothing>(verdict)) return;
  const auto before = bench_.request;
  const auto& decision = std::get<Decision>(verdict);
  if (decision.replaces && (!before || *decision.replaces != before->version || before->outcome))
    throw std::logic_error("a decision on a version that is not the present one, or on an ended request");
  auditor_.take(before && decision.replaces ? &*before : nullptr, decision);
  bench_.kept(verdict);
  ++report.done;
  report.configurations.insert(configuration_of(*bench_.request));
  if (!bench_.request->outcome) return;
  ++report.ended[std::string(to_string(*bench_.request->outcome))];
  bench_.student.name = "张三";
  bench_.student.class_name = "三班";
  bench_.student.id_number = "440524188001010014";
  if (bench_.student.numbers.back().state != NumberState::current) give_a_fresh_number();
}

void Walker::walk(std::size_t steps, WalkReport& report) {
  for (std::size_t step = 0; step < steps; ++step, ++report.steps) {
    bench_.now += std::chrono::minutes(below(600));
    const bool machine = bench_.request && one_in(4);
    const What what = machine ? of_the_machine() : of_a_person();
    const auto& caller = likely_person();
    keep(machine ? bench_.try_machine(what) : bench_.try_by(caller, what), report);
  }
}

}  // namespace xueji::test

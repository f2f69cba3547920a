#include "tests/contract/store/sight_life.hpp"

#include <algorithm>

namespace xueji::store_test {
namespace {

using std::chrono::days;

constexpr int rounds = 80;
constexpr days round_length{3};
constexpr std::size_t opened_in_a_round = 14;
constexpr std::size_t acting_percent = 18;
constexpr std::size_t due_max = 1000;
const std::string comment = "说明";

bool waits_for_people(const State& state) {
  return state.kind == StateKind::draft || state.kind == StateKind::approval;
}

bool leads_on(const Action& action) {
  return action.key == "submit" || action.key == "approve" || action.key == "escalate";
}

TaskId task_of(const Request& request, const Token& token) {
  for (const Task& task : tasks_of(request))
    if (token_of(request, task.id) == &token) return task.id;
  return {};
}

}  // namespace

SightLife::SightLife(const SightWorld& world, differential::Twin& twin, differential::DrivenClock& clock, Instant now)
    : world_(world), twin_(twin), clock_(clock) {
  for (const Student& student : world.students) students_.emplace(student.id, student);
  for (int round = rounds; round > 0; --round) live_a_while(now - round * round_length);
  clock_.instant = now;
}

/// The last request that stands in a place stays, so that accounts find requests in every place. The machine comes
/// first, so that what people do last waits for it.
void SightLife::live_a_while(Instant until) {
  clock_.instant = until;
  run(due());
  run(due());
  std::vector<Command> batch;
  standing_.clear();
  for (const auto& [id, request] : requests_)
    if (!request.outcome)
      for (const Token* token : active_tokens(request)) ++standing_[{request.definition, token->state}];
  for (const auto& [id, request] : requests_)
    if (!request.outcome && chance_.percent(acting_percent))
      if (auto command = act(request)) batch.push_back(std::move(*command));
  for (std::size_t count = 0; count < opened_in_a_round; ++count)
    if (auto command = open()) batch.push_back(std::move(*command));
  run(std::move(batch));
}

void SightLife::run(std::vector<Command> batch) {
  if (batch.empty()) return;
  for (const CommandResult& result : twin_.run(std::move(batch))) {
    const auto* committed = std::get_if<Committed>(&result);
    if (!committed) continue;
    Request& request = requests_[committed->request.id];
    if (committed->request.version >= request.version) request = committed->request;
    Student& student = students_.at(committed->student.id);
    if (committed->student.version >= student.version) student = committed->student;
  }
  for (const OutboxRow& row : twin_.take_events())
    for (const OutboxRow::Told& told : row.told) told_.push_back({told, row.request});
}

std::vector<Command> SightLife::due() {
  std::vector<Command> commands;
  for (const DueTask& task : twin_.database().store().due_tasks(clock_.now(), due_max))
    commands.push_back(twin_.answer(task));
  return commands;
}

std::optional<Command> SightLife::open() {
  const Student& student = students_.at(chance_.pick(world_.students).id);
  if (student.open_request) return std::nullopt;
  const OfficeTree offices(world_.offices);
  Open what;
  what.student = student.id;
  what.submit = chance_.percent(80);
  Holder opener{student.school, Role::registrar};
  std::string kind;
  const auto dice = chance_.below(100);
  if (dice < 50) {
    what.workflow = "key-information-change";
    what.fields = {{"new_name", differential::some_name(chance_)}, {"ground", "register_changed"}, {"reason", "更正"}};
    if (chance_.percent(50)) what.fields["new_id_number"] = differential::some_id_number(chance_);
    kind = "household_register";
  } else if (dice < 70) {
    what.workflow = "both-sides";
    what.fields = {{"new_name", differential::some_name(chance_)}};
  } else if (dice < 85) {
    what.workflow = "g-number-deletion";
    what.fields = {{"number", student.numbers.front().number}, {"ground", "other"}, {"statement", "误"}};
    kind = "certification";
    opener = {offices.at_level(student.school, Level::province)->id, Role::reviewer};
  } else {
    what.workflow = "ministry-inquiry";
    what.fields = {{"reason", "核查"}};
    opener = {offices.at_level(student.school, Level::ministry)->id, Role::reviewer};
  }
  const Caller* caller = someone(opener);
  if (!caller) return std::nullopt;
  if (!kind.empty()) {
    std::vector<std::string> own;
    for (const Upload& upload : world_.uploads)
      if (upload.account == caller->account) own.push_back(upload.sha256);
    what.evidence = {{kind, chance_.pick(own)}};
  }
  return Command{std::move(what), *caller, {}, {}};
}

std::optional<Command> SightLife::act(const Request& request) {
  const Token& token = *chance_.pick(active_tokens(request));
  const State& state = *definition_of(request).state(token.state);
  std::size_t& standing = standing_[{request.definition, token.state}];
  if (standing <= 1) return std::nullopt;
  --standing;
  Perform what;
  what.request = request.id;
  what.comment = comment;
  if (chance_.percent(3)) {
    what.action = "withdraw";
    return Command{std::move(what), world_.person(request.opened_by), {}, {}};
  }
  if (!waits_for_people(state)) return std::nullopt;
  const Caller* who = token.claimed_by
                          ? &world_.person(token.claimed_by)
                          : someone(token.escalated_to && chance_.percent(50) ? *token.escalated_to : token.holder);
  if (!who) return std::nullopt;
  what.task = request.branches.empty() ? TaskId{} : task_of(request, token);
  if (!token.claimed_by && chance_.percent(15)) return Command{Claim{request.id, what.task}, *who, {}, {}};
  std::vector<std::string> on, other;
  for (const Action& action : state.actions) (leads_on(action) ? on : other).push_back(action.key);
  if (on.empty() || (!other.empty() && chance_.percent(20))) on = other;
  what.action = chance_.pick(on);
  return Command{std::move(what), *who, {}, {}};
}

const Caller* SightLife::someone(const Holder& holder) {
  std::vector<const Caller*> able;
  for (const Caller& person : world_.people)
    if (person.post(holder.role, holder.office, clock_.now())) able.push_back(&person);
  return able.empty() ? nullptr : chance_.pick(able);
}

const Definition& SightLife::definition_of(const Request& request) const {
  return *twin_.directory().catalog()->find(request.definition);
}

}  // namespace xueji::store_test

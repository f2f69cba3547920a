#include "tests/differential/store/command_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace xueji::differential {
namespace {

constexpr std::size_t open_wanted = 700;
constexpr std::size_t sent_kept = 2000;
const std::string name_change = "key-information-change";
const std::string deletion = "g-number-deletion";

std::string other_visible_key(Chance& chance) { return fmt::format("k {:x}~", chance.bits()); }

}  // namespace

Command CommandMaker::next() {
  if (!sent_.empty() && chance_.percent(4)) {
    Command repeated = chance_.pick(sent_);
    if (chance_.percent(10)) repeated.idempotency->fingerprint = some_hash(chance_);
    return repeated;
  }
  Command command = chance_.percent(4) ? mistaken() : sensible();
  if (chance_.percent(4)) make_mistake(command);
  const bool takes_key = command.caller && !std::holds_alternative<RetryChecks>(command.what);
  if (takes_key && chance_.percent(60)) {
    command.idempotency = {command.caller->account, other_visible_key(chance_), some_hash(chance_)};
    sent_.push_back(command);
    if (sent_.size() > sent_kept) sent_.pop_front();
  }
  return command;
}

void CommandMaker::learn(const CommandResult& result) {
  const auto* committed = std::get_if<Committed>(&result);
  if (!committed) return;
  const auto& request = committed->request;
  const bool known = open_.contains(request.id);
  if (!request.outcome) {
    if (!known) ids_.push_back(request.id);
    open_.insert_or_assign(request.id, request);
  } else if (known) {
    open_.erase(request.id);
    std::erase(ids_, request.id);
    ended_.push_back(request.id);
  }
}

/// Seldom one that waits for the machine: people can't do much about it.
const Request* CommandMaker::some_open() {
  if (ids_.empty()) return nullptr;
  const Request* found = nullptr;
  for (int attempt = 0; attempt < 4 && (!found || found->token.holder.role == Role::system); ++attempt)
    found = &open_.at(chance_.pick(ids_));
  return found;
}

Command CommandMaker::sensible() {
  const bool few = open_.size() < open_wanted;
  if (chance_.percent(few ? 50 : 8)) return open();
  const auto* request = some_open();
  return request ? act(*request) : open();
}

Command CommandMaker::open() {
  const auto& student = chance_.pick(world_.students);
  Open what;
  what.workflow = chance_.percent(85) ? name_change : deletion;
  what.student = student.id;
  const Caller* caller = nullptr;
  if (what.workflow == name_change) {
    caller = world_.someone(chance_, Role::registrar, student.school);
  } else {
    auto office = world_.offices.at(static_cast<std::size_t>(student.school.value) - 1);
    while (office.level != Level::province)
      office = world_.offices.at(static_cast<std::size_t>(office.supervisor.value) - 1);
    caller = world_.someone(chance_, Role::reviewer, office.id);
  }
  what.fields = fields_of(what.workflow, student);
  what.evidence = evidence_of(*caller, what.workflow);
  what.comment = some_text(chance_);
  what.submit = chance_.percent(75);
  return {std::move(what), *caller, {}, {}};
}

FieldValues CommandMaker::fields_of(const std::string& workflow, const Student& student) {
  FieldValues fields;
  if (workflow == deletion) {
    fields["number"] = student.numbers.back().number;
    fields["ground"] = "duplicate_status";
    fields["statement"] = "重复 " + some_text(chance_);
    return fields;
  }
  if (chance_.percent(80)) fields["new_name"] = some_name(chance_);
  if (chance_.percent(50))
    fields["new_id_number"] = chance_.percent(4) && chance_.pick(world_.students).id_number
                                  ? chance_.pick(world_.students).id_number.value_or(some_id_number(chance_))
                                  : some_id_number(chance_);
  if (chance_.percent(97)) fields["ground"] = chance_.percent(50) ? "register_changed" : "entry_wrong";
  if (chance_.percent(97)) fields["reason"] = "更正 " + some_text(chance_);
  return fields;
}

std::vector<EvidenceReference> CommandMaker::evidence_of(const Caller& caller, const std::string& workflow) {
  std::vector<EvidenceReference> own;
  for (const auto& upload : world_.uploads)
    if (upload.account == caller.account)
      own.push_back({workflow == deletion ? "certification" : "household_register", upload.sha256});
  if (own.empty()) return own;
  std::vector<EvidenceReference> chosen;
  for (std::size_t count = 1 + chance_.below(3); count > 0; --count) chosen.push_back(chance_.pick(own));
  std::sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.sha256 < b.sha256; });
  chosen.erase(
      std::unique(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.sha256 == b.sha256; }),
      chosen.end());
  return chosen;
}

const Caller* CommandMaker::holder_of(const Request& request) {
  const auto& token = request.token;
  if (token.claimed_by && chance_.percent(80)) return world_.person(token.claimed_by);
  const auto& holder = token.escalated_to && chance_.percent(50) ? *token.escalated_to : token.holder;
  const auto* who = world_.someone(chance_, holder.role, holder.office);
  return who ? who : opener_of(request);
}

Command CommandMaker::act(const Request& request) {
  Command command = request.token.state == "draft" ? act_on_draft(request) : act_in_approval(request);
  if (chance_.percent(70)) command.expected_version = request.version;
  return command;
}

Command CommandMaker::act_on_draft(const Request& request) {
  const auto* caller = opener_of(request);
  const auto& student = world_.students.at(static_cast<std::size_t>(request.student.value) - 1);
  const bool changes_a_name = request.fields.contains("reason") || !request.fields.contains("number");
  const auto& workflow = changes_a_name ? name_change : deletion;
  const auto dice = chance_.below(100);
  if (dice < 25) {
    Edit edit{request.id, {}, {}};
    if (chance_.percent(70)) edit.fields = fields_of(workflow, student);
    if (chance_.percent(50)) edit.evidence = evidence_of(*caller, workflow);
    return {std::move(edit), *caller, {}, {}};
  }
  if (dice < 33) return perform(request, "discard", caller, "");
  if (dice < 36) return perform(request, "withdraw", caller, "");
  auto submit = perform(request, "submit", caller, some_text(chance_));
  if (chance_.percent(60)) std::get<Perform>(submit.what).fields = fields_of(workflow, student);
  return submit;
}

Command CommandMaker::act_in_approval(const Request& request) {
  const auto* holder = holder_of(request);
  const auto dice = chance_.below(100);
  if (dice < 5) return perform(request, "withdraw", opener_of(request), some_text(chance_));
  if (dice < 15) return {Claim{request.id}, *holder, {}, {}};
  if (dice < 20) return {Release{request.id}, *holder, {}, {}};
  if (dice < 24) return perform(request, "comment", holder, some_text(chance_));
  if (dice < 28) return reassign(request);
  if (dice < 33) return perform(request, "reject", holder, some_text(chance_));
  if (dice < 43) {
    auto back = perform(request, "return", holder, some_text(chance_));
    if (chance_.percent(30)) std::get<Perform>(back.what).to = "head_review";
    return back;
  }
  if (dice < 45) return {RetryChecks{request.id}, chance_.pick(world_.people), {}, {}};
  const bool found_suspect = request.token.state == "county_findings";
  return perform(request, found_suspect ? "escalate" : "approve", holder, some_text(chance_));
}

Command CommandMaker::perform(const Request& request, const std::string& action, const Caller* who,
                              const std::string& comment) {
  Perform what;
  what.request = request.id;
  what.action = action;
  what.comment = comment;
  return {std::move(what), *who, {}, {}};
}

Command CommandMaker::reassign(const Request& request) {
  const auto* to = holder_of(request);
  auto command = perform(request, "reassign", holder_of(request), some_text(chance_));
  auto& what = std::get<Perform>(command.what);
  what.to = to->username;
  what.reassign_to = to->account;
  what.reassign_posts = to->posts;
  return command;
}

/// About what does not exist, has ended, or is not this person's.
Command CommandMaker::mistaken() {
  const auto& someone = chance_.pick(world_.people);
  Request request;
  request.id = !ended_.empty() && chance_.percent(70) ? chance_.pick(ended_) : RequestId{1'000'000'000'000};
  const auto dice = chance_.below(100);
  if (dice < 30) return perform(request, "approve", &someone, some_text(chance_));
  if (dice < 40) return {Claim{request.id}, someone, {}, {}};
  if (dice < 50) return {AnswerChecks{request.id, "central_check", 0, {}}, {}, {}, {}};
  auto command = open();
  auto& what = std::get<Open>(command.what);
  if (dice < 60) what.workflow = "no-such ";
  if (dice >= 60 && dice < 70) what.student = StudentId{1'000'000};
  if (dice >= 70 && dice < 80) what.evidence = {{"household_register", some_hash(chance_)}};
  if (dice >= 80) command.caller = someone;
  return command;
}

void CommandMaker::make_mistake(Command& command) {
  const auto dice = chance_.below(4);
  if (dice == 0 && command.caller) command.caller = chance_.pick(world_.people);
  if (dice == 1) command.expected_version = 1 + static_cast<std::int64_t>(chance_.below(4));
  if (auto* what = std::get_if<Perform>(&command.what)) {
    if (dice == 2) what->action = "no such' action";
    if (dice == 3) what->comment = "\x01";
  }
}

}  // namespace xueji::differential

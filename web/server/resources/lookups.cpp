#include "web/server/resources/lookups.hpp"

#include <algorithm>

#include "engine/authority/token.hpp"
#include "engine/registry/members.hpp"
#include "web/server/answers.hpp"
#include "web/sessions/authentication.hpp"

namespace xueji::web {

Scope scope_of(const Caller& caller, Instant now) { return {offices_of(caller, now)}; }

Scope administered_by(const Caller& caller, Instant now) { return {administered_offices(caller, now)}; }

Holder machine_queue(const Scope& scope, const OfficeTree& offices) {
  const Office* ministry = scope.offices.empty() ? nullptr : offices.at_level(scope.offices.front(), Level::ministry);
  return {ministry ? ministry->id : OfficeId{}, Role::system};
}

std::optional<RequestRow> visible_request(const Context& context, const Exchange& exchange, std::string_view text) {
  const auto id = parse_id<RequestId>(text);
  if (!id) return std::nullopt;
  auto row = context.services.queries.request(*id);
  return row ? as_seen(context, *exchange.caller, std::move(*row)) : std::nullopt;
}

std::optional<Student> visible_student(const Context& context, const Exchange& exchange, std::string_view text) {
  const auto id = parse_id<StudentId>(text);
  return id ? visible_student(context, exchange, *id) : std::nullopt;
}

std::optional<Student> visible_student(const Context& context, const Exchange& exchange, StudentId id) {
  auto student = context.services.queries.student(id);
  if (!student || !may_see_office(*exchange.caller, student->school, *context.services.directory.offices(),
                                  context.services.clock.now()))
    return std::nullopt;
  return student;
}

std::optional<StudentId> student_of_handle(const Context& context, const Exchange& exchange, std::string_view handle) {
  if (!is_token(handle)) return std::nullopt;
  return context.services.student_handles.student(token_hash(handle), exchange.caller->account,
                                                  context.services.clock.now());
}

std::optional<Account> administered_account(const Context& context, const Exchange& exchange,
                                            const std::string& username) {
  Accounts& accounts = context.services.accounts;
  auto account = accounts.by_username(username);
  if (!account) return std::nullopt;
  const auto offices = context.services.directory.offices();
  const Instant now = context.services.clock.now();
  for (const Post& post : accounts.posts(account->id))
    if (administers(*exchange.caller, post.office, *offices, now)) return account;
  for (const Proposal& proposal : accounts.proposals(account->id))
    if (administers(*exchange.caller, proposal.post.office, *offices, now)) return account;
  return std::nullopt;
}

std::optional<Account> account_without_posts(const Context& context, const std::string& username) {
  Accounts& accounts = context.services.accounts;
  auto account = accounts.by_username(username);
  if (!account || !accounts.posts(account->id).empty() || !accounts.proposals(account->id).empty()) return std::nullopt;
  return account;
}

std::optional<Problem> is_administered_in_part(const Context& context, const Exchange& exchange,
                                               const Account& account) {
  const auto offices = context.services.directory.offices();
  const Instant now = context.services.clock.now();
  for (const Post& post : context.services.accounts.posts(account.id))
    if (!post.delegated_from && (!post.until || now < *post.until) &&
        !administers(*exchange.caller, post.office, *offices, now))
      return not_allowed({"此账号在您管辖以外的单位也有岗位：请收回本单位的岗位，或由上级管理员办理",
                          "This account also holds a post at an office that you do not administer: take your office's "
                          "post away, or ask an administrator above"});
  return std::nullopt;
}

void rights_changed(Context& context, AccountId account) {
  auto concerned = context.services.accounts.borrowers(account);
  concerned.push_back(account);
  for (const AccountId each : concerned) {
    context.authentication.forget(each);
    context.services.hub.end_account(each);
  }
}

std::optional<OpenRequest> open_request_of(const Context& context, const Student& student, RequestId known) {
  if (!student.open_request || student.open_request == known) return std::nullopt;
  auto row = context.services.queries.request(student.open_request);
  if (!row) return std::nullopt;
  return OpenRequest{std::move(row->request), std::move(row->claimers)};
}

Claimer claimer_of(const Context& context, AccountId account) {
  const Person person = context.people.of(account);
  Accounts& accounts = context.services.accounts;
  const auto known = accounts.by_id(account);
  return {account, person.username, person.name,
          known && !known->disabled ? accounts.posts(account) : std::vector<Post>{}};
}

OthersHave others_have(const Context& context, StudentId student) {
  Queries& queries = context.services.queries;
  return {
      [&queries, student](const std::string& id_number) { return queries.is_anothers_id_number(id_number, student); },
      [&queries, student](const std::string& number) { return queries.is_anothers_number(number, student); }};
}

WhoHas who_has(const Context& context) {
  return [&queries = context.services.queries](const std::string& once) -> std::shared_ptr<const Request> {
    const RequestId id = queries.who_has(once);
    auto row = id ? queries.request(id) : std::nullopt;
    return row ? std::make_shared<const Request>(std::move(row->request)) : nullptr;
  };
}

GoesOnOf goes_on_of(const Context& context, const Exchange& exchange) {
  return [&context, &exchange](StudentId id) -> GoesOn {
    const auto student = context.services.queries.student(id);
    if (!student) return {};
    Rendering rendering = rendering_for(context, exchange);
    rendering.elsewhere = !may_see_office(*exchange.caller, student->school, *rendering.offices, rendering.now);
    const auto current = std::find_if(student->numbers.begin(), student->numbers.end(),
                                      [](const StudentNumber& each) { return each.state == NumberState::current; });
    // What the pupil is called since is told by nobody's record.
    return {rendering.elsewhere ? StudentId{} : student->id, rendering.elsewhere ? std::string() : student->name,
            current == student->numbers.end() ? std::string() : shown_number(current->number, rendering)};
  };
}

std::string merged_into(const HistoryDraft& entry, const GoesOnOf& goes_on_of) {
  for (const RegistryChange& change : entry.changes)
    if (const auto id = parse_id<StudentId>(change.member == merged_into_member ? change.new_value : std::string())) {
      const GoesOn record = goes_on_of(*id);
      return record.number.empty() ? record.name : record.number;
    }
  return {};
}

Rendering rendering_for(const Context& context, const Exchange& exchange) {
  return rendering_for(context.services, exchange.language);
}

void write_request_row(JsonWriter& json, const Context& context, const Exchange& exchange, const RequestRow& row,
                       const Rendering& rendering) {
  const auto other = open_request_of(context, row.student, row.request.id);
  const RequestId awaits = row.request.token.awaits;
  const auto awaited = awaits ? context.services.queries.request(awaits) : std::nullopt;
  const auto& from = row.request.opened_from;
  const auto opened_from = from ? context.services.queries.request(from->request) : std::nullopt;
  const RequestPeople people{{row.opened_by_username, row.opened_by_name}, row.claimers};
  write_request(json,
                {row.request, row.student, row.school, people, *exchange.caller, other ? &*other : nullptr,
                 others_have(context, row.student.id), row.pending ? &*row.pending : nullptr, row.subjects,
                 goes_on_of(context, exchange), who_has(context), row.part_ended, &shown_student(row),
                 awaited ? &awaited->request : nullptr, opened_from ? &opened_from->request : nullptr},
                rendering);
}

void write_student_row(JsonWriter& json, const Context& context, const Exchange& exchange, const Student& student,
                       const Rendering& rendering) {
  const auto open = open_request_of(context, student);
  write_student(json, student, open ? &open->request : nullptr, open ? open->claimers : std::vector<Claimer>{},
                rendering, goes_on_of(context, exchange));
}

}  // namespace xueji::web

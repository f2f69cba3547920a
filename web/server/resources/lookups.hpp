// What several resources look up, cut to the caller's jurisdiction.
#pragma once
#include <optional>

#include "engine/ports/evidence_store.hpp"
#include "engine/ports/queries.hpp"
#include "web/json/problem.hpp"
#include "web/server/route.hpp"
#include "web/shapes/json_request.hpp"

namespace xueji::web {

/// For `count=true`: what `count(limit)` gives, up to 1000.
template <class Count>
std::optional<std::size_t> counted_if(bool wanted, Count count) {
  constexpr std::size_t counted_max = 1000;
  return wanted ? std::optional<std::size_t>(count(counted_max)) : std::nullopt;
}

/// The caller's offices by posts in force.
Scope scope_of(const Caller& caller, Instant now);
/// The offices that the caller administers.
Scope administered_by(const Caller& caller, Instant now);
/// The machine's queue of the tree in which these offices stand.
Holder machine_queue(const Scope& scope, const OfficeTree& offices);

/// What the caller sees of it: the whole, or as it stood when their part ended; and of a student who has left their
/// sight since the request was opened no more than what they saw. Nothing where they see none of it.
std::optional<RequestRow> as_seen(const Context& context, const Caller& caller, RequestRow row);
/// The same of what was found for the caller.
std::vector<RequestRow> as_seen(const Context& context, const Caller& caller, std::vector<RequestRow> rows);
/// Of several students of a request that was cut to its reader, in the order of their ordinals.
std::vector<SubjectRow> subjects_as_seen(const Context& context, const Caller& caller, const RequestRow& row,
                                         std::vector<SubjectRow> subjects);

/// Nothing for unknown ones and for those outside the jurisdiction; cut as as_seen().
std::optional<RequestRow> visible_request(const Context& context, const Exchange& exchange, std::string_view id);
std::optional<Student> visible_student(const Context& context, const Exchange& exchange, std::string_view id);
std::optional<Student> visible_student(const Context& context, const Exchange& exchange, StudentId id);

/// Whom a handle of the caller's means, wherever the student's school is.
std::optional<StudentId> student_of_handle(const Context& context, const Exchange& exchange, std::string_view handle);

/// One's own of the last day, or of a request within the jurisdiction; another's without the name that they gave. Of
/// nothing for who holds no post any more.
std::optional<Upload> visible_upload(const Context& context, const Exchange& exchange, const std::string& sha256);
/// Asks whether nobody waits for the answer any more.
GivenUp given_up_on(const HttpRequest& request);
/// The caller was given the scan or a page of it. Throws StoreError when that can't be noted.
void note_look_at_scan(Context& context, const Exchange& exchange, const Upload& upload);
/// Of a scan whose file is missing or another.
Problem not_as_uploaded();

/// An account one of whose posts, proposed ones included, lies in the offices that the caller administers.
std::optional<Account> administered_account(const Context& context, const Exchange& exchange,
                                            const std::string& username);

/// An account that holds no post, none that has ended, and for which none is proposed: of no office, so that any
/// administrator may give it one of theirs.
std::optional<Account> account_without_posts(const Context& context, const std::string& username);

/// Why the caller may not decide about the account as a whole; nothing where they administer all offices of its posts.
/// Otherwise an administrator of a small office could shut the people of higher ones out.
std::optional<Problem> is_administered_in_part(const Context& context, const Exchange& exchange,
                                               const Account& account);

/// Rights of the account have changed: it is looked up anew, with those whom it has lent posts to, and their WebSockets
/// are closed.
void rights_changed(Context& context, AccountId account);

/// The student's open request, where there is one and it is not `known`.
std::optional<OpenRequest> open_request_of(const Context& context, const Student& student, RequestId known = {});

/// What the account is called; empty for none.
Claimer claimer_of(const Context& context, AccountId account);

/// Asks the registry whether another student has an ID number.
OthersHave others_have(const Context& context, StudentId student);
WhoHas who_has(const Context& context);

/// Asks the registry for the record that goes on in place of a merged one, as the caller may know it.
GoesOnOf goes_on_of(const Context& context, const Exchange& exchange);
/// What the entry calls the record into which its changes merge another; empty where they merge none.
std::string merged_into(const HistoryDraft& entry, const GoesOnOf& goes_on_of);

Rendering rendering_for(const Context& context, const Exchange& exchange);
void write_request_row(JsonWriter& json, const Context& context, const Exchange& exchange, const RequestRow& row,
                       const Rendering& rendering);
void write_student_row(JsonWriter& json, const Context& context, const Exchange& exchange, const Student& student,
                       const Rendering& rendering);

}  // namespace xueji::web

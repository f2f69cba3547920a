// The handlers that the route table names, one group for each file of this folder.
#pragma once
#include "engine/ports/audit_trail.hpp"
#include "engine/ports/queries.hpp"
#include "web/server/route.hpp"

namespace xueji::web {

class QueryReader;

HttpResponse sign_in(Context& context, const Exchange& exchange);
HttpResponse sign_out(Context& context, const Exchange& exchange);

HttpResponse change_password(Context& context, const Exchange& exchange);
HttpResponse begin_second_factor(Context& context, const Exchange& exchange);
HttpResponse confirm_second_factor(Context& context, const Exchange& exchange);
HttpResponse remove_second_factor(Context& context, const Exchange& exchange);
HttpResponse reset_second_factor(Context& context, const Exchange& exchange);
HttpResponse list_sessions(Context& context, const Exchange& exchange);
HttpResponse end_one_session(Context& context, const Exchange& exchange);

HttpResponse show_me(Context& context, const Exchange& exchange);
HttpResponse list_delegations(Context& context, const Exchange& exchange);
HttpResponse list_colleagues(Context& context, const Exchange& exchange);
HttpResponse lend_post(Context& context, const Exchange& exchange);
HttpResponse take_post_back(Context& context, const Exchange& exchange);

HttpResponse show_name_characters(Context& context, const Exchange& exchange);
HttpResponse show_vocabulary(Context& context, const Exchange& exchange);
HttpResponse list_workflows(Context& context, const Exchange& exchange);
HttpResponse show_workflow(Context& context, const Exchange& exchange);
HttpResponse show_request_workflow(Context& context, const Exchange& exchange);

HttpResponse list_students(Context& context, const Exchange& exchange);
HttpResponse search_students(Context& context, const Exchange& exchange);
HttpResponse find_student(Context& context, const Exchange& exchange);
HttpResponse show_student(Context& context, const Exchange& exchange);
HttpResponse list_student_history(Context& context, const Exchange& exchange);
HttpResponse list_student_numbers(Context& context, const Exchange& exchange);

HttpResponse upload_evidence(Context& context, const Exchange& exchange);
HttpResponse show_evidence(Context& context, const Exchange& exchange);
/// As it was drawn before, or why it won't be; nothing where it must be drawn.
std::optional<HttpResponse> kept_evidence_page(Context& context, const Exchange& exchange);
HttpResponse show_evidence_page(Context& context, const Exchange& exchange);

HttpResponse list_requests(Context& context, const Exchange& exchange);
HttpResponse search_requests(Context& context, const Exchange& exchange);
/// Which requests the query asks for; `mine` are the caller's.
RequestFilter read_request_filter(QueryReader& query, const Caller& caller);
/// The member `q` of a search: what a student is sought by. Nothing where it is absent or blank.
std::optional<std::vector<std::string>> read_sought(QueryReader& query);
HttpResponse show_request(Context& context, const Exchange& exchange);
HttpResponse list_submissions(Context& context, const Exchange& exchange);
HttpResponse list_request_history(Context& context, const Exchange& exchange);
HttpResponse list_subjects(Context& context, const Exchange& exchange);
void set_subject_aside(Context& context, ExchangePtr exchange, Reply reply);
HttpResponse explain_request(Context& context, const Exchange& exchange);
void open_request(Context& context, ExchangePtr exchange, Reply reply);
void edit_request(Context& context, ExchangePtr exchange, Reply reply);
void act_on_request(Context& context, ExchangePtr exchange, Reply reply);
void undo_pending(Context& context, ExchangePtr exchange, Reply reply);

HttpResponse list_tasks(Context& context, const Exchange& exchange);
HttpResponse search_tasks(Context& context, const Exchange& exchange);
HttpResponse list_undecidable_tasks(Context& context, const Exchange& exchange);
void claim_task(Context& context, ExchangePtr exchange, Reply reply);
void release_task(Context& context, ExchangePtr exchange, Reply reply);
void act_on_tasks(Context& context, ExchangePtr exchange, Reply reply);
/// The queues of the caller's posts, narrowed and sorted as the query says.
TaskFilter read_task_filter(QueryReader& query, const Caller& caller, Instant now);

HttpResponse list_notifications(Context& context, const Exchange& exchange);
HttpResponse read_notifications(Context& context, const Exchange& exchange);

HttpResponse list_offices(Context& context, const Exchange& exchange);
HttpResponse show_office(Context& context, const Exchange& exchange);
HttpResponse list_schools(Context& context, const Exchange& exchange);
HttpResponse show_school(Context& context, const Exchange& exchange);
HttpResponse list_accounts(Context& context, const Exchange& exchange);
HttpResponse add_account(Context& context, const Exchange& exchange);
HttpResponse change_account(Context& context, const Exchange& exchange);
HttpResponse add_post(Context& context, const Exchange& exchange);
HttpResponse remove_post(Context& context, const Exchange& exchange);

HttpResponse confirm_post(Context& context, const Exchange& exchange);
HttpResponse list_proposals(Context& context, const Exchange& exchange);
HttpResponse list_audit(Context& context, const Exchange& exchange);
HttpResponse export_audit(Context& context, const Exchange& exchange);
/// Which lines of the audit trail are asked for, and within which offices.
struct AuditQuestion {
  std::vector<OfficeId> offices;
  AuditTrail::Wanted wanted;
};
/// Nothing for an account that the caller does not administer.
std::optional<AuditQuestion> read_audit_question(QueryReader& query, const Context& context, const Exchange& exchange);

HttpResponse list_definitions(Context& context, const Exchange& exchange);
HttpResponse show_definition_diagram(Context& context, const Exchange& exchange);
HttpResponse show_request_diagram(Context& context, const Exchange& exchange);
HttpResponse list_checks(Context& context, const Exchange& exchange);
HttpResponse retry_check(Context& context, const Exchange& exchange);

HttpResponse show_statistics(Context& context, const Exchange& exchange);
HttpResponse export_requests(Context& context, const Exchange& exchange);
HttpResponse export_found_requests(Context& context, const Exchange& exchange);
HttpResponse export_tasks(Context& context, const Exchange& exchange);
HttpResponse export_found_tasks(Context& context, const Exchange& exchange);

HttpResponse show_demo(Context& context, const Exchange& exchange);
HttpResponse show_about(Context& context, const Exchange& exchange);
HttpResponse refuse_plain_events(Context& context, const Exchange& exchange);
HttpResponse show_openapi(Context& context, const Exchange& exchange);
HttpResponse show_asyncapi(Context& context, const Exchange& exchange);
HttpResponse show_health(Context& context, const Exchange& exchange);
HttpResponse show_server_health(Context& context, const Exchange& exchange);
HttpResponse show_readiness(Context& context, const Exchange& exchange);
HttpResponse show_metrics(Context& context, const Exchange& exchange);

HttpResponse show_landing_page(Context& context, const Exchange& exchange);
HttpResponse show_docs(Context& context, const Exchange& exchange);
HttpResponse list_problem_pages(Context& context, const Exchange& exchange);
HttpResponse show_problem_page(Context& context, const Exchange& exchange);
HttpResponse show_stylesheet(Context& context, const Exchange& exchange);

}  // namespace xueji::web

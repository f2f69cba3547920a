// GET /requests, POST /requests/search, and what can be read of one request.
#include <algorithm>

#include "engine/machine/permission.hpp"
#include "engine/registry/finding.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/gatekeeper.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/authentication.hpp"
#include "web/sessions/people.hpp"
#include "web/shapes/json_explain.hpp"
#include "web/shapes/json_history.hpp"

namespace xueji::web {
namespace {

bool knows(const Definition& definition, std::string_view action) {
  if (action == set_aside_action().key) return definition.subject.several();
  return definition.has_action(action) || action == comment_action().key || action == reassign_action().key ||
         action == "edit" || action == "claim" || action == "release";
}

/// Whose post was lent for that act; empty for one's own.
std::string lender_of(const Context& context, const Request& request, const HistoryDraft& entry) {
  for (const Act& act : request.acts)
    if (act.account == entry.by && act.at == entry.recorded_at && act.action == entry.action && act.as == entry.as)
      return context.people.of(act.delegated_from).username;
  return {};
}

/// Of a pair the one that the entry is about; null where it is about both, or no pair is.
const SubjectRow* one_of_pair(const RequestRow& row, const HistoryDraft& entry, const Rendering& rendering) {
  if (rendering.definition(row.request.definition).subject.kind != SubjectRule::Kind::pair) return nullptr;
  const auto found = std::find_if(row.subjects.begin(), row.subjects.end(),
                                  [&](const SubjectRow& each) { return each.subject.student == entry.about; });
  return found == row.subjects.end() ? nullptr : &*found;
}

/// The history of a part is its beginning.
void cut_to(const std::optional<PartEnd>& part, Page<HistoryRow>& found) {
  if (!part || found.items.empty() || found.items.back().request_version <= part->version) return;
  std::erase_if(found.items, [&](const HistoryRow& entry) { return entry.request_version > part->version; });
  found.next.reset();
}

/// Of one of several students, as the reader is shown them.
std::string name_of(const Context& context, const Exchange& exchange, const RequestRow& row, StudentId about) {
  auto student = context.services.queries.student(about);
  if (!student) return {};
  const auto shown = subjects_as_seen(context, *exchange.caller, row, {{{1, about, {}}, *student, {}, {}}});
  return shown_student(shown.front()).name;
}

/// An entry about one of several students is shown as that one is, another as the whole request.
void write_entry(JsonWriter& json, const Context& context, const Exchange& exchange, const RequestRow& row,
                 const HistoryRow& entry, const Rendering& whole) {
  const Request& request = row.request;
  EntryNames names;
  names.lender = lender_of(context, request, entry.entry);
  const SubjectRow* one = one_of_pair(row, entry.entry, whole);
  if (one) {
    names.about = shown_student(*one).name;
    names.ordinal = one->subject.ordinal;
    names.into = merged_into(entry.entry, goes_on_of(context, exchange));
  } else if (request.several && entry.entry.about) {
    names.about = name_of(context, exchange, row, entry.entry.about);
  }
  write_history_entry(
      json, entry, one ? shown_to(*exchange.caller, request, one->student, one->student.school, whole) : whole, names);
}

/// The person whom the explanation is for: the caller, or for administrators one of their offices' people.
std::variant<Caller, Problem> explained_for(const Context& context, const Exchange& exchange,
                                            const std::optional<std::string>& username) {
  const Caller& caller = *exchange.caller;
  if (!username || *username == caller.username) return caller;
  const Instant now = context.services.clock.now();
  if (!caller.holds_role(Role::admin, now))
    return not_allowed({"只有管理员可以查询他人的办理权限", "Only administrators may ask what another person can do"});
  const auto named = context.services.accounts.by_username(*username);
  const auto account = named ? context.authentication.account(named->id) : nullptr;
  const auto offices = context.services.directory.offices();
  if (account)
    for (const Post& post : account->posts)
      if (may_see_office(caller, post.office, *offices, now)) return *account;
  return not_found();
}

}  // namespace

RequestFilter read_request_filter(QueryReader& query, const Caller& caller) {
  RequestFilter filter;
  filter.workflow = query.text("workflow");
  filter.state = query.text("state");
  filter.outcome = query.parsed<Outcome>("outcome", parse_outcome);
  filter.student = query.id<StudentId>("student");
  filter.school = query.id<OfficeId>("school");
  filter.open = query.truth("open");
  if (query.truth("mine").value_or(false)) filter.opened_by = caller.account;
  return filter;
}

std::optional<std::vector<std::string>> read_sought(QueryReader& query) {
  const auto q = query.text("q");
  if (!q || is_blank(*q)) return std::nullopt;
  return sought_in_names_and_numbers(*q);
}

namespace {

HttpResponse answer_requests(Context& context, const Exchange& exchange, QueryReader& query,
                             std::optional<std::vector<std::string>> sought) {
  auto filter = read_request_filter(query, *exchange.caller);
  filter.sought = std::move(sought);
  const bool counted = query.truth("count").value_or(false);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange).in_list();
  const Scope scope = scope_of(*exchange.caller, rendering.now);
  Queries& queries = context.services.queries;
  auto found = queries.requests(scope, filter, page);
  return list_response(
      as_seen(context, *exchange.caller, std::move(found.items)), found.next,
      [&](JsonWriter& json, const RequestRow& row) { write_request_row(json, context, exchange, row, rendering); },
      counted_if(counted, [&](std::size_t limit) { return queries.count_requests(scope, filter, limit); }));
}

}  // namespace

HttpResponse list_requests(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  return answer_requests(context, exchange, query, std::nullopt);
}

HttpResponse search_requests(Context& context, const Exchange& exchange) {
  auto read = QueryReader::of_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&read)) return answer(exchange, *problem);
  auto& query = std::get<QueryReader>(read);
  return answer_requests(context, exchange, query, read_sought(query));
}

HttpResponse show_request(Context& context, const Exchange& exchange) {
  const auto row = visible_request(context, exchange, exchange.path[0]);
  if (!row) return answer(exchange, not_found());
  note_look(context, exchange, "requests", to_string(row->request.id));
  JsonWriter json;
  write_request_row(json, context, exchange, *row, rendering_for(context, exchange));
  HttpResponse response = json_response(200, std::move(json));
  response.headers.emplace_back("ETag", etag(row->request.version));
  return response;
}

HttpResponse list_request_history(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto row = visible_request(context, exchange, exchange.path[0]);
  if (!row) return answer(exchange, not_found());
  note_look(context, exchange, "requests", to_string(row->request.id));
  const auto rendering = shown_to(*exchange.caller, row->request, row->student, row->school, row->subjects,
                                  rendering_for(context, exchange));
  auto found = context.services.queries.request_history(row->request.id, page);
  cut_to(row->part_ended, found);
  return list_response(found.items, found.next, [&](JsonWriter& json, const HistoryRow& entry) {
    write_entry(json, context, exchange, *row, entry, rendering);
  });
}

HttpResponse explain_request(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto action = query.text("action");
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto row = visible_request(context, exchange, exchange.path[0]);
  if (!row) return answer(exchange, not_found());
  const auto person = explained_for(context, exchange, query.text("account"));
  if (const auto* problem = std::get_if<Problem>(&person)) return answer(exchange, *problem);
  const Caller& caller = std::get<Caller>(person);
  const auto rendering = rendering_for(context, exchange);
  const ClaimerPosts claimers = posts_of(row->claimers);
  const Situation situation =
      situation_of(row->request, row->student, row->subjects, claimers, others_have(context, row->student.id),
                   row->pending ? &*row->pending : nullptr, rendering, who_has(context));
  if (!action) {
    const auto found = page_of(actions_for(situation, caller), page);
    return list_response(found.items, found.next, [&](JsonWriter& json, const ActionView& view) {
      write_explanation(json, view.explanation, rendering);
    });
  }
  if (!knows(situation.definition, *action)) return answer(exchange, not_found());
  JsonWriter json;
  write_explanation(json, explain(situation, caller, *action), rendering);
  return json_response(200, std::move(json));
}

HttpResponse list_submissions(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto row = visible_request(context, exchange, exchange.path[0]);
  if (!row) return answer(exchange, not_found());
  note_look(context, exchange, "requests", to_string(row->request.id));
  const auto rendering = shown_to(*exchange.caller, row->request, row->student, row->school, row->subjects,
                                  rendering_for(context, exchange));
  const int through = row->request.pinned.submission;
  const auto found = context.services.queries.submissions(row->request.id, through, page);
  // The one before the last of this page begins the next page.
  const auto before = found.next ? context.services.queries.submissions(row->request.id, through, {1, found.next}).items
                                 : std::vector<SubmissionRow>{};
  const auto earlier_than = [&](const SubmissionRow& one) -> const Submission* {
    const std::size_t next = static_cast<std::size_t>(&one - found.items.data()) + 1;
    if (next < found.items.size()) return &found.items[next].submission;
    return before.empty() ? nullptr : &before.front().submission;
  };
  return list_response(found.items, found.next, [&](JsonWriter& json, const SubmissionRow& one) {
    write_submission(json, one, earlier_than(one), rendering.definition(row->request.definition), rendering);
  });
}

}  // namespace xueji::web

// GET /exports/requests, /exports/tasks and /exports/audit, as .csv and .xlsx: what the lists show, for spreadsheets,
// and by POST what is searched for;
// at most 10,000 lines.
#include "engine/machine/outcome_titles.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/registry/numbers.hpp"
#include "web/files/spreadsheet.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_audit.hpp"
#include "web/shapes/json_subject.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t lines_max = 10'000;
constexpr std::size_t page_size = 200;

std::string moment(const std::optional<Instant>& instant) { return instant ? china_minute(*instant) : std::string(); }

std::string state_title(const Definition& definition, std::string_view key, const Rendering& rendering) {
  const State* state = definition.state(key);
  return state ? rendering.text(state->title) : std::string(key);
}

std::string office_name(OfficeId id, const Rendering& rendering) {
  const Office* office = rendering.offices->find(id);
  return office ? office->name : std::string();
}

/// In the format that the path's end names.
HttpResponse table_response(Context& context, const Exchange& exchange, const Table& table, const std::string& name) {
  note_export(context, exchange, "exports/" + name);
  const bool xlsx = exchange.request.path.ends_with(".xlsx");
  HttpResponse response;
  response.content_type =
      xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=" + name + (xlsx ? ".xlsx" : ".csv"));
  response.body = xlsx ? to_xlsx(table) : to_csv(table);
  return response;
}

/// All pages of a list, up to lines_max lines.
template <class Fetch, class ToLine>
void take_all(Table& table, Fetch fetch, ToLine to_line) {
  PageRequest page{page_size, std::nullopt};
  do {
    const auto found = fetch(page);
    for (const auto& item : found.items) table.lines.push_back(to_line(item));
    page.after = found.next;
  } while (page.after && table.lines.size() < lines_max);
}

Line line_of(const RequestRow& row, const Rendering& rendering) {
  const Request& request = row.request;
  const Definition& definition = rendering.definition(request.definition);
  return {to_string(request.id),
          rendering.text(definition.title),
          state_title(definition, request.token.state, rendering),
          request.outcome ? rendering.text(title_of(*request.outcome)) : std::string(),
          rendering.text(name_of_students(shown_student(row).name, request.several ? request.several->count : 1,
                                          definition.subject.kind)),
          shown_student(row).id_number && !request.several ? mask_number(*shown_student(row).id_number) : std::string(),
          office_name(request.school, rendering),
          request.opened_by ? row.opened_by_name : rendering.text(title_of(Role::system)),
          moment(request.opened_at),
          moment(request.token.due)};
}

Line line_of(const TaskRow& row, const Rendering& rendering) {
  const Definition& definition = rendering.definition(row.definition);
  return {to_string(row.task.request),
          rendering.text(definition.title),
          state_title(definition, row.task.state, rendering),
          rendering.text(name_of_students(row.student_name, row.subjects, definition.subject.kind)),
          office_name(row.school, rendering),
          moment(row.task.since),
          moment(row.task.due),
          row.claimed_by_username};
}

Line line_of(const AuditTrail::Row& row, const Rendering& rendering) {
  const AuditLine& line = row.line;
  return {moment(line.at),
          title_of(line.action, rendering.language),
          who_did(row, rendering.language),
          row.account_username,
          office_name(line.office, rendering),
          line.role ? std::string(to_string(*line.role)) : std::string(),
          line.record,
          line.address};
}

}  // namespace

namespace {

HttpResponse requests_table(Context& context, const Exchange& exchange, QueryReader& query,
                            std::optional<std::vector<std::string>> sought) {
  auto filter = read_request_filter(query, *exchange.caller);
  filter.sought = std::move(sought);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const Scope scope = scope_of(*exchange.caller, rendering.now);
  Table table;
  table.titles = rendering.language == Language::zh ? Line{"编号",         "业务", "环节",   "结果",     "学生",
                                                           "身份证件号码", "学校", "填报人", "填报时间", "到期时间"}
                                                    : Line{"Id",        "Business", "State",     "Outcome",   "Student",
                                                           "ID number", "School",   "Opened by", "Opened at", "Due"};
  take_all(
      table,
      [&](const PageRequest& page) {
        auto found = context.services.queries.requests(scope, filter, page);
        found.items = as_seen(context, *exchange.caller, std::move(found.items));
        return found;
      },
      [&](const RequestRow& row) { return line_of(row, rendering); });
  return table_response(context, exchange, table, "requests");
}

}  // namespace

HttpResponse export_requests(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  return requests_table(context, exchange, query, std::nullopt);
}

HttpResponse export_found_requests(Context& context, const Exchange& exchange) {
  auto read = QueryReader::of_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&read)) return answer(exchange, *problem);
  auto& query = std::get<QueryReader>(read);
  return requests_table(context, exchange, query, read_sought(query));
}

namespace {

HttpResponse tasks_table(Context& context, const Exchange& exchange, QueryReader& query,
                         std::optional<std::vector<std::string>> sought) {
  const auto rendering = rendering_for(context, exchange);
  auto filter = read_task_filter(query, *exchange.caller, rendering.now);
  filter.sought = std::move(sought);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  Table table;
  table.titles = rendering.language == Language::zh
                     ? Line{"编号", "业务", "环节", "学生", "学校", "到达时间", "到期时间", "认领人"}
                     : Line{"Request", "Business", "State", "Student", "School", "Since", "Due", "Claimed by"};
  take_all(
      table, [&](const PageRequest& page) { return context.services.queries.tasks(filter, page); },
      [&](const TaskRow& row) { return line_of(row, rendering); });
  return table_response(context, exchange, table, "tasks");
}

}  // namespace

HttpResponse export_tasks(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  return tasks_table(context, exchange, query, std::nullopt);
}

HttpResponse export_found_tasks(Context& context, const Exchange& exchange) {
  auto read = QueryReader::of_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&read)) return answer(exchange, *problem);
  auto& query = std::get<QueryReader>(read);
  return tasks_table(context, exchange, query, read_sought(query));
}

HttpResponse export_audit(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto asked = read_audit_question(query, context, exchange);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  if (!asked) return answer(exchange, not_found());
  const auto rendering = rendering_for(context, exchange);
  Table table;
  table.titles = rendering.language == Language::zh
                     ? Line{"时间", "操作", "操作人", "账号", "单位", "岗位", "对象", "地址"}
                     : Line{"At", "What", "By", "Account", "Office", "Role", "Record", "Address"};
  std::int64_t before = 0;
  do {
    const auto rows = context.services.audit_trail.lines(asked->offices, asked->wanted, before, page_size);
    for (const auto& row : rows) table.lines.push_back(line_of(row, rendering));
    before = rows.size() < page_size ? 0 : rows.back().number;
  } while (before > 0 && table.lines.size() < lines_max);
  return table_response(context, exchange, table, "audit");
}

}  // namespace xueji::web

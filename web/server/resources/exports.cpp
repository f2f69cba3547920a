// GET /exports/requests.csv, GET /exports/tasks.csv: what the lists show, for spreadsheets; at most 10,000 lines.
#include <array>

#include "engine/machine/sentences.hpp"
#include "engine/registry/numbers.hpp"
#include "web/server/answers.hpp"
#include "web/server/csv.hpp"
#include "web/server/query_reader.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

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

HttpResponse csv_response(std::string csv, std::string_view name) {
  HttpResponse response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=" + std::string(name));
  response.body = std::move(csv);
  return response;
}

/// All pages of a list, up to lines_max lines.
template <class Fetch, class Line>
void append_all(std::string& csv, Fetch fetch, Line line) {
  PageRequest page{page_size, std::nullopt};
  std::size_t lines = 0;
  do {
    const auto found = fetch(page);
    for (const auto& item : found.items) append_csv_line(csv, line(item));
    lines += found.items.size();
    page.after = found.next;
  } while (page.after && lines < lines_max);
}

}  // namespace

HttpResponse export_requests(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  RequestFilter filter;
  filter.workflow = query.text("workflow");
  filter.state = query.text("state");
  filter.outcome = query.parsed<Outcome>("outcome", parse_outcome);
  filter.school = query.id<OfficeId>("school");
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const bool zh = rendering.language == Language::zh;
  const Scope scope = scope_of(*exchange.caller, rendering.now);
  std::string csv(csv_begin);
  append_csv_line(csv, zh ? std::array<std::string, 10>{"编号", "业务", "环节", "结果", "学生", "身份证件号码", "学校",
                                                        "填报人", "填报时间", "到期时间"}
                          : std::array<std::string, 10>{"Id", "Business", "State", "Outcome", "Student", "ID number",
                                                        "School", "Opened by", "Opened at", "Due"});
  append_all(
      csv, [&](const PageRequest& page) { return context.services.queries.requests(scope, filter, page); },
      [&](const RequestRow& row) {
        const Definition& definition = rendering.definition(row.request.definition);
        return std::array<std::string, 10>{
            to_string(row.request.id),
            rendering.text(definition.title),
            state_title(definition, row.request.token.state, rendering),
            row.request.outcome ? std::string(to_string(*row.request.outcome)) : std::string(),
            row.student.name,
            row.student.id_number ? mask_id_number(*row.student.id_number) : std::string(),
            office_name(row.request.school, rendering),
            row.opened_by_name,
            moment(row.request.opened_at),
            moment(row.request.token.due)};
      });
  return csv_response(std::move(csv), "requests.csv");
}

HttpResponse export_tasks(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto rendering = rendering_for(context, exchange);
  const auto filter = read_task_filter(query, *exchange.caller, rendering.now);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const bool zh = rendering.language == Language::zh;
  std::string csv(csv_begin);
  append_csv_line(
      csv, zh ? std::array<std::string, 8>{"编号", "业务", "环节", "学生", "学校", "到达时间", "到期时间", "认领人"}
              : std::array<std::string, 8>{"Request", "Business", "State", "Student", "School", "Since", "Due",
                                           "Claimed by"});
  append_all(
      csv, [&](const PageRequest& page) { return context.services.queries.tasks(filter, page); },
      [&](const TaskRow& row) {
        const Definition& definition = rendering.definition(row.definition);
        return std::array<std::string, 8>{to_string(row.task.request),
                                          rendering.text(definition.title),
                                          state_title(definition, row.task.state, rendering),
                                          row.student_name,
                                          office_name(row.school, rendering),
                                          moment(row.task.since),
                                          moment(row.task.due),
                                          row.claimed_by_username};
      });
  return csv_response(std::move(csv), "tasks.csv");
}

}  // namespace xueji::web

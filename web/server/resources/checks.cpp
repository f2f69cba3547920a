// GET /checks, POST /checks/{id}/retry: what waits for the national side, for administrators, within their offices.
#include "web/json/body_reader.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_check.hpp"
#include "web/shapes/refusal_problem.hpp"

namespace xueji::web {
namespace {

/// Whether a job was asked: `unavailable` is all that it can have been answered, `none` that it was not asked yet.
std::optional<bool> parse_asked(std::string_view word) {
  if (word == "unavailable") return true;
  if (word == "none") return false;
  return std::nullopt;
}

Problem under_way() {
  return {
      "not-in-this-state", {"正在查询，请等待结果", "It is being asked right now; wait for the answer"}, {}, {}, {}};
}

void write_job(JsonWriter& json, const Context& context, const CheckRow& row, const Rendering& rendering) {
  write_check(json, row, context.services.machine_room.is_under_way(row.request.id), rendering);
}

}  // namespace

HttpResponse list_checks(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  CheckFilter filter;
  filter.asked = query.parsed<bool>("outcome", parse_asked);
  const bool counted = query.truth("count").value_or(false);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const Scope scope = administered_by(*exchange.caller, rendering.now);
  filter.queue = machine_queue(scope, *rendering.offices);
  Queries& queries = context.services.queries;
  const auto found = queries.checks(scope, filter, page);
  return list_response(
      found.items, found.next, [&](JsonWriter& json, const CheckRow& row) { write_job(json, context, row, rendering); },
      counted_if(counted, [&](std::size_t limit) { return queries.count_checks(scope, filter, limit); }));
}

HttpResponse retry_check(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request, EmptyBody::is_empty_object);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  const auto rendering = rendering_for(context, exchange);
  const auto task = parse_id<TaskId>(exchange.path[0]);
  const auto row = task ? context.services.queries.request(request_of(*task)) : std::nullopt;
  if (!row || is_escalation(row->request, *task) ||
      !administers(*exchange.caller, row->request.school, *rendering.offices, rendering.now))
    return answer(exchange, not_found());
  MachineRoom& machine_room = context.services.machine_room;
  if (machine_room.is_under_way(row->request.id)) return answer(exchange, under_way());
  const auto result = context.services.runtime.execute({RetryChecks{row->request.id, *task}, exchange.caller, {}, {}});
  if (const auto* refusal = std::get_if<Refusal>(&result)) return answer(exchange, problem_of(*refusal, rendering));
  machine_room.wake();
  const auto& committed = std::get<Committed>(result);
  JsonWriter json;
  write_job(json, context, {*task, committed.request, committed.student.name}, rendering);
  return json_response(200, std::move(json));
}

}  // namespace xueji::web

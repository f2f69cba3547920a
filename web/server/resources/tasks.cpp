// GET /tasks: the queue of the caller's posts.
#include "web/server/answers.hpp"
#include "web/server/json_task.hpp"
#include "web/server/query_reader.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t counted_max = 1000;

struct Sort {
  TaskSort by;
  bool descending;
};

std::optional<Sort> parse_sort(std::string_view word) {
  const bool descending = word.starts_with('-');
  if (descending) word.remove_prefix(1);
  if (word == "since") return Sort{TaskSort::since, descending};
  if (word == "due") return Sort{TaskSort::due, descending};
  return std::nullopt;
}

}  // namespace

TaskFilter read_task_filter(QueryReader& query, const Caller& caller, Instant now) {
  TaskFilter filter;
  filter.queues = queues_of(caller, now);
  filter.workflow = query.text("workflow");
  filter.state = query.text("state");
  if (query.truth("overdue").value_or(false)) filter.overdue_at = now;
  filter.q = query.text("q");
  if (const auto sort = query.parsed<Sort>("sort", parse_sort)) {
    filter.sort = sort->by;
    filter.descending = sort->descending;
  }
  return filter;
}

HttpResponse list_tasks(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto rendering = rendering_for(context, exchange);
  const auto filter = read_task_filter(query, *exchange.caller, rendering.now);
  const bool counted = query.truth("count").value_or(false);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto found = context.services.queries.tasks(filter, page);
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const TaskRow& row : found.items) write_task(json, row, rendering);
  json.end_array().member("next", found.next);
  if (counted) json.member("count", context.services.queries.count_tasks(filter, counted_max));
  json.end_object();
  return json_response(200, std::move(json));
}

}  // namespace xueji::web

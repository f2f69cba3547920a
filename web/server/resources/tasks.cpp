// GET /tasks, POST /tasks/search: the queue of the caller's posts; GET /tasks/undecidable: what nobody at its post can
// decide.
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_task.hpp"

namespace xueji::web {
namespace {

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

/// The queue of one post of the caller's, none for others.
std::vector<Holder> queue_of(const Caller& caller, PostId id, Instant now) {
  for (const Post& post : caller.posts)
    if (post.id == id && post.in_force(now)) return {{post.office, post.role}};
  return {};
}

}  // namespace

TaskFilter read_task_filter(QueryReader& query, const Caller& caller, Instant now) {
  TaskFilter filter;
  const auto post = query.id<PostId>("post");
  filter.queues = post ? queue_of(caller, *post, now) : queues_of(caller, now);
  filter.workflow = query.text("workflow");
  filter.state = query.text("state");
  if (query.truth("overdue").value_or(false)) filter.overdue_at = now;
  if (const auto sort = query.parsed<Sort>("sort", parse_sort)) {
    filter.sort = sort->by;
    filter.descending = sort->descending;
  }
  return filter;
}

namespace {

HttpResponse answer_tasks(Context& context, const Exchange& exchange, QueryReader& query,
                          std::optional<std::vector<std::string>> sought) {
  const auto rendering = rendering_for(context, exchange);
  auto filter = read_task_filter(query, *exchange.caller, rendering.now);
  filter.sought = std::move(sought);
  const bool counted = query.truth("count").value_or(false);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  Queries& queries = context.services.queries;
  const auto found = queries.tasks(filter, page);
  return list_response(
      found.items, found.next, [&](JsonWriter& json, const TaskRow& row) { write_task(json, row, rendering); },
      counted_if(counted, [&](std::size_t limit) { return queries.count_tasks(filter, limit); }));
}

}  // namespace

HttpResponse list_tasks(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  return answer_tasks(context, exchange, query, std::nullopt);
}

HttpResponse search_tasks(Context& context, const Exchange& exchange) {
  auto read = QueryReader::of_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&read)) return answer(exchange, *problem);
  auto& query = std::get<QueryReader>(read);
  return answer_tasks(context, exchange, query, read_sought(query));
}

HttpResponse list_undecidable_tasks(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const auto found = context.services.queries.undecidable(administered_by(*exchange.caller, rendering.now), page);
  return list_response(found.items, found.next,
                       [&](JsonWriter& json, const UndecidableRow& row) { write_undecidable(json, row, rendering); });
}

}  // namespace xueji::web

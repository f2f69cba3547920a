// GET /statistics: how many requests stand where, within the caller's offices.
#include <algorithm>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

/// Where a count stands: a state, or for ended ones the end state with that outcome.
std::string title_of(const Definition& definition, const StatisticsRow& row, const Rendering& rendering) {
  for (const State& state : definition.states) {
    const bool is_it =
        row.ended ? state.kind == StateKind::end && to_string(state.outcome) == row.state : state.key == row.state;
    if (is_it) return rendering.text(state.title);
  }
  return row.state;
}

void write_row(JsonWriter& json, const StatisticsRow& row, const Rendering& rendering) {
  const auto* entry = rendering.catalog->newest(row.workflow);
  json.begin_object().key("workflow").begin_object().member("key", row.workflow);
  json.member("title", entry ? rendering.text(entry->definition->title) : row.workflow).end_object();
  json.key("state").begin_object().member("key", row.state);
  json.member("title", entry ? title_of(*entry->definition, row, rendering) : row.state).end_object();
  json.member("ended", row.ended).member("count", row.count).member("overdue", row.overdue).end_object();
}

std::int64_t waiting_for_checks(const std::vector<StatisticsRow>& rows, const Rendering& rendering) {
  std::int64_t waiting = 0;
  for (const StatisticsRow& row : rows) {
    const auto* entry = rendering.catalog->newest(row.workflow);
    const State* state = entry && !row.ended ? entry->definition->state(row.state) : nullptr;
    if (state && state->kind == StateKind::check) waiting += row.count;
  }
  return waiting;
}

}  // namespace

HttpResponse show_statistics(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const auto rows = context.services.queries.statistics(scope_of(*exchange.caller, rendering.now), rendering.now);
  const auto& machine = context.services.machine_room.figures();
  const auto found = page_of(rows, page);
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const StatisticsRow& row : found.items) write_row(json, row, rendering);
  json.end_array().member("next", found.next).key("checks").begin_object();
  json.member("waiting", waiting_for_checks(rows, rendering)).member("underWay", machine.under_way.load());
  json.member("answered", machine.checks.load())
      .member("unavailable", machine.unavailable.load())
      .end_object()
      .end_object();
  return json_response(200, std::move(json));
}

}  // namespace xueji::web

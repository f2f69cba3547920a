// GET /statistics: how many requests stand where, within the caller's offices.
#include <algorithm>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

/// Where a count stands: a state, or for ended ones the end state with that outcome.
const State* state_of(const Definition& definition, const StatisticsRow& row) {
  const auto is_it = [&](const State& state) {
    return row.ended ? state.kind == StateKind::end && to_string(state.outcome) == row.state : state.key == row.state;
  };
  const auto found = std::find_if(definition.states.begin(), definition.states.end(), is_it);
  return found == definition.states.end() ? nullptr : &*found;
}

/// In the national file, or the first variant that has it.
const State* state_of(const StatisticsRow& row, const Rendering& rendering) {
  for (const auto* entry : rendering.catalog->newest_of(row.workflow))
    if (const State* state = state_of(*entry->definition, row)) return state;
  return nullptr;
}

void write_row(JsonWriter& json, const StatisticsRow& row, const Rendering& rendering) {
  const auto files = rendering.catalog->newest_of(row.workflow);
  const State* state = state_of(row, rendering);
  json.begin_object().key("workflow").begin_object().member("key", row.workflow);
  json.member("title", files.empty() ? row.workflow : rendering.text(files.front()->definition->title)).end_object();
  json.key("state").begin_object().member("key", row.state);
  json.member("title", state ? rendering.text(state->title) : row.state).end_object();
  json.member("ended", row.ended).member("count", row.count).member("overdue", row.overdue).end_object();
}

std::int64_t waiting_for_checks(const std::vector<StatisticsRow>& rows, const Rendering& rendering) {
  std::int64_t waiting = 0;
  for (const StatisticsRow& row : rows) {
    const State* state = row.ended ? nullptr : state_of(row, rendering);
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

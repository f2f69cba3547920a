// GET /healthz, GET /readyz, GET /metrics, GET /api/v1/health: for whoever operates the server; GET /api/v1/about.
#include <spdlog/spdlog.h>

#include <limits>

#include "engine/ports/store.hpp"
#include "engine/verify/missing.hpp"
#include "web/server/answers.hpp"
#include "web/server/metrics.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

bool store_is_well(Queries& queries) {
  try {
    queries.check_health();
    return true;
  } catch (const StoreError& error) {
    spdlog::warn("not ready: {}", error.what());
    return false;
  }
}

struct Readiness {
  bool store, definitions, workers;
  bool all() const { return store && definitions && workers; }
};

Readiness readiness_of(const Context& context) {
  return {store_is_well(context.services.queries), !context.services.directory.catalog()->all().empty(),
          context.workers.waiting() * 10 < context.options.worker_queue_max * 9};
}

void write_readiness(JsonWriter& json, const Readiness& ready) {
  json.begin_object().member("store", ready.store).member("definitions", ready.definitions);
  json.member("workers", ready.workers).end_object();
}

void write_pipeline(JsonWriter& json, const RuntimeFigures& figures) {
  json.begin_object().member("queued", figures.queue.load()).member("batches", figures.batches.load());
  json.member("committed", figures.committed.load()).end_object();
}

void write_checks(JsonWriter& json, const Context& context, const Exchange& exchange, Instant now) {
  const auto scope = administered_by(*exchange.caller, now);
  const CheckFilter all{machine_queue(scope, *context.services.directory.offices()), std::nullopt};
  const auto waiting = context.services.queries.count_checks(scope, all, std::numeric_limits<std::int64_t>::max());
  const MachineRoomFigures& figures = context.services.machine_room.figures();
  json.begin_object().member("waiting", waiting).member("underWay", figures.under_way.load());
  json.member("answered", figures.checks.load()).member("unavailable", figures.unavailable.load()).end_object();
}

void write_missing(JsonWriter& json, const Context& context, const Exchange& exchange, Instant now) {
  const auto catalog = context.services.directory.catalog();
  std::vector<const Definition*> definitions;
  for (const Catalog::Entry& entry : catalog->all()) definitions.push_back(entry.definition.get());
  json.key("missing").begin_array();
  for (const Missing& each : missing_for(*context.services.directory.calendar(), definitions, china_date(now)))
    json.begin_object()
        .member("rule", each.rule)
        .member("message", each.what.in(exchange.language))
        .member("advice", each.advice.in(exchange.language))
        .end_object();
  if (const auto why = context.services.evidence.unavailable(); !why.empty())
    json.begin_object()
        .member("rule", "uploads-refused")
        .member("message",
                Text{"上传的扫描件一律被拒绝：" + why, "All uploads are refused: " + why}.in(exchange.language))
        .member("advice",
                Text{"请对照《操作》文档“上传的材料”一节处理", "See the section on uploads in docs/operating.md"}.in(
                    exchange.language))
        .end_object();
  json.end_array();
}

}  // namespace

HttpResponse show_health(Context&, const Exchange&) {
  JsonWriter json;
  json.begin_object().member("status", "ok").end_object();
  return json_response(200, std::move(json));
}

HttpResponse show_about(Context& context, const Exchange&) {
  JsonWriter json;
  json.begin_object().member("name", "xueji").member("version", context.options.version);
  json.member("demo", context.options.demo).end_object();
  return json_response(200, std::move(json));
}

HttpResponse show_readiness(Context& context, const Exchange&) {
  const Readiness ready = readiness_of(context);
  JsonWriter json;
  json.begin_object().member("status", ready.all() ? "ready" : "not_ready").key("checks");
  write_readiness(json, ready);
  json.end_object();
  HttpResponse response = json_response(ready.all() ? 200 : 503, std::move(json));
  if (!ready.all()) response.headers.emplace_back("Retry-After", "1");
  return response;
}

HttpResponse show_server_health(Context& context, const Exchange& exchange) {
  const Instant now = context.services.clock.now();
  const DatabaseFacts database = context.services.queries.database_facts();
  JsonWriter json;
  json.begin_object().member("version", context.options.version).member("startedAt", context.started_at);
  const auto uptime = context.services.steady.now() - context.started;
  json.member("uptimeSeconds", std::chrono::floor<std::chrono::seconds>(uptime).count());
  json.member("demo", context.options.demo).key("ready");
  write_readiness(json, readiness_of(context));
  write_missing(json, context, exchange, now);
  json.key("pipeline");
  write_pipeline(json, context.services.runtime.figures());
  json.member("connections", context.metrics.connections());
  json.member("websockets", std::as_const(context.services.hub).figures().followers.load());
  json.key("database").begin_object().member("sizeBytes", database.size_bytes);
  json.member("schemaVersion", database.schema_version).end_object().key("checks");
  write_checks(json, context, exchange, now);
  json.end_object();
  return json_response(200, std::move(json));
}

HttpResponse show_metrics(Context& context, const Exchange&) {
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = context.metrics.text(context.services, context.workers, context.renderers);
  return response;
}

}  // namespace xueji::web

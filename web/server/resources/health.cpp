// GET /healthz, GET /readyz, GET /metrics: for whoever operates the server.
#include "engine/ports/store.hpp"
#include "web/server/answers.hpp"
#include "web/server/metrics.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

bool store_answers(Queries& queries) {
  try {
    queries.newest_history();
    return true;
  } catch (const StoreError&) {
    return false;
  }
}

}  // namespace

HttpResponse show_health(Context&, const Exchange&) {
  JsonWriter json;
  json.begin_object().member("status", "ok").end_object();
  return json_response(200, std::move(json));
}

HttpResponse show_readiness(Context& context, const Exchange&) {
  const bool store = store_answers(context.services.queries);
  const bool definitions = !context.services.directory.catalog()->all().empty();
  const bool workers = context.workers.waiting() * 10 < context.options.worker_queue_max * 9;
  const bool ready = store && definitions && workers;
  JsonWriter json;
  json.begin_object().member("status", ready ? "ready" : "not_ready").key("checks").begin_object();
  json.member("store", store).member("definitions", definitions).member("workers", workers).end_object().end_object();
  HttpResponse response = json_response(ready ? 200 : 503, std::move(json));
  if (!ready) response.headers.emplace_back("Retry-After", "1");
  return response;
}

HttpResponse show_metrics(Context& context, const Exchange&) {
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = context.metrics.text(context.services, context.workers, context.renderers);
  return response;
}

}  // namespace xueji::web

#include "web/server/answers.hpp"

namespace xueji::web {

HttpResponse json_response(int status, JsonWriter json) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.body = json.take();
  return response;
}

HttpResponse empty_response() {
  HttpResponse response;
  response.status = 204;
  return response;
}

HttpResponse html_response(int status, std::string html) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
  response.body = std::move(html);
  return response;
}

HttpResponse answer(const Exchange& exchange, const Problem& problem) {
  return problem_response(problem, exchange.language, exchange.request.request_id);
}

std::string etag(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

Rendering rendering_for(const Services& services, Language language) {
  return {services.directory.offices(),  services.directory.catalog(),
          services.directory.calendar(), language,
          services.clock.now(),          false};
}

}  // namespace xueji::web

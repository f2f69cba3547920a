#include "web/json/problem.hpp"

#include <stdexcept>

#include "web/http/language.hpp"
#include "web/json/problem_catalog.hpp"

namespace xueji::web {
namespace {

const ProblemType& type_of(const Problem& problem) {
  const ProblemType* type = problem_type(problem.slug);
  if (!type) throw std::logic_error("a problem type that the catalog lacks");
  return *type;
}

}  // namespace

Problem malformed(Text detail) { return {"malformed", std::move(detail), {}, {}, {}}; }
Problem not_found() { return {"not-found", {}, {}, {}, {}}; }
Problem not_allowed(Text detail) { return {"not-allowed", std::move(detail), {}, {}, {}}; }
Problem invalid(std::vector<FieldComplaint> errors) { return {"validation", {}, std::move(errors), {}, {}}; }
Problem busy() { return {"busy", {}, {}, {{"Retry-After", "1"}}, {}}; }

Problem rate_limited(std::int64_t seconds) {
  return {"rate-limited", {}, {}, {{"Retry-After", std::to_string(std::max<std::int64_t>(seconds, 1))}}, {}};
}

int status_of(const Problem& problem) { return type_of(problem).status; }

void write_problem(JsonWriter& json, const Problem& problem, Language language, std::string_view instance) {
  const ProblemType& type = type_of(problem);
  const bool zh = language == Language::zh;
  const std::string& own = problem.detail.in(language);
  json.begin_object().member("type", "/problems/" + problem.slug).member("title", zh ? type.title_zh : type.title_en);
  json.member("status", type.status);
  json.member("detail", own.empty() ? zh ? type.page_zh : type.page_en : std::string_view(own))
      .member("instance", instance);
  if (!problem.errors.empty()) {
    json.key("errors").begin_array();
    for (const auto& error : problem.errors)
      json.begin_object().member("pointer", error.pointer).member("message", error.message.in(language)).end_object();
    json.end_array();
  }
  if (problem.members) problem.members(json, language);
  json.end_object();
}

HttpResponse problem_response(const Problem& problem, Language language, std::string_view instance) {
  JsonWriter json;
  write_problem(json, problem, language, instance);
  HttpResponse response;
  response.status = type_of(problem).status;
  response.headers = problem.headers;
  response.headers.emplace_back("Content-Language", to_string(language));
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = json.take();
  return response;
}

}  // namespace xueji::web

#include "web/description/openapi.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <map>
#include <set>

#include "web/description/openapi_schemas.hpp"
#include "web/json/problem_catalog.hpp"
#include "web/server/gatekeeper.hpp"

namespace xueji::web {
namespace {

namespace json = boost::json;

json::value parsed(std::string_view text) { return json::parse(text); }
json::object reference(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lowered;
}

/// Every list is the same envelope round another shape.
constexpr std::pair<std::string_view, std::string_view> lists[] = {{"WorkflowList", "Workflow"},
                                                                   {"StudentList", "Student"},
                                                                   {"HistoryList", "HistoryEntry"},
                                                                   {"SubmissionList", "Submission"},
                                                                   {"NumberList", "StudentNumber"},
                                                                   {"RequestList", "Request"},
                                                                   {"SubjectList", "Subject"},
                                                                   {"TaskList", "Task"},
                                                                   {"UndecidableTaskList", "UndecidableTask"},
                                                                   {"NotificationList", "Notification"},
                                                                   {"OfficeList", "Office"},
                                                                   {"NamedSchoolList", "NamedSchool"},
                                                                   {"AccountList", "Account"},
                                                                   {"DelegationList", "Delegation"},
                                                                   {"ColleagueList", "Colleague"},
                                                                   {"DefinitionList", "Definition"},
                                                                   {"CheckList", "Check"},
                                                                   {"SessionList", "Session"},
                                                                   {"ProposalList", "Proposal"},
                                                                   {"AuditList", "AuditLine"}};

json::object list_of(std::string_view shape) {
  return {{"type", "object"},
          {"required", {"items", "next"}},
          {"properties",
           {{"items", {{"type", "array"}, {"items", reference(shape)}}},
            {"next", {{"type", {"string", "null"}}}},
            {"count", {{"type", "integer"}}}}}};
}

json::object all_schemas() {
  json::object all;
  for (const auto& schema : answer_schemas()) all[schema.name] = parsed(schema.json);
  for (const auto& schema : administration_schemas()) all[schema.name] = parsed(schema.json);
  for (const auto& schema : message_schemas()) all[schema.name] = parsed(schema.json);
  for (const auto& [name, shape] : lists) all[name] = list_of(shape);
  return all;
}

std::set<int> problem_statuses(const Route& route) {
  std::set<int> statuses(route.problems.begin(), route.problems.end());
  statuses.insert({400, 500, 503});
  if (route.access != Access::open) statuses.insert({401, 429});
  if (route.access == Access::admin || (route.access != Access::open && (!route.always || route.method != Method::get)))
    statuses.insert(403);
  if (changes_something(route)) statuses.insert(409);
  if (route.body_max > 0) statuses.insert(413);
  return statuses;
}

std::string titles_of(int status) {
  std::string titles;
  for (const auto& type : problem_types())
    if (type.status == status) titles.append(titles.empty() ? "" : " · ").append(type.slug);
  return titles.empty() ? "problem" : titles;
}

json::object content(std::string_view type, std::string_view schema) {
  return {{type, {{"schema", reference(schema)}}}};
}

json::object body_content(const Route& route) {
  if (route.body_schema != "Scan") return content("application/json", route.body_schema);
  json::object types;
  for (const auto type : {"image/jpeg", "image/png", "application/pdf"})
    types[type] = {{"schema", {{"type", "string"}, {"contentEncoding", "binary"}}}};
  types["multipart/form-data"] = {{"schema",
                                   {{"type", "object"},
                                    {"required", {"file"}},
                                    {"properties", {{"file", {{"type", "string"}, {"contentEncoding", "binary"}}}}}}}};
  return types;
}

json::object success_response(const Route& route, std::string_view schema) {
  json::object response{{"description", route.summary}};
  if (route.response_schema == "Scan") {
    json::object types;
    for (const auto type : {"image/jpeg", "image/png", "application/pdf"})
      types[type] = {{"schema", {{"type", "string"}, {"contentEncoding", "binary"}}}};
    response["content"] = types;
  } else if (!schema.empty()) {
    response["content"] = content(route.response_type, schema);
  }
  return response;
}

json::object responses(const Route& route) {
  json::object all;
  all[std::to_string(route.success)] = success_response(route, route.response_schema);
  if (route.also != 0)
    all[std::to_string(route.also)] =
        success_response(route, route.also_schema.empty() ? route.response_schema : route.also_schema);
  if (route.operation == "showLandingPage" || route.operation == "showEvidencePage" ||
      route.operation == "showVocabulary")
    all["304"] = {{"description", "as If-None-Match has it"}};
  for (const int status : problem_statuses(route)) {
    const bool readiness = route.operation == "showReadiness" && status == 503;
    all[std::to_string(status)] = {{"description", titles_of(status)},
                                   {"content", readiness ? content(route.response_type, route.response_schema)
                                                         : content("application/problem+json", "Problem")}};
  }
  return all;
}

json::array parameters(const Route& route) {
  json::array all;
  for (std::size_t at = route.pattern.find('{'); at != std::string_view::npos; at = route.pattern.find('{', at + 1)) {
    const auto name = route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1);
    all.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  for (const auto& parameter : route.parameters)
    all.push_back({{"name", parameter.name},
                   {"in", "query"},
                   {"description", parameter.description},
                   {"schema", parsed(parameter.schema)}});
  if (changes_something(route))
    all.push_back(
        {{"name", "X-Acting-As"},
         {"in", "header"},
         {"description", "user name of the account that is meant; 409 `other-account` where the session is another's"},
         {"schema", {{"type", "string"}}}});
  if (route.later) {
    all.push_back({{"name", "Idempotency-Key"},
                   {"in", "header"},
                   {"required", route.needs_idempotency_key},
                   {"schema", {{"type", "string"}, {"pattern", "^[!-~]{1,128}$"}}}});
    if (route.operation != "openRequest" && route.operation != "actOnTasks")
      all.push_back({{"name", "If-Match"},
                     {"in", "header"},
                     {"required", route.needs_if_match},
                     {"schema", {{"type", "string"}, {"pattern", "^\"[1-9][0-9]*\"$"}}}});
  }
  return all;
}

json::object operation(const Route& route) {
  json::object described{
      {"operationId", route.operation}, {"summary", route.summary}, {"x-access", to_string(route.access)}};
  if (route.access == Access::open) described["security"] = json::array{};
  if (auto all = parameters(route); !all.empty()) described["parameters"] = std::move(all);
  if (!route.body_schema.empty()) {
    const bool required =
        route.body_schema != "Nothing" && route.body_schema != "Act" && route.body_schema != "PasswordAgain";
    described["requestBody"] = {{"required", required}, {"content", body_content(route)}};
    described["x-body-bytes-max"] = route.body_max;
  }
  described["responses"] = responses(route);
  return described;
}

}  // namespace

std::string_view to_string(Access access) {
  switch (access) {
    case Access::open:
      return "open";
    case Access::signed_in:
      return "signed_in";
    case Access::admin:
      return "admin";
  }
  return "";
}

json::object openapi_document(std::span<const Route> table, bool demo) {
  json::object paths;
  for (const Route& route : table) {
    if (route.only_demo && !demo) continue;
    auto& path = paths[route.pattern];
    if (path.is_null()) path = json::object{};
    path.get_object()[lower(to_string(route.method))] = operation(route);
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "xueji"},
            {"version", "1"},
            {"description",
             "The approval engine of the student-status registry. Problems are RFC 9457 documents; their types are "
             "pages under /problems/."}}},
          {"security", {{{"cookie", json::array{}}}, {{"bearer", json::array{}}}}},
          {"paths", std::move(paths)},
          {"components",
           {{"schemas", all_schemas()},
            {"securitySchemes",
             {{"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "xueji_session"}}},
              {"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

}  // namespace xueji::web

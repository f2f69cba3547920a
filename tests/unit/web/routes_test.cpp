#include <set>

#include "tests/catch.hpp"
#include "web/description/openapi_schemas.hpp"
#include "web/server/router.hpp"

using namespace xueji::web;

TEST_CASE("each route has one handler, a name of its own, and reads what it says") {
  std::set<std::string_view> operations;
  for (const Route& route : routes()) {
    INFO(route.operation);
    CHECK((route.blocking != nullptr) != (route.later != nullptr));
    CHECK(operations.insert(route.operation).second);
    CHECK((route.body_schema.empty() || route.body_max > 0));
  }
}

TEST_CASE("every call of the contract has a route") {
  const std::vector<std::pair<Method, const char*>> promised{{Method::post, "/api/v1/session"},
                                                             {Method::del, "/api/v1/session"},
                                                             {Method::get, "/api/v1/me"},
                                                             {Method::get, "/api/v1/workflows"},
                                                             {Method::get, "/api/v1/workflows/x"},
                                                             {Method::get, "/api/v1/students"},
                                                             {Method::get, "/api/v1/students/1"},
                                                             {Method::get, "/api/v1/students/1/history"},
                                                             {Method::get, "/api/v1/students/1/numbers"},
                                                             {Method::post, "/api/v1/evidence"},
                                                             {Method::get, "/api/v1/evidence/x"},
                                                             {Method::post, "/api/v1/requests"},
                                                             {Method::get, "/api/v1/requests"},
                                                             {Method::get, "/api/v1/requests/1"},
                                                             {Method::patch, "/api/v1/requests/1"},
                                                             {Method::get, "/api/v1/requests/1/history"},
                                                             {Method::get, "/api/v1/requests/1/explain"},
                                                             {Method::get, "/api/v1/requests/1/subjects"},
                                                             {Method::post, "/api/v1/requests/1/subjects/1/set-aside"},
                                                             {Method::get, "/api/v1/requests/1/diagram"},
                                                             {Method::get, "/api/v1/definitions/x/1/diagram"},
                                                             {Method::post, "/api/v1/requests/1/actions/approve"},
                                                             {Method::get, "/api/v1/tasks"},
                                                             {Method::post, "/api/v1/tasks/8/claim"},
                                                             {Method::post, "/api/v1/tasks/8/release"},
                                                             {Method::post, "/api/v1/tasks/actions"},
                                                             {Method::get, "/api/v1/notifications"},
                                                             {Method::post, "/api/v1/notifications/read"},
                                                             {Method::get, "/api/v1/events"},
                                                             {Method::get, "/api/v1/offices"},
                                                             {Method::get, "/api/v1/accounts"},
                                                             {Method::get, "/api/v1/statistics"},
                                                             {Method::get, "/api/v1/exports/requests.csv"},
                                                             {Method::get, "/openapi.json"},
                                                             {Method::get, "/asyncapi.json"},
                                                             {Method::get, "/docs"},
                                                             {Method::get, "/healthz"},
                                                             {Method::get, "/readyz"},
                                                             {Method::get, "/metrics"},
                                                             {Method::head, "/api/v1/me"}};
  for (const auto& [method, path] : promised) {
    INFO(to_string(method) << ' ' << path);
    CHECK(match_route(routes(), method, path, false).route);
  }
}

TEST_CASE("values of the pattern are taken in order") {
  const auto match = match_route(routes(), Method::post, "/api/v1/requests/12/actions/approve", false);
  CHECK(match.path == std::vector<std::string>{"12", "approve"});
}

TEST_CASE("a known path with another method tells its methods, an unknown path none") {
  CHECK(allowed_methods(match_route(routes(), Method::put, "/api/v1/requests/1", false).methods) ==
        "GET, HEAD, PATCH, OPTIONS");
  for (const auto* path :
       {"/api/v1/nothing", "/api/v1/requests/", "/api/v1/requests//history", "/api/v1", "/api/v1/requests/1/2", "//"}) {
    const auto match = match_route(routes(), Method::get, path, false);
    INFO(path);
    CHECK_FALSE(match.route);
    CHECK(match.methods.empty());
  }
}

TEST_CASE("the demo is unknown without --demo") {
  CHECK(match_route(routes(), Method::get, "/demo", false).methods.empty());
  CHECK(match_route(routes(), Method::get, "/demo", true).route);
  CHECK(match_route(routes(), Method::get, "/api/v1/demo", true).route);
}

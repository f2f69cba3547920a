// Requests through all gates to the resources and back.
#include <boost/json/array.hpp>
#include <set>

#include "engine/base/sha256.hpp"
#include "tests/catch.hpp"
#include "tests/unit/web/application_world.hpp"
#include "web/server/router.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace xueji::testing;
namespace json = boost::json;

namespace {

std::string text_at(const Answered& answered, const char* key) { return answered.json().at(key).as_string().c_str(); }

/// The same but for the request's own id.
bool tells_nothing_apart(const Answered& one, const Answered& other) {
  return one.status() == other.status() && one.response.body == other.response.body &&
         one.response.headers == other.response.headers;
}

/// Of a request that stands where it was submitted to.
std::string first_task(const std::string& request) { return to_string(task_id(RequestId{std::stoll(request)}, 2)); }

}  // namespace

TEST_CASE("nothing under /api/v1 but signing in and the demo is open") {
  ApplicationWorld world;
  for (const Route& route : routes()) {
    if (!route.pattern.starts_with("/api/v1") || route.access == Access::open) continue;
    INFO(route.operation);
    auto request = world.request(route.method, std::string(route.pattern));
    CHECK(world.send(std::move(request)).slug() == "unauthenticated");
  }
}

TEST_CASE("unknown paths, methods and query parameters are refused") {
  ApplicationWorld world;
  CHECK(world.get("/api/v1/nothing", "head").slug() == "not-found");
  const auto method = world.send(world.request(Method::put, "/api/v1/me", "head"));
  CHECK(method.status() == 405);
  CHECK(method.header("Allow") == "GET, HEAD, OPTIONS");
  CHECK(world.send(world.request(Method::options, "/api/v1/me")).status() == 204);
  CHECK(world.get("/api/v1/tasks?sirt=due", "head").slug() == "malformed");
  for (const auto* target :
       {"/api/v1/tasks?limit=0", "/api/v1/tasks?limit=201", "/api/v1/tasks?limit=x", "/api/v1/tasks?sort=name",
        "/api/v1/tasks?overdue=yes", "/api/v1/students?status=gone", "/api/v1/students?school=x",
        "/api/v1/requests?outcome=x", "/api/v1/tasks?cursor=forged"}) {
    INFO(target);
    CHECK(world.get(target, "head").slug() == "malformed");
  }
}

TEST_CASE("problems are told in the language of the browser, else of the account") {
  ApplicationWorld world;
  auto request = world.request(Method::get, "/api/v1/requests/99", "head");
  request.headers.add("Accept-Language", "en-GB,en;q=0.9,zh;q=0.5");
  CHECK(text_at(world.send(std::move(request)), "title") == "Not found");
  CHECK(text_at(world.get("/api/v1/requests/99", "head"), "title") == "未找到");
  CHECK(text_at(world.get("/api/v1/requests/99", "head"), "instance") == "test-request");
}

TEST_CASE("a request is opened, decided and read, with its version as ETag") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto read = world.get("/api/v1/requests/" + id, "head");
  REQUIRE(read.status() == 200);
  CHECK(read.header("ETag") == "\"1\"");
  CHECK(read.json().at("state").at("key").as_string() == "head_review");
  CHECK(read.json().at("openedBy").as_string() == "registrar");
  CHECK(read.json().at("holders").at(0).at("role").as_string() == "head");
  CHECK(read.json().at("student").at("openRequest").at("id").as_string() == json::string_view(id));
  CHECK(read.json().at("changes").at(0).at("new").as_string() == "张叁");

  const auto approved = world.act(id, "approve", "head", 1, "k1", R"({"comment":"同意"})");
  INFO(approved.response.body);
  REQUIRE(approved.status() == 200);
  CHECK(approved.header("ETag") == "\"2\"");
  CHECK(approved.json().at("state").at("key").as_string() == "county_review");
  CHECK(world.get("/api/v1/tasks", "reviewer").json().at("items").as_array().size() == 1);
  CHECK(world.get("/api/v1/tasks", "head").json().at("items").as_array().empty());
  const auto history = world.get("/api/v1/requests/" + id + "/history", "reviewer");
  CHECK(history.json().at("items").as_array().size() >= 2);
}

TEST_CASE("a repeated key answers the same and does nothing twice; with another body it is refused") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto first = world.act(id, "approve", "head", 1, "k", "{}");
  const auto again = world.act(id, "approve", "head", 1, "k", "{}");
  CHECK(first.status() == 200);
  CHECK(again.status() == 200);
  CHECK(again.header("ETag") == "\"2\"");
  CHECK(world.act(id, "approve", "head", 2, "k", R"({"comment":"x"})").slug() == "idempotency-mismatch");
  CHECK(world.open(1) == id);
}

TEST_CASE("headers that an act needs are asked for by name") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const std::string target = "/api/v1/requests/" + id + "/actions/approve";
  CHECK(world.post(target, "{}", "head", {{"If-Match", "\"1\""}}).slug() == "idempotency-key-required");
  CHECK(world.post(target, "{}", "head", {{"Idempotency-Key", "k"}}).slug() == "precondition-required");
  for (const auto* tag : {"1", "*", "W/\"1\"", "\"1\", \"2\"", "\"x\"", "\"\"", "\"-1\"", "\"01\""}) {
    INFO(tag);
    CHECK(world.post(target, "{}", "head", {{"Idempotency-Key", "k"}, {"If-Match", tag}}).slug() == "malformed");
  }
  CHECK(world.post(target, "{}", "head", {{"Idempotency-Key", "with space"}, {"If-Match", "\"1\""}}).slug() ==
        "malformed");
  CHECK(world.post("/api/v1/requests", "{}", "registrar").slug() == "idempotency-key-required");
}

TEST_CASE("a stale version is told what changed since") {
  ApplicationWorld world;
  const auto id = world.open(1);
  REQUIRE(world.act(id, "approve", "head", 1, "k1").status() == 200);
  const auto stale = world.act(id, "withdraw", "registrar", 1, "k2");
  CHECK(stale.status() == 412);
  CHECK(stale.slug() == "stale");
  CHECK(stale.header("ETag") == "\"2\"");
  CHECK(stale.json().at("currentVersion").as_int64() == 2);
  CHECK(stale.json().at("changes").as_array().size() >= 1);
}

TEST_CASE("what lies outside the jurisdiction is as unknown as what does not exist") {
  ApplicationWorld world;
  const auto id = world.open(1);
  for (const std::string what : {"", "/history", "/explain"})
    CHECK(tells_nothing_apart(world.get("/api/v1/requests/" + id + what, "stranger"),
                              world.get("/api/v1/requests/999" + what, "stranger")));
  for (const std::string what : {"", "/history", "/numbers"})
    CHECK(tells_nothing_apart(world.get("/api/v1/students/1" + what, "stranger"),
                              world.get("/api/v1/students/999" + what, "stranger")));
  CHECK(tells_nothing_apart(world.act(id, "approve", "stranger", 1, "k1"),
                            world.act("999", "approve", "stranger", 1, "k2")));
  CHECK(tells_nothing_apart(world.post("/api/v1/tasks/" + first_task(id) + "/claim", "", "stranger"),
                            world.post("/api/v1/tasks/" + first_task("999") + "/claim", "", "stranger")));
  CHECK(tells_nothing_apart(world.get("/api/v1/requests/x", "head"), world.get("/api/v1/requests/0", "head")));
  CHECK(world.get("/api/v1/requests", "stranger").json().at("items").as_array().empty());
}

TEST_CASE("refusals of the engine keep their explanation") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto refused = world.act(id, "approve", "registrar", 1, "k1");
  CHECK(refused.status() == 403);
  CHECK(refused.slug() == "not-allowed");
  CHECK(refused.json().at("explain").at("who").at(0).at("role").as_string() == "head");
  CHECK(world.act(id, "launch", "head", 1, "k2").slug() == "not-found");
  CHECK(world.act(id, "escalate", "head", 1, "k3").slug() == "not-in-this-state");
  const auto missing = world.act(id, "return", "head", 1, "k4");
  CHECK(missing.slug() == "validation");
  CHECK(missing.json().at("errors").at(0).at("pointer").as_string() == "/comment");
}

TEST_CASE("a second business of a student names the first and who holds it") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto second = world.post(
      "/api/v1/requests",
      R"({"workflow":"key-information-change","student":"1","fields":{"new_name":"李四","ground":"register_changed","reason":"x"}})",
      "registrar", {{"Idempotency-Key", "second"}});
  CHECK(second.slug() == "open-business");
  CHECK(text_at(second, "request") == id);
  CHECK(second.json().at("holders").at(0).at("role").as_string() == "head");
}

TEST_CASE("bodies are read strictly") {
  ApplicationWorld world;
  const auto open = [&](const std::string& body, const std::string& type = "application/json") {
    auto request = world.request(Method::post, "/api/v1/requests", "registrar");
    request.headers.add("Content-Type", type);
    request.headers.add("Idempotency-Key", "k");
    request.body = body;
    return world.send(std::move(request));
  };
  CHECK(open("{}", "text/plain").slug() == "unsupported-media-type");
  CHECK(open("[]").slug() == "malformed");
  CHECK(open("").slug() == "malformed");
  CHECK(open(R"({"workflow":"a","workflow":"b"})").slug() == "malformed");
  const auto unknown = open(
      R"({"workflow":"key-information-change","student":"1","colour":"red","fields":{"new_name":7},"submit":"yes"})");
  CHECK(unknown.slug() == "validation");
  std::set<std::string> pointers;
  const auto told = unknown.json();
  for (const auto& error : told.at("errors").as_array()) pointers.insert(error.at("pointer").as_string().c_str());
  CHECK(pointers == std::set<std::string>{"/colour", "/fields/new_name", "/submit"});
  const auto unclean = open("{\"workflow\":\"key-information-change\",\"student\":\"1\",\"comment\":\"a\\u0000b\"}");
  CHECK(unclean.json().at("errors").at(0).at("pointer").as_string() == "/comment");
  CHECK(open(R"({"workflow":"nothing","student":"1"})").json().at("errors").at(0).at("pointer").as_string() ==
        "/workflow");
}

TEST_CASE("ID numbers are masked in lists and whole in the detail view") {
  ApplicationWorld world;
  CHECK(world.get("/api/v1/students?limit=1", "head")
            .json()
            .at("items")
            .at(0)
            .at("idNumber")
            .as_string()
            .find("********") != std::string::npos);
  CHECK(world.get("/api/v1/students/1", "head").json().at("idNumber").as_string() == json::string_view(id_number(1)));
  world.open(1);
  CHECK(world.get("/api/v1/requests", "head")
            .json()
            .at("items")
            .at(0)
            .at("student")
            .at("idNumber")
            .as_string()
            .find("********") != std::string::npos);
  CHECK(world.get("/api/v1/exports/requests.csv", "head").response.body.find(id_number(1)) == std::string::npos);
}

TEST_CASE("tasks are claimed and released by those whose queue they are in") {
  ApplicationWorld world;
  const auto task = first_task(world.open(1));
  const auto claimed = world.post("/api/v1/tasks/" + task + "/claim", "", "head");
  REQUIRE(claimed.status() == 200);
  CHECK(text_at(claimed, "claimedBy") == "head");
  CHECK(text_at(claimed, "id") == task);
  CHECK(world.post("/api/v1/tasks/" + task + "/claim", "", "registrar").slug() == "not-allowed");
  CHECK(world.post("/api/v1/tasks/" + task + "/release", "{}", "head").json().at("claimedBy").is_null());
  CHECK(world.post("/api/v1/tasks/" + std::to_string(std::stoll(task) + 3) + "/claim", "", "head").slug() ==
        "not-found");
  CHECK(world.post("/api/v1/tasks/" + first_task("1000") + "/claim", "", "head").slug() == "not-found");
}

TEST_CASE("a bulk act has a result for each item, in order") {
  ApplicationWorld world;
  const auto task = [&](int student) { return first_task(world.open(student)); };
  const auto first = task(1);
  const auto second = task(2);
  const auto results = world.post("/api/v1/tasks/actions",
                                  R"({"action":"approve","items":[{"task":")" + first +
                                      R"(","version":1},{"task":"9999","version":1},{"task":")" + second +
                                      R"(","version":7},{"task":"x","version":1}]})",
                                  "head");
  INFO(results.response.body);
  REQUIRE(results.status() == 200);
  const auto items = results.json().at("results").as_array();
  REQUIRE(items.size() == 4);
  CHECK(items[0].at("task").as_string() == json::string_view(first));
  CHECK(items[0].at("status").as_int64() == 200);
  CHECK(items[0].at("request").at("state").at("key").as_string() == "county_review");
  CHECK(items[1].at("problem").at("type").as_string() == "/problems/not-found");
  CHECK(items[2].at("problem").at("type").as_string() == "/problems/stale");
  CHECK(items[3].at("status").as_int64() == 404);
  std::string many;
  for (int i = 0; i < 101; ++i) many += (i ? "," : "") + std::string(R"({"task":"8","version":1})");
  CHECK(world.post("/api/v1/tasks/actions", R"({"action":"approve","items":[)" + many + "]}", "head").slug() ==
        "validation");
}

TEST_CASE("a scan is uploaded once, read by whom it concerns, and served so that it can't harm") {
  ApplicationWorld world;
  const auto upload = [&](const std::string& bytes, const std::string& type,
                          const std::string& target = "/api/v1/evidence?filename=户口簿.png") {
    auto request = world.request(Method::post, target, "registrar");
    request.headers.add("Content-Type", type);
    request.body = bytes;
    return world.send(std::move(request));
  };
  const auto created = upload(png, "image/png");
  REQUIRE(created.status() == 201);
  CHECK(text_at(created, "sha256") == sha256_hex(png));
  CHECK(text_at(created, "filename") == "户口簿.png");
  CHECK(upload(png, "image/png").status() == 200);
  CHECK(upload("text", "image/png").slug() == "unsupported-media-type");
  CHECK(upload(png, "image/x-whatever").status() == 200);
  CHECK(upload(std::string(10 * 1024 * 1024 + 1, 'x'), "image/png").slug() == "too-large");
  CHECK(upload(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n" + png + "1\r\n--b--\r\n",
            "multipart/form-data; boundary=b", "/api/v1/evidence")
            .status() == 201);
  CHECK(upload("--b\r\n", "multipart/form-data; boundary=b").slug() == "malformed");

  const auto shown = world.get("/api/v1/evidence/" + sha256_hex(png), "registrar");
  REQUIRE(shown.response.bytes);
  CHECK(shown.response.bytes->size() == png.size());
  CHECK(shown.header("Content-Security-Policy") ==
        "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
  CHECK(shown.header("X-Content-Type-Options") == "nosniff");
  CHECK(shown.header("Content-Disposition") == "inline; filename*=UTF-8''%E6%88%B7%E5%8F%A3%E7%B0%BF.png");
  CHECK(world.get("/api/v1/evidence/" + sha256_hex(png), "head").slug() == "not-found");
  CHECK(world.get("/api/v1/evidence/../secret", "registrar").slug() == "not-found");
  world.evidence.is_damaged = true;
  const auto damaged = world.get("/api/v1/evidence/" + sha256_hex(png), "registrar");
  CHECK(damaged.status() == 500);
  CHECK(damaged.slug() == "internal");
  CHECK_FALSE(damaged.response.bytes);
  CHECK(world.application->body_limit(Method::post, "/api/v1/evidence") < 11'000'000);
  CHECK(world.application->body_limit(Method::get, "/api/v1/me") == 0);
}

TEST_CASE("notifications are sentences") {
  ApplicationWorld world;
  const auto inbox = world.get("/api/v1/notifications", "registrar");
  CHECK(inbox.json().at("items").at(0).at("text").as_string() == "学生1的“关键信息变更”被退回至“填报”：户口簿不清");
  CHECK(world.post("/api/v1/notifications/read", R"({"ids":["7"]})", "registrar").status() == 204);
  CHECK(world.accounts.read().contains(NotificationId{7}));
  CHECK(world.post("/api/v1/notifications/read", R"({})", "registrar").slug() == "validation");
  CHECK(world.post("/api/v1/notifications/read", R"({"ids":["x"]})", "registrar").slug() == "validation");
}

TEST_CASE("administration is for administrators, within their offices") {
  ApplicationWorld world;
  CHECK(world.get("/api/v1/accounts", "head").slug() == "not-allowed");
  CHECK(world.get("/api/v1/accounts?limit=2", "admin").json().at("next").is_string());
  const auto added = world.post(
      "/api/v1/accounts",
      R"({"username":"new.head","name":"新校长","password":"long enough","posts":[{"office":"4","role":"head"}]})",
      "admin");
  INFO(added.response.body);
  CHECK(added.status() == 201);
  CHECK(world.post("/api/v1/session", R"({"username":"new.head","password":"long enough"})").status() == 201);
  CHECK(world
            .post("/api/v1/accounts",
                  R"({"username":"new.head","name":"x","password":"short","posts":[{"office":"4","role":"reviewer"}]})",
                  "admin")
            .json()
            .at("errors")
            .as_array()
            .size() == 3);
  CHECK(world.post("/api/v1/accounts/new.head/posts", R"({"office":"4","role":"registrar"})", "admin").status() == 201);
}

TEST_CASE("a post is lent to a colleague for a time, and taken back") {
  ApplicationWorld world;
  const std::string until = to_rfc3339(world.clock.now() + std::chrono::hours(24));
  const auto lend = [&](const std::string& post, const std::string& to) {
    return world.post("/api/v1/me/delegations",
                      R"({"post":")" + post + R"(","to":")" + to + R"(","until":")" + until + "\"}", "head");
  };
  CHECK(lend("11", "reviewer").slug() == "validation");
  CHECK(lend("10", "registrar").slug() == "validation");
  const auto lent = lend("11", "registrar");
  REQUIRE(lent.status() == 201);
  CHECK(world.get("/api/v1/me", "registrar").json().at("posts").as_array().size() == 2);
  CHECK(world.get("/api/v1/me", "registrar").json().at("posts").at(1).at("delegatedFrom").as_string() == "head");
  const auto back = lent.header("Location");
  CHECK(world.send(world.request(Method::del, back, "stranger")).slug() == "not-found");
  CHECK(world.send(world.request(Method::del, back, "head")).status() == 204);
  CHECK(world.get("/api/v1/me", "registrar").json().at("posts").as_array().size() == 1);
}

TEST_CASE("explanations are given for oneself, and for others to administrators") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const std::string target = "/api/v1/requests/" + id + "/explain";
  CHECK(world.get(target + "?action=approve", "head").json().at("allowed").as_bool());
  CHECK_FALSE(world.get(target + "?action=approve", "registrar").json().at("allowed").as_bool());
  CHECK(world.get(target, "head").json().at("items").as_array().size() > 2);
  CHECK(world.get(target + "?action=launch", "head").slug() == "not-found");
  CHECK(world.get(target + "?action=approve&account=head", "registrar").slug() == "not-allowed");
  CHECK(world.get(target + "?action=approve&account=head", "admin").json().at("allowed").as_bool());
  CHECK(world.get(target + "?action=approve&account=nobody", "admin").slug() == "not-found");
}

TEST_CASE("businesses are offered to those who may open them, and shown to those who take part") {
  ApplicationWorld world;
  const auto offered = world.get("/api/v1/workflows", "registrar").json().at("items").as_array();
  REQUIRE(offered.size() == 1);
  CHECK(offered[0].at("key").as_string() == "key-information-change");
  CHECK(offered[0].at("open").at("now").as_bool());
  CHECK(offered[0].at("fields").at(0).at("key").as_string() == "new_name");
  CHECK(offered[0].at("evidence").at(0).at("max").as_int64() == 6);
  CHECK(world.get("/api/v1/workflows", "head").json().at("items").as_array().empty());
  CHECK(world.get("/api/v1/workflows/key-information-change", "head").status() == 200);
  CHECK(world.get("/api/v1/workflows/g-number-deletion", "registrar").slug() == "not-found");
}

TEST_CASE("every list takes a limit, and goes on from where it ended") {
  ApplicationWorld world;
  const auto first = world.get("/api/v1/statistics?limit=1", "admin");
  REQUIRE(first.json().at("items").as_array().size() == 1);
  const auto rest = world.get("/api/v1/statistics?limit=1&cursor=" + text_at(first, "next"), "admin");
  CHECK(rest.json().at("items").at(0).at("count").as_int64() == 5);
  CHECK(rest.json().at("next").is_null());
  CHECK(world.get("/api/v1/statistics?cursor=7", "admin").slug() == "malformed");
  CHECK(world.get("/api/v1/workflows?limit=1", "registrar").status() == 200);
  CHECK(world.get("/api/v1/students/1/numbers?limit=1", "registrar").status() == 200);
}

TEST_CASE("exports are offered as CSV and as a workbook") {
  ApplicationWorld world;
  world.open(1);
  for (const std::string list : {"requests", "tasks"}) {
    CHECK(world.get("/api/v1/exports/" + list + ".csv", "head").response.body.find("学生1") != std::string::npos);
    const auto workbook = world.get("/api/v1/exports/" + list + ".xlsx", "head");
    CHECK(workbook.response.body.substr(0, 2) == "PK");
    CHECK(workbook.header("Content-Disposition") == "attachment; filename=" + list + ".xlsx");
  }
}

TEST_CASE("each account has its rate") {
  ApplicationOptions options;
  options.rate_per_second = 1;
  options.rate_burst = 2;
  ApplicationWorld world(options);
  CHECK(world.get("/api/v1/me", "head").status() == 200);
  CHECK(world.get("/api/v1/me", "head").status() == 200);
  const auto limited = world.get("/api/v1/me", "head");
  CHECK(limited.slug() == "rate-limited");
  CHECK(limited.header("Retry-After") == "1");
  CHECK(world.get("/api/v1/me", "registrar").status() == 200);
}

TEST_CASE("a database that can't be had in time is told as busy, and readiness says so") {
  ApplicationWorld world;
  CHECK(world.get("/readyz").status() == 200);
  world.queries.is_down = true;
  CHECK(world.get("/readyz").status() == 503);
  CHECK(world.get("/healthz").status() == 200);
  const auto busy = world.get("/api/v1/requests/1", "head");
  CHECK(busy.slug() == "busy");
  CHECK(busy.header("Retry-After") == "1");
}

TEST_CASE("pages and descriptions are there for everybody") {
  ApplicationOptions options;
  options.demo = true;
  options.demo_content = {{"accounts", {{{"username", "registrar"}, {"office", "<school>"}, {"role", "registrar"}}}},
                          {"examples", json::array{}}};
  ApplicationWorld world(options);
  CHECK(world.get("/api/v1/demo").response.body == world.get("/demo").response.body);
  CHECK(world.get("/").response.body.find("&lt;school&gt;") != std::string::npos);
  CHECK(world.get("/docs").response.body.find("POST /api/v1/requests/{id}/actions/{action}") != std::string::npos);
  CHECK(world.get("/docs").header("Content-Security-Policy").find("default-src 'none'") == 0);
  for (const auto* slug : {"stale", "busy", "foreign-origin"})
    CHECK(world.get(std::string("/problems/") + slug).status() == 200);
  CHECK(world.get("/problems/nothing").status() == 404);
  CHECK(world.get("/metrics").response.body.find("xueji_http_requests_total{operation=\"showDocs\",status=\"2xx\"}") !=
        std::string::npos);
  CHECK(world.get("/openapi.json").json().at("paths").as_object().contains("/demo"));
  ApplicationWorld production;
  CHECK(production.get("/demo").slug() == "not-found");
  CHECK(production.get("/api/v1/demo").slug() == "not-found");
}

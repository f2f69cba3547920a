// What only administrators are told, and the posts that people lend.
#include <boost/json/array.hpp>

#include "tests/catch.hpp"
#include "tests/unit/web/application_world.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace xueji::testing;
namespace json = boost::json;

namespace {

json::array items(const Answered& answered) {
  INFO(answered.response.body);
  REQUIRE(answered.status() == 200);
  return answered.json().at("items").as_array();
}

std::string text_at(const json::value& value, const char* key) { return value.at(key).as_string().c_str(); }

/// Takes a new request to the national side, which does not answer; the id of its job.
std::string waiting_job(ApplicationWorld& world, int student) {
  world.central.is_down = true;
  const auto id = world.open(student);
  std::int64_t version = 1;
  for (const auto* username : {"head", "reviewer", "approver"}) {
    const auto done = world.act(id, "approve", username, version, "approve");
    INFO(done.response.body);
    REQUIRE(done.status() == 200);
    version = done.json().at("version").as_int64();
  }
  const RequestId request{std::stoll(id)};
  world.machine_room->wake();
  world.store.wait_until([&](const FakeData& data) { return data.requests.at(request).token.attempts > 0; });
  while (world.machine_room->is_under_way(request)) std::this_thread::yield();
  return to_string(tasks_of(world.store.data().requests.at(request)).front().id);
}

}  // namespace

TEST_CASE("the check that is waited for is listed with its last answer") {
  ApplicationWorld world;
  CHECK(items(world.get("/api/v1/checks", "admin")).empty());
  const auto id = waiting_job(world, 1);
  const auto answered = world.get("/api/v1/checks?count=true", "admin");
  const auto listed = items(answered);
  REQUIRE(listed.size() == 1);
  CHECK(answered.json().at("count").as_int64() == 1);
  const auto& job = listed[0];
  CHECK(text_at(job, "id") == id);
  CHECK(text_at(job.at("workflow"), "key") == "key-information-change");
  CHECK(text_at(job.at("student"), "id") == "1");
  CHECK(text_at(job, "check") == "identity_comparison");
  CHECK(text_at(job, "checkTitle") == "身份比对");
  CHECK(text_at(job, "lastOutcome") == "unavailable");
  CHECK(job.at("attempts").as_int64() == 1);
  CHECK_FALSE(job.at("underWay").as_bool());
  CHECK(job.at("detail").is_string());
  CHECK(text_at(job, "nextAt") > text_at(job, "since"));
  CHECK(items(world.get("/api/v1/checks?outcome=unavailable", "admin")).size() == 1);
  CHECK(items(world.get("/api/v1/checks?outcome=none", "admin")).empty());
  CHECK(world.get("/api/v1/checks?outcome=clear", "admin").slug() == "malformed");
  CHECK(world.get("/api/v1/checks", "approver").slug() == "not-allowed");
}

TEST_CASE("a retry asks anew; what is no job is not found, and what is answered refused") {
  ApplicationWorld world;
  const auto id = waiting_job(world, 1);
  const auto retry = [&](const std::string& job, const std::string& username = "admin", const std::string& body = {}) {
    return world.post("/api/v1/checks/" + job + "/retry", body, username);
  };
  CHECK(retry(id, "approver").slug() == "not-allowed");
  for (const auto* job : {"0", "x", "7", "15", "800"}) CHECK(retry(job).slug() == "not-found");
  CHECK(retry(id, "admin", R"({"now":true})").slug() == "validation");
  world.central.is_down = false;
  world.clock.advance(std::chrono::microseconds(1));
  const auto retried = retry(id);
  INFO(retried.response.body);
  REQUIRE(retried.status() == 200);
  CHECK(text_at(retried.json(), "id") == id);
  CHECK(text_at(retried.json(), "nextAt") == to_rfc3339(world.clock.now()));
  const RequestId request = request_of(TaskId{std::stoll(id)});
  world.store.wait_until([&](const FakeData& data) { return data.requests.at(request).outcome.has_value(); });
  while (world.machine_room->is_under_way(request)) std::this_thread::yield();
  const auto late = retry(id);
  CHECK(late.slug() == "not-in-this-state");
  CHECK(text_at(late.json(), "detail") == "此件已结束（办结），不能再办理");
}

TEST_CASE("a job that is being asked is not asked twice") {
  ApplicationWorld world;
  std::promise<void> reached, let_go;
  std::atomic<bool> holds{false};
  world.central.on_ask = [&] {
    if (!holds.exchange(false)) return;
    reached.set_value();
    let_go.get_future().wait();
  };
  const auto id = waiting_job(world, 1);
  holds = true;
  world.clock.advance(std::chrono::microseconds(1));
  REQUIRE(world.post("/api/v1/checks/" + id + "/retry", "", "admin").status() == 200);
  reached.get_future().wait();
  const auto again = world.post("/api/v1/checks/" + id + "/retry", "", "admin");
  CHECK(again.slug() == "not-in-this-state");
  CHECK(text_at(again.json(), "detail") == "正在查询，请等待结果");
  CHECK(items(world.get("/api/v1/checks", "admin"))[0].at("underWay").as_bool());
  let_go.set_value();
}

TEST_CASE("every version of a definition tells how many requests stand in each of its states") {
  ApplicationWorld world;
  world.open(1);
  world.open(2, false);
  const auto listed = items(world.get("/api/v1/definitions", "admin"));
  REQUIRE(listed.size() >= 1);
  std::map<std::string, std::int64_t> counts;
  for (const auto& definition : listed) {
    if (text_at(definition, "key") != "key-information-change") continue;
    CHECK(definition.at("current").as_bool());
    CHECK(definition.at("counts").as_array().size() == definition.at("states").as_array().size());
    for (const auto& count : definition.at("counts").as_array())
      counts[text_at(count, "state")] = count.at("count").as_int64();
  }
  CHECK(counts.at("draft") == 1);
  CHECK(counts.at("head_review") == 1);
  CHECK(counts.at("completed") == 0);
  CHECK(world.get("/api/v1/definitions", "head").slug() == "not-allowed");
}

TEST_CASE("administrators are told how long requests wait in each state") {
  ApplicationWorld world;
  world.open(1);
  for (const auto& definition : items(world.get("/api/v1/definitions", "admin"))) {
    const auto& waiting = definition.at("waiting").as_array();
    if (text_at(definition, "key") != "key-information-change") {
      CHECK(waiting.empty());
      continue;
    }
    REQUIRE(waiting.size() == 1);
    CHECK(text_at(waiting[0], "state") == "head_review");
    CHECK(waiting[0].at("count").as_int64() == 1);
    CHECK(waiting[0].at("meanSeconds").as_int64() == 30 * 3600);
    CHECK(waiting[0].at("longestSeconds").as_int64() == 48 * 3600);
  }
}

TEST_CASE("a version of a definition is drawn for administrators, in their language") {
  ApplicationWorld world;
  const auto drawn = world.get("/api/v1/definitions/key-information-change/4/diagram", "admin");
  CHECK(drawn.response.status == 200);
  CHECK(drawn.response.content_type == "image/svg+xml");
  CHECK_THAT(std::string(drawn.response.content()), Catch::Matchers::ContainsSubstring("data-state=\"head_review\""));
  CHECK(world.get("/api/v1/definitions/key-information-change/9/diagram", "admin").slug() == "not-found");
  CHECK(world.get("/api/v1/definitions/nothing/1/diagram", "admin").slug() == "not-found");
  CHECK(world.get("/api/v1/definitions/key-information-change/4/diagram", "head").slug() == "not-allowed");
}

TEST_CASE("whoever may see a request may see its procedure drawn") {
  ApplicationWorld world;
  const auto drawn = world.get("/api/v1/requests/" + world.open(1) + "/diagram", "head");
  CHECK(drawn.response.status == 200);
  CHECK_THAT(std::string(drawn.response.content()), Catch::Matchers::ContainsSubstring("data-state=\"county_review\""));
  CHECK(world.get("/api/v1/requests/999/diagram", "head").slug() == "not-found");
}

TEST_CASE("the server tells administrators how it is") {
  ApplicationOptions options;
  options.version = "1.2.3";
  ApplicationWorld world(options);
  const auto started = world.clock.now();
  world.open(1);
  world.clock.advance(std::chrono::minutes(-1));
  world.steady.advance(std::chrono::seconds(90));
  const auto health = world.get("/api/v1/health", "admin").json();
  CHECK(text_at(health, "version") == "1.2.3");
  CHECK(text_at(health, "startedAt") == to_rfc3339(started));
  CHECK(health.at("uptimeSeconds").as_int64() == 90);
  CHECK_FALSE(health.at("demo").as_bool());
  for (const auto* name : {"store", "definitions", "workers"}) CHECK(health.at("ready").at(name).as_bool());
  CHECK(health.at("pipeline").at("committed").as_int64() == 1);
  CHECK(health.at("pipeline").at("queued").as_int64() == 0);
  CHECK(health.at("websockets").as_int64() == 0);
  CHECK(health.at("database").at("sizeBytes").as_int64() == 4096);
  CHECK(health.at("checks").at("waiting").as_int64() == 0);
  CHECK(text_at(health.at("missing").as_array().at(0), "rule") == "calendar-not-found");
  CHECK(text_at(health.at("missing").as_array().at(0), "message") == "找不到业务日历，期限只扣除周末，不扣除节假日");
  CHECK(world.get("/api/v1/health", "head").slug() == "not-allowed");
}

TEST_CASE("anybody may ask which program this is") {
  ApplicationOptions options;
  options.version = "1.2.3";
  ApplicationWorld world(options);
  CHECK(world.get("/api/v1/about").response.body == R"({"name":"xueji","version":"1.2.3","demo":false})");
}

TEST_CASE("whom one can lend a post to, and what one has lent") {
  ApplicationWorld world;
  const auto colleagues = items(world.get("/api/v1/me/colleagues", "head"));
  REQUIRE(colleagues.size() == 1);
  CHECK(text_at(colleagues[0], "username") == "registrar");
  CHECK(text_at(colleagues[0], "name") == "name of registrar");
  CHECK(text_at(colleagues[0].at("posts").at(0), "role") == "registrar");
  CHECK(items(world.get("/api/v1/me/delegations", "head")).empty());
  const std::string until = to_rfc3339(world.clock.now() + std::chrono::hours(24));
  const auto lent =
      world.post("/api/v1/me/delegations", R"({"post":"11","to":"registrar","until":")" + until + "\"}", "head");
  REQUIRE(lent.status() == 201);
  const auto listed = items(world.get("/api/v1/me/delegations", "head"));
  REQUIRE(listed.size() == 1);
  CHECK(listed[0] == lent.json());
  CHECK(text_at(listed[0], "to") == "registrar");
  CHECK(text_at(listed[0], "toName") == "name of registrar");
  CHECK(text_at(listed[0], "until") == until);
  CHECK(items(world.get("/api/v1/me/delegations", "registrar")).empty());
}

TEST_CASE("the queue of one post is asked for by the post's id") {
  ApplicationWorld world;
  world.open(1);
  CHECK(items(world.get("/api/v1/tasks?post=11", "head")).size() == 1);
  CHECK(items(world.get("/api/v1/tasks?post=10", "head")).empty());
  CHECK(items(world.get("/api/v1/tasks?post=11", "registrar")).empty());
  CHECK(world.get("/api/v1/tasks?post=x", "head").slug() == "malformed");
}

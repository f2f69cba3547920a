// What the shapes tell a person beside the bare facts: titles, posts, working days, the way that lies ahead.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/catch.hpp"
#include "tests/unit/web/application_world.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace xueji::testing;
namespace json = boost::json;

namespace {

const std::string workflow = "/api/v1/workflows/key-information-change";

std::string text(const json::value& value) { return value.as_string().c_str(); }

std::string texts(const json::value& array, const char* member) {
  std::string joined;
  for (const auto& item : array.as_array()) joined += (joined.empty() ? "" : " ") + text(item.at(member));
  return joined;
}

const json::value& one(const json::value& array, std::string_view key) {
  for (const auto& item : array.as_array())
    if (text(item.at("key")) == key) return item;
  throw std::out_of_range(std::string(key));
}

std::string rules(const json::value& explanation) { return texts(explanation.at("reasons"), "rule"); }

}  // namespace

TEST_CASE("a business tells its main way, its source, and in words who acts where") {
  ApplicationWorld world;
  const auto shown = world.get(workflow, "registrar").json();
  CHECK(json::serialize(shown.at("path")) ==
        R"(["draft","head_review","county_review","county_approval","central_check","completed"])");
  CHECK(text(shown.at("source")) == "FAQ 7; 教基〔2025〕1号");
  CHECK(text(one(shown.at("states"), "county_review").at("byTitle")) == "学校所属主管部门经办人");
  const auto& check = one(shown.at("states"), "central_check").as_object();
  CHECK(json::serialize(check.at("checks")) == R"(["duplicate_check","identity_comparison"])");
  CHECK_FALSE(check.contains("byTitle"));
  CHECK_FALSE(check.contains("holder"));
  CHECK_FALSE(one(shown.at("states"), "draft").as_object().contains("checks"));
  CHECK_FALSE(shown.at("open").as_object().contains("explain"));
  CHECK(text(one(shown.at("actions"), "withdraw").at("byTitle")) == "学校学籍管理员");
}

TEST_CASE("for a student a business tells who would hold each state, and whether it may be opened") {
  ApplicationWorld world;
  for (const auto& shown : {world.get(workflow + "?student=1", "registrar").json(),
                            world.get("/api/v1/workflows?student=1", "registrar").json().at("items").at(0)}) {
    CHECK(shown.at("open").at("explain").at("allowed").as_bool());
    CHECK(text(shown.at("open").at("explain").at("action")) == "open");
    const auto& states = shown.at("states");
    CHECK(text(one(states, "head_review").at("holder").at("office").at("id")) == to_string(school));
    CHECK(text(one(states, "county_approval").at("holder").at("office").at("id")) == to_string(county));
    CHECK(text(one(states, "county_approval").at("holder").at("role")) == "approver");
    CHECK(text(one(states, "central_check").at("holder").at("office").at("id")) == to_string(ministry));
    CHECK(text(one(states, "central_check").at("holder").at("role")) == "system");
    CHECK_FALSE(one(states, "completed").as_object().contains("holder"));
  }
}

TEST_CASE("before a form is filled in, its student's open business is told, and whose post it is to open") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto locked = world.get(workflow + "?student=1", "registrar").json().at("open").at("explain");
  CHECK_FALSE(locked.at("allowed").as_bool());
  CHECK(rules(locked) == "open-business");
  CHECK(text(locked.at("reasons").at(0).at("message")).find("编号 " + id) != std::string::npos);
  CHECK(text(locked.at("reasons").at(0).at("message")).find("主管领导") != std::string::npos);
  CHECK(locked.at("reasons").at(0).at("since").is_string());
  const auto by_head = world.get(workflow + "?student=2", "head").json().at("open").at("explain");
  CHECK(rules(by_head) == "post");
  CHECK(text(by_head.at("who").at(0).at("role")) == "registrar");
}

TEST_CASE("for a student that the caller may not see there is no business, and no bad id") {
  ApplicationWorld world;
  CHECK(world.get(workflow + "?student=1", "stranger").slug() == "not-found");
  CHECK(world.get("/api/v1/workflows?student=1", "stranger").slug() == "not-found");
  CHECK(world.get(workflow + "?student=999", "registrar").slug() == "not-found");
  CHECK(world.get("/api/v1/workflows?student=999", "registrar").slug() == "not-found");
  CHECK(world.get(workflow + "?student=x", "registrar").slug() == "malformed");
  CHECK(world.get("/api/v1/workflows?student=x", "registrar").slug() == "malformed");
}

TEST_CASE("a request tells its steps in the detail view and where it was acted on, not in lists") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto steps = world.get("/api/v1/requests/" + id, "head").json().at("steps");
  CHECK(texts(steps, "key") == "draft head_review county_review county_approval central_check completed");
  CHECK(texts(steps, "position") == "done current ahead ahead ahead ahead");
  const auto& head = steps.at(1);
  CHECK(text(head.at("title")) == "学校审核");
  CHECK(text(head.at("kind")) == "approval");
  CHECK(head.at("workingDays").as_int64() == 5);
  CHECK(text(head.at("holder").at("role")) == "head");
  CHECK(steps.at(5).at("holder").is_null());
  CHECK_FALSE(steps.at(4).as_object().contains("workingDays"));
  const auto listed = world.get("/api/v1/requests", "head").json().at("items").at(0).as_object();
  CHECK_FALSE(listed.contains("steps"));
  CHECK(text(listed.at("openedAs").at("role")) == "registrar");
  const auto approved = world.act(id, "approve", "head", 1, "k1");
  CHECK(texts(approved.json().at("steps"), "position") == "done done current ahead ahead ahead");
}

TEST_CASE("an action that is allowed names the post under which the caller would act") {
  ApplicationWorld world;
  const auto actions = world.get("/api/v1/requests/" + world.open(1), "head").json().at("actions");
  CHECK(text(one(actions, "approve").at("as").at("role")) == "head");
  CHECK(text(one(actions, "approve").at("as").at("office").at("id")) == to_string(school));
  CHECK_FALSE(one(actions, "withdraw").as_object().contains("as"));
}

TEST_CASE("tasks and holders tell the working days left, and by name who has claimed them") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto unclaimed = world.get("/api/v1/tasks", "head").json().at("items").at(0);
  CHECK(unclaimed.at("dueInWorkingDays").as_int64() == 5);
  CHECK(unclaimed.at("claimedByName").is_null());
  const auto claimed =
      world.post("/api/v1/tasks/" + to_string(task_id(RequestId{std::stoll(id)}, 2)) + "/claim", "", "head").json();
  CHECK(text(claimed.at("claimedByName")) == "name of head");
  const auto request = world.get("/api/v1/requests/" + id, "head").json();
  CHECK(text(request.at("holders").at(0).at("claimedByName")) == "name of head");
  CHECK(request.at("holders").at(0).at("dueInWorkingDays").as_int64() == 5);
  const auto student = world.get("/api/v1/students/1", "head").json();
  CHECK(text(student.at("openRequest").at("holders").at(0).at("claimedByName")) == "name of head");
}

TEST_CASE("a draft is due in its thirty working days") {
  ApplicationWorld world;
  const auto opened = world.post(
      "/api/v1/requests",
      R"({"workflow":"key-information-change","student":"1","fields":{"new_name":"张叁","ground":"register_changed","reason":"更正"}})",
      "registrar", {{"Idempotency-Key", "draft"}});
  REQUIRE(opened.status() == 201);
  CHECK(opened.json().at("holders").at(0).at("dueInWorkingDays").as_int64() == 30);
}

TEST_CASE("a history calls acts and states by their titles, and so does what a stale version missed") {
  ApplicationWorld world;
  const auto id = world.open(1);
  REQUIRE(world.act(id, "approve", "head", 1, "k1").status() == 200);
  const auto items = world.get("/api/v1/requests/" + id + "/history", "head").json().at("items");
  CHECK(texts(items, "actionTitle") == "发起 提交 同意");
  CHECK(items.at(0).at("fromTitle").is_null());
  CHECK(text(items.at(0).at("toTitle")) == "填报");
  CHECK(text(items.at(2).at("fromTitle")) == "学校审核");
  CHECK(text(items.at(2).at("toTitle")) == "主管部门经办");
  auto english = world.request(Method::get, "/api/v1/requests/" + id + "/history", "head");
  english.headers.add("Accept-Language", "en");
  CHECK(texts(world.send(std::move(english)).json().at("items"), "actionTitle") == "Open Submit Approve");
  const auto missed = world.act(id, "withdraw", "registrar", 1, "k2").json().at("changes").as_array().back();
  CHECK(text(missed.at("actionTitle")) == "同意");
  CHECK(text(missed.at("fromTitle")) == "学校审核");
  CHECK(text(missed.at("toTitle")) == "主管部门经办");
}

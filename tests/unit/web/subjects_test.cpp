// Whom a request is about, as the API takes and tells it.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/catch.hpp"
#include "tests/unit/web/application_world.hpp"
#include "web/shapes/json_notification.hpp"
#include "web/shapes/json_subject.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace xueji::testing;
namespace json = boost::json;

namespace {

Answered opened_about(ApplicationWorld& world, const std::string& whom) {
  return world.post("/api/v1/requests",
                    R"({"workflow":"key-information-change",)" + whom +
                        R"("fields":{"new_name":"张叁","ground":"register_changed","reason":"更正"}})",
                    "registrar", {{"Idempotency-Key", "about"}});
}

std::string pointer_of(const Answered& answered) {
  REQUIRE(answered.status() == 422);
  return std::string(answered.json().at("errors").at(0).at("pointer").as_string());
}

}  // namespace

TEST_CASE("a business about one student takes a list of one, and no longer one") {
  ApplicationWorld world;
  CHECK(pointer_of(opened_about(world, R"("subjects":[{"student":"1"},{"student":"2"}],)")) == "/subjects");
  CHECK(pointer_of(opened_about(world, R"("student":"1","subjects":[{"student":"1"}],)")) == "/subjects");
  CHECK(pointer_of(opened_about(world, R"("subjects":[{"student":"1"},{"student":"1"}],)")) == "/subjects/1/student");
  CHECK(pointer_of(opened_about(world, R"("subjects":[{"student":1}],)")) == "/subjects/0/student");
  CHECK(pointer_of(opened_about(world, R"("subjects":[],)")) == "/subjects");
  CHECK(pointer_of(opened_about(world, "")) == "/student");
  CHECK(pointer_of(opened_about(world, R"("student":null,)")) == "/student");
  const auto opened = opened_about(world, R"("subjects":[{"student":"1"}],)");
  REQUIRE(opened.status() == 201);
  CHECK(opened.json().at("student").at("id").as_string() == "1");
  CHECK(opened.json().at("subjectCount").as_int64() == 1);
  CHECK_FALSE(opened.json().as_object().contains("mayBeSetAside"));
}

TEST_CASE("the one student of a request is listed, and can't be set aside") {
  ApplicationWorld world;
  const auto id = world.open(1);
  const auto path = "/api/v1/requests/" + id + "/subjects";
  const auto items = world.get(path, "head").json().at("items").as_array();
  REQUIRE(items.size() == 1);
  CHECK(items[0].at("ordinal").as_int64() == 1);
  CHECK(items[0].at("student").at("id").as_string() == "1");
  CHECK(items[0].at("student").at("birthDate").is_null());
  CHECK(world.get(path + "?setAside=true", "head").json().at("items").as_array().empty());
  CHECK(world.get(path + "?setAside=maybe", "head").slug() == "malformed");
  CHECK(world.get(path, "stranger").slug() == "not-found");
  const auto apart = [&](const std::string& ordinal, const std::string& body) {
    return world.post(path + "/" + ordinal + "/set-aside", body, "head",
                      {{"If-Match", "\"1\""}, {"Idempotency-Key", "apart" + ordinal}});
  };
  for (const std::string ordinal : {"1", "0", "01", "x", "99999999999"})
    CHECK(apart(ordinal, R"({"reason":"转学"})").slug() == "not-found");
  CHECK(pointer_of(apart("1", "{}")) == "/reason");
  CHECK(pointer_of(apart("1", R"({"reason":" "})")) == "/reason");
  CHECK(world.act(id, "set_aside", "head", 1, "no-ordinal", R"({"comment":"转学"})").slug() == "not-found");
}

TEST_CASE("several students are called by the first of them and how many they are") {
  using Kind = SubjectRule::Kind;
  CHECK(name_of_students("张三", 1, Kind::one) == Text{"张三", "张三"});
  CHECK(name_of_students("张三", 1, Kind::batch) == Text{"张三", "张三"});
  CHECK(name_of_students("张三", 2, Kind::batch) == Text{"张三等 2 人", "张三 and 1 other"});
  CHECK(name_of_students("张三", 45, Kind::batch) == Text{"张三等 45 人", "张三 and 44 others"});
  CHECK(name_of_students("张三", 2, Kind::pair) == Text{"张三（2 条学籍）", "张三 (2 records)"});
  NotificationRow row;
  row.kind = "completed";
  row.student_name = "张三";
  row.subjects = 45;
  Definition definition;
  definition.title = {"班级调整", "Change of class"};
  definition.subject.kind = Kind::batch;
  CHECK(notification_text(row, definition) ==
        Text{"张三等 45 人的“班级调整”已办结", "张三 and 44 others: \"Change of class\" is completed"});
  definition.subject.kind = Kind::pair;
  row.subjects = 2;
  CHECK(notification_text(row, definition).zh == "张三（2 条学籍）的“班级调整”已办结");
}

TEST_CASE("a business says whom it is about") {
  ApplicationWorld world;
  const auto shown = world.get("/api/v1/workflows/key-information-change", "registrar").json();
  CHECK(shown.at("subject").as_string() == "student");
  CHECK(shown.at("atMost").as_int64() == 1);
  CHECK_FALSE(shown.at("chooses").as_bool());
  CHECK(shown.at("opensOn").is_null());
  CHECK(shown.at("lock").as_string() == "from opening");
  CHECK(shown.at("oncePer").as_array().empty());
}

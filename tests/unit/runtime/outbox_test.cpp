#include "engine/runtime/outbox.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

TEST_CASE("the event of an act tells which tasks left and came, and whom it concerns") {
  World world;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  world.done(act(id, "approve", head()));
  world.runtime.stop();

  const OutboxRow row = world.sink.rows().back();
  CHECK(row.action == "approve");
  CHECK(row.state == "county_review");
  CHECK(row.version == world.store.data().requests.at(id).version);
  REQUIRE(row.before.size() == 1);
  CHECK(row.before.front().holder == Holder{school, Role::head});
  REQUIRE(row.after.size() == 1);
  CHECK(row.after.front().holder == Holder{county, Role::reviewer});
  CHECK(row.concerned == std::vector<OfficeId>{county, school});
}

TEST_CASE("an act with several entries is told once, under its last") {
  World world;
  world.done(open_name_change(StudentId{1}, "新名"));
  world.runtime.stop();
  const auto rows = world.sink.rows();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].id == HistoryId{2});
  CHECK(rows[0].action == "submit");
  REQUIRE(rows[0].after.size() == 1);
  CHECK(rows[0].after.front().holder == Holder{school, Role::head});
}

TEST_CASE("the machine's own task is nobody's") {
  World world;
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
  world.runtime.stop();
  CHECK(tasks_of_people(world.store.data().requests.at(id)).empty());
  const OutboxRow row = world.sink.rows().back();
  CHECK(row.after.empty());
  CHECK(row.concerned == std::vector<OfficeId>{county, school});
}

TEST_CASE("who is told stands in the event with the number of the notice") {
  World world;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  world.done(act(id, "return", head()));
  world.runtime.stop();
  const OutboxRow row = world.sink.rows().back();
  REQUIRE(row.told.size() == 1);
  CHECK(row.told.front().account == registrar().account);
  CHECK(row.told.front().id.value >= 1);
}

#include "engine/runtime/machine_room.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/fake_queries.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;
using namespace std::chrono_literals;

namespace {

MachineRoomOptions quick() {
  MachineRoomOptions options;
  options.poll = 1ms;
  return options;
}

/// The machine beside a world, with its own registry questions and national side.
struct Machine {
  explicit Machine(World& world, CentralRegistry& central, MachineRoomOptions options = quick())
      : queries(world.store), room(world.store, queries, central, world.clock, world.rooms, world.runtime, options) {}
  FakeQueries queries;
  MachineRoom room;
};

std::string new_name(int i) {
  static const std::vector<std::string> endings{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
  return "新名" + endings.at(static_cast<std::size_t>(i - 1));
}

auto in_state(RequestId id, std::string state) {
  return [id, state](const FakeData& data) { return data.requests.at(id).token.state == state; };
}

int count_entries(const FakeData& data, RequestId id, std::string_view action) {
  int count = 0;
  for (const StoredEntry& entry : data.history) count += entry.request == id && entry.entry.action == action;
  return count;
}

}  // namespace

TEST_CASE("clear checks complete a request, and the change is in the registry once") {
  World world;
  FakeCentral central;
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
  Machine machine(world, central);
  world.store.wait_until(in_state(id, "completed"));

  const auto data = world.store.data();
  CHECK(data.students.at(StudentId{1}).name == "新名");
  CHECK(data.students.at(StudentId{1}).version == 2);
  CHECK_FALSE(data.students.at(StudentId{1}).open_request);
  CHECK(count_entries(data, id, "checks") == 1);
  CHECK(central.asked() == std::map<std::string, int>{{to_string(id) + ":central_check:1:identity_comparison", 1}});
}

TEST_CASE("a duplicate makes the request suspect and names the other by ids only") {
  World world;
  FakeCentral central;
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_id_number", id_number(2)}});
  Machine machine(world, central);
  world.store.wait_until(in_state(id, "county_findings"));

  const auto data = world.store.data();
  const Finding finding = data.requests.at(id).findings.front();
  CHECK(finding.code == "same_id_number");
  CHECK(finding.detail.en == "The registry holds possible duplicates: student 2 (school 4) has the same ID number");
  CHECK(data.students.at(StudentId{1}).id_number == id_number(1));
}

TEST_CASE("during an outage requests wait with growing pauses, and finish once it is over, each effect once") {
  World world;
  FakeCentral central;
  central.is_down = true;
  std::vector<RequestId> ids;
  for (int i = 1; i <= 5; ++i) ids.push_back(world.to_central_check(StudentId{i}, {{"new_name", new_name(i)}}));
  Machine machine(world, central);

  for (int attempt = 1; attempt <= 4; ++attempt) {
    world.store.wait_until([&](const FakeData& data) {
      return std::all_of(ids.begin(), ids.end(),
                         [&](RequestId id) { return data.requests.at(id).token.attempts == attempt; });
    });
    world.clock.advance(1h);
  }
  const auto waiting = world.store.data();
  for (const RequestId id : ids) {
    CHECK(waiting.requests.at(id).token.state == "central_check");
    CHECK(count_entries(waiting, id, "checks") == 1);
  }

  central.is_down = false;
  world.clock.advance(1h);
  for (const RequestId id : ids) world.store.wait_until(in_state(id, "completed"));
  const auto data = world.store.data();
  for (int i = 1; i <= 5; ++i) {
    CHECK(data.students.at(StudentId{i}).name == new_name(i));
    CHECK(data.students.at(StudentId{i}).version == 2);
  }
  CHECK(central.asked().size() == ids.size());
}

TEST_CASE("after a crash at any moment of a check the next start finishes it once") {
  enum class Moment { before_commit, after_commit };
  const auto moment = GENERATE(Moment::before_commit, Moment::after_commit);
  FakeCentral central;
  FakeData survived;
  RequestId id;
  {
    World world;
    id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
    // What is stored at that moment is what a killed process would leave.
    std::promise<void> reached;
    bool is_first = true;
    auto crash = [&] {
      if (!std::exchange(is_first, false)) return;
      survived = world.store.data();
      reached.set_value();
    };
    (moment == Moment::before_commit ? world.store.before_commit : world.store.after_commit) = crash;
    Machine machine(world, central);
    reached.get_future().wait();
  }
  World restarted(survived, {});
  restarted.clock.advance(1s);
  Machine machine(restarted, central);
  restarted.store.wait_until(in_state(id, "completed"));
  const auto data = restarted.store.data();
  CHECK(data.students.at(StudentId{1}).version == 2);
  CHECK(count_entries(data, id, "checks") == 1);
  CHECK(central.asked().size() == 1);
}

TEST_CASE("two students who ask for the same ID number at once do not both get it") {
  World world;
  FakeCentral central;
  const RequestId one = world.to_central_check(StudentId{1}, {{"new_id_number", id_number(300)}});
  const RequestId two = world.to_central_check(StudentId{2}, {{"new_id_number", id_number(300)}});
  Machine machine(world, central);
  world.store.wait_until([&](const FakeData& data) {
    return data.requests.at(one).token.state != "central_check" && data.requests.at(two).token.state != "central_check";
  });
  const auto data = world.store.data();
  CHECK((data.requests.at(one).outcome == Outcome::completed) != (data.requests.at(two).outcome == Outcome::completed));
  CHECK((data.students.at(StudentId{1}).id_number == id_number(300)) !=
        (data.students.at(StudentId{2}).id_number == id_number(300)));
}

TEST_CASE("a duplicate that comes up while the national side is being asked is still found") {
  World world;
  FakeCentral central;
  central.on_ask = [&] {
    world.store.meddle([](FakeData& data) { data.students.at(StudentId{2}).id_number = id_number(300); });
  };
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_id_number", id_number(300)}});
  Machine machine(world, central);
  world.store.wait_until(in_state(id, "county_findings"));
  CHECK(world.store.data().students.at(StudentId{1}).id_number == id_number(1));
}

TEST_CASE("of two clear answers in one batch that give the same ID number the later is to be asked anew") {
  World world;
  const RequestId one = world.to_central_check(StudentId{1}, {{"new_id_number", id_number(300)}});
  const RequestId two = world.to_central_check(StudentId{2}, {{"new_id_number", id_number(300)}});
  const auto clear = [](RequestId id) {
    const auto finding = [](const char* check) { return Finding{check, CheckOutcome::clear, {}, "", {}}; };
    return Command{
        AnswerChecks{id, "central_check", 0, {finding("duplicate_check"), finding("identity_comparison")}}, {}, {}, {}};
  };
  const auto results = world.in_one_batch({clear(one), clear(two)});
  CHECK(committed(results[0]));
  REQUIRE(refusal(results[1]));
  CHECK(refusal(results[1])->kind == RefusalKind::stale);
  CHECK(world.store.data().requests.at(two).token.state == "central_check");
}

TEST_CASE("of two clear answers in one batch that give the same number the later is asked anew, and then refused") {
  auto data = registry(2);
  for (const std::int64_t id : {1, 2}) {
    Student& student = data.students.at(StudentId{id});
    student.id_number = id_number(300);
    student.numbers = {{"J" + id_number(400 + static_cast<int>(id)), NumberKind::J, NumberState::current, {}}};
  }
  World world(std::move(data), {});
  world.deploy(definition_of("workflows/j-to-g"));
  const RequestId one = world.to_central_check(open_j_to_g(StudentId{1}, id_number(300)));
  const RequestId two = world.to_central_check(open_j_to_g(StudentId{2}, id_number(300)));
  const auto clear = [](RequestId id) {
    const auto finding = [](const char* check) { return Finding{check, CheckOutcome::clear, {}, "", {}}; };
    return Command{
        AnswerChecks{id, "central_check", 0, {finding("duplicate_check"), finding("identity_comparison")}}, {}, {}, {}};
  };
  const auto results = world.in_one_batch({clear(one), clear(two)});
  CHECK(committed(results[0]));
  REQUIRE(refusal(results[1]));
  CHECK(refusal(results[1])->kind == RefusalKind::stale);
  CHECK(world.store.data().students.at(StudentId{1}).numbers.back().number == "G" + id_number(300));
  CHECK(world.done(clear(two)).request.token.state == "county_findings");
  CHECK(world.store.data().students.at(StudentId{2}).numbers.size() == 1);
}

TEST_CASE("a registry that can't be asked counts as an outage of the duplicate check") {
  World world;
  FakeCentral central;
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
  Machine machine(world, central);
  world.store.wait_until(in_state(id, "completed"));

  machine.queries.is_down = true;
  const RequestId waits = world.to_central_check(StudentId{2}, {{"new_name", "另一名"}});
  world.store.wait_until([&](const FakeData& data) { return data.requests.at(waits).token.attempts >= 1; });
  CHECK(world.store.data().requests.at(waits).findings.front().outcome == CheckOutcome::unavailable);
  machine.queries.is_down = false;
  world.clock.advance(1h);
  world.store.wait_until(in_state(waits, "completed"));
}

TEST_CASE("a deadline first reminds, then lets the level above act too, each once") {
  World world;
  FakeCentral central;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  Machine machine(world, central);
  const auto token = [&] { return world.store.data().requests.at(id).token; };
  REQUIRE(token().timer);
  world.clock.advance(*token().timer - world.clock.now());
  world.store.wait_until([&](const FakeData& data) { return data.requests.at(id).token.reminded; });
  world.clock.advance(*token().due - world.clock.now());
  world.store.wait_until([&](const FakeData& data) { return data.requests.at(id).token.escalated_to.has_value(); });
  world.clock.advance(24h * 30);
  world.done(open_name_change(StudentId{2}, "另一名"));

  const auto data = world.store.data();
  CHECK(count_entries(data, id, "reminder") == 1);
  CHECK(count_entries(data, id, "overdue") == 1);
  CHECK(data.requests.at(id).token.escalated_to == Holder{county, Role::reviewer});
  CHECK(world.done(act(id, "approve", reviewer())).request.token.state == "county_review");
}

TEST_CASE("waking looks at once, long before the next poll") {
  World world;
  FakeCentral central;
  MachineRoomOptions rare;
  rare.poll = 24h;
  Machine machine(world, central, rare);
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
  machine.room.wake();
  world.store.wait_until(in_state(id, "completed"));
}

TEST_CASE("a retry is asked at once and answered once, though the outage lasted long") {
  World world;
  FakeCentral central;
  central.is_down = true;
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
  Machine machine(world, central);
  world.store.wait_until([&](const FakeData& data) { return data.requests.at(id).token.attempts == 1; });
  central.is_down = false;
  const Command retry{RetryChecks{id}, person(20, Role::admin, ministry), {}, {}};
  world.clock.advance(1us);
  world.done(retry);
  machine.room.wake();
  world.store.wait_until(in_state(id, "completed"));
  CHECK(world.store.data().students.at(StudentId{1}).version == 2);
  CHECK(count_entries(world.store.data(), id, "checks") == 2);
  CHECK(world.refused(retry).kind == RefusalKind::not_in_this_state);
}

TEST_CASE("a check that a clock set back has put off by a year is asked within its pause") {
  const bool restarted = GENERATE(false, true);
  World world;
  FakeCentral central;
  central.is_down = true;
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
  const auto attempted = [&](int times) {
    return [id, times](const FakeData& data) { return data.requests.at(id).token.attempts == times; };
  };
  auto machine = std::make_unique<Machine>(world, central);
  world.store.wait_until(attempted(1));
  if (restarted) machine.reset();
  world.clock.advance(-std::chrono::hours(24 * 365));
  if (restarted) machine = std::make_unique<Machine>(world, central);
  world.store.wait_until(attempted(2));
  const Token token = world.store.data().requests.at(id).token;
  CHECK(*token.timer == world.clock.now() + 10s);
  central.is_down = false;
  world.clock.advance(10s);
  world.store.wait_until(in_state(id, "completed"));
}

TEST_CASE("a job is under way while it is asked") {
  World world;
  FakeCentral central;
  std::promise<void> reached, let_go;
  central.on_ask = [&] {
    reached.set_value();
    let_go.get_future().wait();
  };
  const RequestId id = world.to_central_check(StudentId{1}, {{"new_name", "新名"}});
  Machine machine(world, central);
  reached.get_future().wait();
  CHECK(machine.room.is_under_way(id));
  CHECK_FALSE(machine.room.is_under_way(RequestId{id.value + 1}));
  let_go.set_value();
  world.store.wait_until(in_state(id, "completed"));
}

TEST_CASE("the machine room stops while checks wait, and can be stopped twice") {
  World world;
  FakeCentral central;
  for (int i = 1; i <= 10; ++i) world.to_central_check(StudentId{i}, {{"new_name", new_name(i)}});
  Machine machine(world, central);
  machine.room.stop();
  machine.room.stop();
  CHECK(machine.room.figures().under_way <= 10);
}

TEST_CASE("what nobody has undone in time is done once, also by a machine that starts later") {
  World world;
  FakeCentral central;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  world.store.meddle([](FakeData& data) { data.claimers[head().account] = head().posts; });
  Command approve = keyed(act(id, "approve", head()), "k");
  approve.undoable_for = 10s;
  const Committed held = world.done(approve);
  CHECK(held.undo_until == world.clock.now() + 10s);
  CHECK(held.request.token.state == "head_review");
  CHECK(world.done(approve).undo_until == held.undo_until);
  world.clock.advance(10s);
  Machine machine(world, central);
  world.store.wait_until(in_state(id, "county_review"));
  CHECK(world.store.data().pending.empty());
  CHECK(count_entries(world.store.data(), id, "approve") == 1);
  CHECK(world.done(approve).undo_until == held.undo_until);
  world.runtime.stop();
  std::vector<std::string> told;
  for (const OutboxRow& row : world.sink.rows()) told.push_back(row.action);
  CHECK(told == std::vector<std::string>{"submit", "pending", "approve"});
}

TEST_CASE("what was refused at the end is told to its officer") {
  World world;
  FakeCentral central;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  Command approve = act(id, "approve", head());
  approve.undoable_for = 10s;
  world.done(approve);
  world.clock.advance(10s);
  Machine machine(world, central);
  world.store.wait_until([](const FakeData& data) { return data.pending.empty(); });
  CHECK(in_state(id, "head_review")(world.store.data()));
  world.runtime.stop();
  const OutboxRow row = world.sink.rows().back();
  CHECK(row.action == "undone");
  REQUIRE(row.told.size() == 1);
  CHECK(row.told.front().kind == "undone");
  CHECK(row.told.front().account == head().account);
}

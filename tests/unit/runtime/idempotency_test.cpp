#include <thread>

#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

TEST_CASE("a repeated key answers with the same request as it is now, and nothing happens twice") {
  World world;
  const Command command = keyed(open_name_change(StudentId{1}, "新名"), "k1");
  const Committed first = world.done(command);
  CHECK_FALSE(first.replayed);
  world.done(act(first.request.id, "approve", head()));

  const Committed again = world.done(command);
  CHECK(again.replayed);
  CHECK(again.request.id == first.request.id);
  CHECK(again.request.token.state == "county_review");
  CHECK(again.student.id == StudentId{1});
  CHECK(world.store.data().requests.size() == 1);
}

TEST_CASE("a repeated act is answered before its outdated version is looked at") {
  World world;
  const Request request = world.done(open_name_change(StudentId{1}, "新名")).request;
  Command approve = keyed(act(request.id, "approve", head()), "k1");
  approve.expected_version = request.version;
  world.done(approve);
  CHECK(world.done(approve).replayed);
}

TEST_CASE("a key that was used for another act is refused") {
  World world;
  world.done(keyed(open_name_change(StudentId{1}, "新名"), "k1", "one body"));
  CHECK(world.refused(keyed(open_name_change(StudentId{2}, "新名"), "k1", "another body")).kind ==
        RefusalKind::idempotency_mismatch);
}

TEST_CASE("keys are the account's own") {
  World world;
  const RequestId id = world.done(keyed(open_name_change(StudentId{1}, "新名"), "k1")).request.id;
  const Committed approved = world.done(keyed(act(id, "approve", head()), "k1"));
  CHECK_FALSE(approved.replayed);
  CHECK(approved.request.token.state == "county_review");
}

TEST_CASE("a refused command leaves its key free") {
  World world;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  world.refused(keyed(act(id, "approve", reviewer()), "k1"));
  world.done(act(id, "approve", head()));
  CHECK_FALSE(world.done(keyed(act(id, "approve", reviewer()), "k1")).replayed);
}

TEST_CASE("who may no longer see the request learns nothing by repeating the key") {
  World world;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  const Command approve = keyed(act(id, "approve", head()), "k1");
  world.done(approve);
  Command moved_away = approve;
  moved_away.caller->posts.front().office = other_county;
  CHECK(world.refused(moved_away).kind == RefusalKind::not_found);
  moved_away.idempotency->fingerprint = "another body";
  CHECK(world.refused(moved_away).kind == RefusalKind::not_found);
}

TEST_CASE("a key that waits or is being committed is answered at once as in progress") {
  World world;
  world.store.close_gate();
  auto committing = world.later(keyed(open_name_change(StudentId{1}, "甲"), "committing"));
  world.store.wait_until_begun(1);
  auto waiting = world.later(keyed(open_name_change(StudentId{2}, "乙"), "waiting"));

  CHECK(world.refused(keyed(open_name_change(StudentId{1}, "甲"), "committing")).kind ==
        RefusalKind::idempotency_in_progress);
  CHECK(world.refused(keyed(open_name_change(StudentId{2}, "乙"), "waiting")).kind ==
        RefusalKind::idempotency_in_progress);
  world.store.open_gate();
  CHECK(committed(committing.get()));
  CHECK(committed(waiting.get()));
  CHECK(world.done(keyed(open_name_change(StudentId{2}, "乙"), "waiting")).replayed);
}

TEST_CASE("sixteen threads with the same key have one effect") {
  World world;
  std::atomic<int> effects{0}, replays{0}, in_progress{0}, others{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      const auto result = world.runtime.execute(keyed(open_name_change(StudentId{1}, "新名"), "same"));
      if (const auto* done = committed(result))
        ++(done->replayed ? replays : effects);
      else
        ++(refusal(result)->kind == RefusalKind::idempotency_in_progress ? in_progress : others);
    });
  for (auto& thread : threads) thread.join();
  CHECK(effects == 1);
  CHECK(others == 0);
  CHECK(replays + in_progress == 15);
  CHECK(world.store.data().requests.size() == 1);
}

#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

TEST_CASE("commands that gather while one is committed share the next commit") {
  World world(50);
  std::vector<Command> commands;
  for (int i = 1; i <= 40; ++i) commands.push_back(open_name_change(StudentId{i}, "新名"));
  const auto results = world.in_one_batch(std::move(commands));

  for (const auto& result : results) REQUIRE(committed(result));
  CHECK(world.store.commits() == std::vector<std::size_t>{40});
  CHECK(world.store.data().requests.size() == 40);
}

TEST_CASE("a batch is never larger than its limit, and batches of one commit each command by itself") {
  const auto [batch_max, commits] =
      GENERATE(table<std::size_t, std::vector<std::size_t>>({{1, {1, 1, 1}}, {2, {2, 1}}}));
  RuntimeOptions options;
  options.batch_max = batch_max;
  World world(5, options);
  world.in_one_batch({open_name_change(StudentId{1}, "甲"), open_name_change(StudentId{2}, "乙"),
                      open_name_change(StudentId{3}, "丙")});
  CHECK(world.store.commits() == commits);
}

TEST_CASE("commands of a batch are decided in order, each on what the earlier ones left") {
  World world;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  const auto results = world.in_one_batch({act(id, "approve", head()), act(id, "approve", reviewer()),
                                           act(id, "approve", reviewer()), act(id, "approve", approver())});
  REQUIRE(committed(results[0]));
  CHECK(committed(results[0])->request.token.state == "county_review");
  REQUIRE(committed(results[1]));
  CHECK(committed(results[1])->request.token.state == "county_approval");
  REQUIRE(refusal(results[2]));
  REQUIRE(committed(results[3]));
  CHECK(committed(results[3])->request.token.state == "central_check");
  CHECK(world.store.data().requests.at(id).token.state == "central_check");
}

TEST_CASE("the second business of a student is refused within one batch too, naming the first") {
  World world;
  const auto results = world.in_one_batch({open_name_change(StudentId{1}, "甲"), open_name_change(StudentId{1}, "乙")});
  REQUIRE(committed(results[0]));
  REQUIRE(refusal(results[1]));
  CHECK(refusal(results[1])->kind == RefusalKind::open_business);
  CHECK(refusal(results[1])->blocking_request == committed(results[0])->request.id);
}

TEST_CASE("of two acts on the same version in one batch the second is stale") {
  World world;
  const Request request = world.done(open_name_change(StudentId{1}, "新名")).request;
  Command first = act(request.id, "approve", head());
  Command second = act(request.id, "reject", head());
  first.expected_version = second.expected_version = request.version;
  const auto results = world.in_one_batch({first, second});
  CHECK(committed(results[0]));
  REQUIRE(refusal(results[1]));
  CHECK(refusal(results[1])->kind == RefusalKind::stale);
}

TEST_CASE("an unknown request, student or workflow is not found") {
  World world;
  CHECK(world.refused(act(RequestId{99}, "approve", head())).kind == RefusalKind::not_found);
  CHECK(world.refused(open_name_change(StudentId{999}, "新名")).kind == RefusalKind::not_found);
  Command unknown = open_name_change(StudentId{1}, "新名");
  std::get<Open>(unknown.what).workflow = "no-such-business";
  CHECK(world.refused(std::move(unknown)).kind == RefusalKind::not_found);
}

TEST_CASE("only own uploads and what the request has already count as evidence") {
  World world;
  Command with_foreign = open_name_change(StudentId{1}, "新名");
  std::get<Open>(with_foreign.what).evidence = {{"household_register", std::string(64, 'b')}};
  const auto kind = world.refused(with_foreign).kind;
  CHECK((kind == RefusalKind::missing_evidence || kind == RefusalKind::validation));

  const RequestId id = world.done(open_change(StudentId{1}, {{"new_name", "新名"}}, false)).request.id;
  const auto evidence = world.store.data().requests.at(id).evidence;
  REQUIRE(evidence.size() == 1);
  Caller colleague = registrar();
  colleague.account = AccountId{20};
  colleague.posts.front().account = colleague.account;
  const Command again{Edit{id, std::nullopt, std::vector<EvidenceReference>{{"other_certificate", evidence[0].sha256}}},
                      colleague,
                      {},
                      {}};
  CHECK(world.done(again).request.evidence.front().kind == "other_certificate");
}

TEST_CASE("when the queue is full the next command is refused at once as busy") {
  RuntimeOptions options;
  options.queue_max = 2;
  World world(5, options);
  world.store.close_gate();
  auto held = world.later(open_name_change(StudentId{1}, "甲"));
  world.store.wait_until_begun(1);
  auto second = world.later(open_name_change(StudentId{2}, "乙"));
  auto third = world.later(open_name_change(StudentId{3}, "丙"));
  CHECK(world.refused(open_name_change(StudentId{4}, "丁")).kind == RefusalKind::busy);
  CHECK(world.runtime.figures().queue == 2);
  world.store.open_gate();
  CHECK(committed(held.get()));
  CHECK(committed(second.get()));
  CHECK(committed(third.get()));
  CHECK(world.runtime.figures().busy == 1);
}

TEST_CASE("stopping finishes what was accepted and refuses the rest") {
  World world;
  world.store.close_gate();
  auto first = world.later(open_name_change(StudentId{1}, "甲"));
  world.store.wait_until_begun(1);
  auto second = world.later(open_name_change(StudentId{2}, "乙"));
  world.store.open_gate();
  world.runtime.stop();
  CHECK(committed(first.get()));
  CHECK(committed(second.get()));
  CHECK(world.refused(open_name_change(StudentId{3}, "丙")).kind == RefusalKind::busy);
  CHECK(world.store.data().requests.size() == 2);
}

TEST_CASE("events come after the commit, in the order of ids, each once") {
  World world(30);
  std::vector<Command> commands;
  for (int i = 1; i <= 20; ++i) commands.push_back(open_name_change(StudentId{i}, "新名"));
  world.in_one_batch(std::move(commands));
  world.runtime.stop();

  const auto rows = world.sink.rows();
  REQUIRE(rows.size() == 20);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    // Each opening writes two entries, `open` and `submit`, and is told under the second.
    CHECK(rows[i].id == HistoryId{2 * (static_cast<std::int64_t>(i) + 1)});
    CHECK(rows[i].request == world.store.data().history[2 * i].request);
  }
}

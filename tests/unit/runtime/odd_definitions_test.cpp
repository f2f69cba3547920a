// Definitions that nobody should write end and slow nothing: what cannot be done is answered at once, alone.
#include <algorithm>

#include "engine/definition/loader.hpp"
#include "engine/runtime/machine_room.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/fake_queries.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;
using namespace std::chrono_literals;

namespace {

/// A county reviews, then a prefecture, which the tests' nation has not.
DefinitionPtr nobodys_review(const std::string& how_it_comes_there) {
  auto loaded = load_definition(R"(format: 1
key: nobodys-review
version: 1
title: {zh: 试验, en: Test}
source: test
subject: student
open: {by: registrar at student.school}
fields:
  new_class: {type: text, max: 20, required: true, title: {zh: 新班级, en: New class}, changes: student.class}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions: {submit: {to: county_review}}
)" + how_it_comes_there + R"(
  prefecture_review:
    approval: reviewer at prefecture of student.school
    title: {zh: 市级审核, en: Prefecture}
    due: 5 working days
    actions: {approve: {to: completed}}
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
)",
                                "nobodys-review.yaml");
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) FAIL(faults->front().to_string());
  return std::make_shared<const Definition>(std::get<Definition>(std::move(loaded)));
}

const std::string by_a_person = R"(  county_review:
    approval: reviewer at authority of student.school
    title: {zh: 县级审核, en: County}
    due: 5 working days
    actions: {approve: {to: prefecture_review}})";
const std::string by_the_clock = R"(  county_review:
    wait: 1 working day
    title: {zh: 公示, en: Pause}
    to: prefecture_review)";

Command open_odd(const DefinitionPtr& definition, StudentId student, FieldValues fields) {
  return {Open{definition->key, student, std::move(fields), {}, "", true}, registrar(), std::nullopt, std::nullopt};
}

/// What an operator hears.
struct Log {
  std::vector<std::string> said;
  std::mutex mutex;
  std::function<void(std::string_view)> listener() {
    return [this](std::string_view sentence) {
      std::lock_guard lock(mutex);
      said.emplace_back(sentence);
    };
  }
  std::ptrdiff_t count(const std::string& sentence) {
    std::lock_guard lock(mutex);
    return std::count(said.begin(), said.end(), sentence);
  }
};

}  // namespace

TEST_CASE("what leads to a post that no office has fails at once and alone, and the log names request and rule") {
  Log log;
  RuntimeOptions options;
  options.log = log.listener();
  World world(5, options);
  const auto definition = nobodys_review(by_a_person);
  world.deploy(definition);
  const RequestId id = world.done(open_odd(definition, StudentId{1}, {{"new_class", "九班"}})).request.id;
  const auto results = world.in_one_batch({act(id, "approve", reviewer()), open_name_change(StudentId{2}, "乙")});
  REQUIRE(refusal(results[0]));
  CHECK(refusal(results[0])->kind == RefusalKind::failed);
  CHECK(committed(results[1]));
  CHECK(world.runtime.figures().retried == 0);
  CHECK(log.said == std::vector<std::string>{"request " + to_string(id) +
                                             ", approve could not be decided: no office of this tree can hold the "
                                             "state 'prefecture_review'"});
}

TEST_CASE("a timer that leads nowhere is told once in a while, and those due after it are taken all the same") {
  Log log;
  World world(5);
  const auto definition = nobodys_review(by_the_clock);
  world.deploy(definition);
  const RequestId id = world.done(open_odd(definition, StudentId{1}, {{"new_class", "九班"}})).request.id;
  const RequestId other = world.to_central_check(StudentId{2}, {{"new_name", "乙"}});
  world.clock.advance(24h * 10);
  FakeCentral central;
  FakeQueries queries(world.store);
  MachineRoomOptions options;
  options.poll = 1ms;
  options.page = 1;
  options.log = log.listener();
  MachineRoom room(world.store, queries, central, world.clock, world.rooms, world.runtime, options);
  world.store.wait_until([&](const FakeData& data) { return data.requests.at(other).outcome.has_value(); });
  room.stop();
  const auto told =
      log.count("request " + to_string(id) + ": what was due was refused as failed; it is tried again later");
  CHECK(told >= 1);
  CHECK(told < 12);
  CHECK(world.store.data().requests.at(id).token.state == "county_review");
}

TEST_CASE("what two servers hold against each other is tried in ever smaller halves, not again and again as a whole") {
  World world;
  int tried_with_the_stale_one = 0;
  world.store.on_write = [&](std::span<Write> writes) {
    for (const Write& write : writes)
      if (write.decision.request.student == StudentId{2} && ++tried_with_the_stale_one)
        throw StoreError(StoreError::Kind::stale, "on purpose");
  };
  std::vector<Command> commands;
  for (int student = 1; student <= 8; ++student)
    commands.push_back(open_name_change(StudentId{student}, std::string(student == 2 ? "乙" : "甲")));
  const auto results = world.in_one_batch(commands);
  for (std::size_t i = 0; i < results.size(); ++i) CHECK((committed(results[i]) != nullptr) == (i != 1));
  CHECK(refusal(results[1])->kind == RefusalKind::busy);
  CHECK(tried_with_the_stale_one == 2 + 2 + 2 + 5);
}

TEST_CASE("a request that is opened straight into an end is tried, written once, and leaves its student free") {
  FakeData data = registry(5);
  for (const char letter : {'b', 'c'}) {
    const std::string sha256(64, letter);
    data.uploads.emplace(upload_text(registrar().account, sha256),
                         EvidenceItem{sha256, "", "scan.jpg", "image/jpeg", 1000});
  }
  World world(std::move(data), {});
  const auto definition = definition_of("tests/definitions/submitted-to-an-end");
  world.deploy(definition);
  CHECK(world.refused(open_odd(definition, StudentId{1}, {})).kind == RefusalKind::validation);
  Command whole = open_odd(definition, StudentId{1},
                           {{"new_class", "九班"}, {"ground", "a"}, {"note", "这一说明足够长了，超过十个字"}});
  std::get<Open>(whole.what).evidence = {{"paper", std::string(64, 'b')}, {"paper", std::string(64, 'c')}};
  const Committed done = world.done(whole);
  CHECK(done.request.outcome == Outcome::completed);
  CHECK_FALSE(done.student.open_request);
  CHECK(done.student.class_name == "九班");
  CHECK(world.runtime.figures().retried == 0);
  CHECK_FALSE(world.store.data().students.at(StudentId{1}).open_request);
  CHECK(world.done(open_name_change(StudentId{1}, "乙")).request.id);
}

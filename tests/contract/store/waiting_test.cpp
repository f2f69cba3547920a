// A request that waits for another one: kept and read back on both sides, and what the audit says of the two.
#include "adapters/sql/audit.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

std::vector<std::string> faults_in(Registry& registry) {
  return audit(registry.place.url(), {}, {}, [](std::int64_t, std::int64_t) {}).faults;
}

/// One that waits and the one for which it does, opened in one transaction.
struct Waits {
  Registry registry;
  Request outer = open_request(registry, StudentId{1});
  Request inner;

  Waits() {
    auto transaction = registry.store().begin();
    auto opened = opening(transaction->next_request_id(), registry.definition, StudentId{1}, school, at(1));
    opened.decision.request.locks = false;
    opened.decision.request.opened_from = OpenedFrom{outer.id, "relocation", 1, outer.id};
    opened.decision.locks_student = false;
    auto waits = moving(outer, "approve", "hearing", {school, Role::system}, at(1));
    waits.decision.request.token.awaits = opened.decision.request.id;
    std::vector<Write> writes{waits, opened};
    transaction->write(writes);
    transaction->commit();
    outer = writes[0].decision.request;
    inner = writes[1].decision.request;
  }

  Request stored(RequestId id) { return registry.queries().request(id)->request; }

  Write outer_goes_on() {
    auto write = moving(outer, "completed", "head_review", {school, Role::head}, at(2));
    write.decision.history.front().by = {};
    write.decision.request.token.awaits = {};
    return write;
  }
  Write inner_ends() {
    auto write = ending(inner, {}, at(2));
    write.decision.unlocks_student = false;
    return write;
  }
};

}  // namespace

TEST_CASE("what waits and what it waits for are read back as they were written, under one lock") {
  Waits world;
  CHECK(world.stored(world.outer.id).token == world.outer.token);
  CHECK(world.stored(world.inner.id).opened_from == OpenedFrom{world.outer.id, "relocation", 1, world.outer.id});
  CHECK_FALSE(world.stored(world.inner.id).locks);
  CHECK(world.registry.queries().student(StudentId{1})->open_request == world.outer.id);

  commit(world.registry.store(), {world.inner_ends(), world.outer_goes_on()});
  CHECK(world.stored(world.inner.id).outcome);
  CHECK_FALSE(world.stored(world.outer.id).token.awaits);
  CHECK(world.registry.queries().student(StudentId{1})->open_request == world.outer.id);
}

TEST_CASE("the audit tells where one of the two does not know of the other") {
  Waits world;
  const auto told = [&] {
    for (const std::string& fault : faults_in(world.registry))
      if (fault.find("waits for request") != std::string::npos) return fault;
    return std::string();
  };
  CHECK(told().empty());
  const std::string sentence = "request " + to_string(world.outer.id) + " waits for request " +
                               to_string(world.inner.id) + ", and one of the two does not know of it";
  SECTION("the other one has ended") {
    commit(world.registry.store(), {world.inner_ends()});
    CHECK(told() == sentence);
    commit(world.registry.store(), {world.outer_goes_on()});
    CHECK(told().empty());
  }
  SECTION("it waits no more") {
    commit(world.registry.store(), {world.outer_goes_on()});
    CHECK(told() == sentence);
  }
}

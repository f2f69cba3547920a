// Marked records that have a twin: what is opened about them, once, and that nothing found is forgotten.
#include "engine/runtime/pair_finder.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

namespace {

constexpr std::size_t page = 100;

/// Two pupils with one name and birth date, of whom one has no ID number, and the business about such a pair.
struct WorldWithTwins {
  WorldWithTwins() {
    auto entries = world.rooms.catalog()->all();
    entries.push_back({DefinitionId{3}, definition_of("workflows/problem-status")});
    world.rooms.set_catalog(Catalog(entries));
    world.store.meddle([](FakeData& data) {
      data.businesses.emplace(DefinitionId{3}, "problem-status");
      Student& second = data.students.at(StudentId{2});
      second.name = data.students.at(StudentId{1}).name;
      second.id_number.reset();
    });
    mark();
  }

  void mark() {
    world.store.meddle(
        [](FakeData& data) { data.twins = {{7}, {{data.students.at(StudentId{1}), data.students.at(StudentId{2})}}}; });
  }

  std::size_t requests() const { return world.store.data().requests.size(); }

  void look() {
    finder.look(page);
    finder.wait_until_idle();
  }

  World world;
  PairFinder finder{world.store, world.rooms, world.runtime};
};

}  // namespace

TEST_CASE("a marked record with a twin has a request opened about both, and its mark goes once that is written") {
  WorldWithTwins twins;
  twins.look();
  const FakeData data = twins.world.store.data();
  REQUIRE(data.requests.size() == 1);
  const Request& request = data.requests.begin()->second;
  CHECK(request.opened_as == Holder{county, Role::reviewer});
  CHECK(data.students.at(StudentId{1}).open_request == request.id);
  CHECK(data.students.at(StudentId{2}).open_request == request.id);
  CHECK(data.twins.marks == std::vector<std::int64_t>{7});
  twins.look();
  CHECK(twins.world.store.data().twins.marks.empty());
}

TEST_CASE("a pair has one request, however often it is found") {
  WorldWithTwins twins;
  twins.look();
  twins.look();
  twins.mark();
  twins.look();
  CHECK(twins.requests() == 1);
}

TEST_CASE("what could not be written is found again") {
  WorldWithTwins twins;
  twins.world.store.on_write = [](std::span<Write>) { throw StoreError(StoreError::Kind::busy, "busy"); };
  twins.look();
  CHECK(twins.requests() == 0);
  twins.world.store.on_write = {};
  twins.look();
  CHECK(twins.requests() == 1);
}

TEST_CASE("marks stay while no business is about pairs, and go where two are none") {
  WorldWithTwins twins;
  SECTION("no business") {
    const auto entries = twins.world.rooms.catalog()->all();
    twins.world.rooms.set_catalog(Catalog({entries.begin(), entries.begin() + 2}));
    twins.look();
    twins.look();
    CHECK(twins.world.store.data().twins.marks.size() == 1);
  }
  SECTION("no pair") {
    twins.world.store.meddle([](FakeData& data) { data.twins.twins.front().second.name = "另一人"; });
    twins.look();
    twins.look();
    CHECK(twins.world.store.data().twins.marks.empty());
  }
  CHECK(twins.requests() == 0);
}

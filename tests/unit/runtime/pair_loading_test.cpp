// What is loaded to open a request about a pair, and what comes of one that is none.
#include "engine/runtime/batch_keys.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

TEST_CASE("for a pair both records are loaded, and whether it was one before") {
  const Command command{OpenPair{"duplicate", StudentId{3}, StudentId{7}}, {}, {}, {}};
  const std::vector<const Command*> commands{&command};
  const BatchKeys keys = keys_of(commands);
  CHECK(keys.students == std::vector{StudentId{3}, StudentId{7}});
  CHECK(keys.pairs == std::vector{PairKey{"duplicate", StudentId{3}, StudentId{7}}});
  CHECK(keys.requests.empty());
  CHECK(keys.uploads.empty());
}

TEST_CASE("a pair of which one is not in the registry is nothing to do, and a business that nobody knows is none") {
  World world;
  const Committed nothing = world.done({OpenPair{"key-information-change", StudentId{1}, StudentId{999}}, {}, {}, {}});
  CHECK(nothing.replayed);
  CHECK_FALSE(nothing.request.id);
  CHECK(world.refused({OpenPair{"unheard-of", StudentId{1}, StudentId{2}}, {}, {}, {}}).kind == RefusalKind::not_found);
  CHECK(world.store.data().requests.empty());
}

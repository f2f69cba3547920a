// `once_per` where many ask at the same time: one of them has it.
#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

namespace {

struct YearlyWorld : World {
  YearlyWorld() { deploy(definition_of("tests/routes/yearly-check")); }
};

Command yearly_check(StudentId student) {
  Open open{"yearly-check", student, {{"finding", "一致"}}, {}, "", true};
  return {std::move(open), registrar(), {}, {}};
}

}  // namespace

TEST_CASE("of two that ask for the same in one batch the second is refused, and told of the first") {
  YearlyWorld world;
  const auto results = world.in_one_batch({yearly_check(StudentId{1}), yearly_check(StudentId{2})});
  REQUIRE(committed(results[0]));
  REQUIRE(committed(results[1]));
  const RequestId first = committed(results[0])->request.id;
  const auto more = world.in_one_batch({act(first, "approve", reviewer()), yearly_check(StudentId{1})});
  REQUIRE(committed(more[0]));
  REQUIRE(refusal(more[1]));
  CHECK(refusal(more[1])->kind == RefusalKind::once_per);
  CHECK(refusal(more[1])->blocking_request == first);
  CHECK(world.refused(yearly_check(StudentId{1})).blocking_request == first);
}

TEST_CASE("what is given up can be had by the next of the same batch, and by nobody after that") {
  YearlyWorld world;
  const RequestId first = world.done(yearly_check(StudentId{1})).request.id;
  const auto results = world.in_one_batch({act(first, "withdraw", registrar()), yearly_check(StudentId{1})});
  REQUIRE(committed(results[0]));
  REQUIRE(committed(results[1]));
  const RequestId second = committed(results[1])->request.id;
  const auto more = world.in_one_batch({act(second, "approve", reviewer()), yearly_check(StudentId{1})});
  REQUIRE(refusal(more[1]));
  CHECK(refusal(more[1])->blocking_request == second);
}

// Coming to the very state that a request is in: it arrives there anew, as a whole.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const std::vector<std::string> with_a_prefecture{"第一小学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"};

}  // namespace

TEST_CASE("a return that is passed on to where the request is begins that state anew") {
  Bench bench(odd("returned-to-where-it-is"));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"new_class", "九班"}}, {}, "", true});
  bench.by("province reviewer", Claim{bench.request->id});
  const Token before = bench.request->token;
  REQUIRE(before.state == "province_review");
  bench.now += std::chrono::hours(1);
  const Decision returned = bench.act("province reviewer", "return", "请更正");
  CHECK(returned.history[0].from == "province_review");
  CHECK(returned.history[0].to == "province_review");
  CHECK(bench.request->token.since == bench.now);
  CHECK_FALSE(bench.request->token.claimed_by);
  CHECK(*bench.request->token.due >= *before.due);
  CHECK(bench.act("province reviewer", "approve").request.outcome == Outcome::completed);
}

TEST_CASE("a parallel state that is begun anew from one of its branches begins all of them") {
  Bench bench(odd("begun-anew-from-a-branch"), with_a_prefecture);
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"new_class", "九班"}}, {}, "", true});
  bench.act("county approver", "approve");
  CHECK(bench.request->branches.at(1).state == "join");
  bench.act("head", "restart");
  REQUIRE(bench.request->branches.size() == 2);
  CHECK(bench.request->branches[0].state == "left_review");
  CHECK(bench.request->branches[1].state == "right_review");
  CHECK(bench.request->branches[1].since == bench.now);
}

// Nobody decides their own submission, nobody decides at two levels of one round; a lent post counts for both people.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// The person, with the posts of `from` lent to them.
Caller lent(Caller person, const Caller& from) {
  for (Post post : from.posts) {
    post.account = person.account;
    post.delegated_from = from.account;
    person.posts.push_back(post);
  }
  return person;
}

std::string refusal_of(const std::variant<Decision, Refusal, Nothing>& verdict) {
  const auto* refusal = std::get_if<Refusal>(&verdict);
  return refusal ? std::string(slug(refusal->kind)) : "done";
}

}  // namespace

TEST_CASE("who opened or submitted may not decide, also with the post to do so") {
  Bench bench(shipped("key-information-change"));
  Caller both = lent(bench.world.person("registrar"), bench.world.person("second head"));
  bench.by("registrar", bench.name_change());
  for (const std::string action : {"approve", "return", "reject"})
    CHECK(refusal_of(bench.try_by(both, bench.perform(action, "意见"))) == "separation-of-duties");
  CHECK(refusal_of(bench.try_by(both, bench.perform("withdraw"))) == "done");
}

TEST_CASE("the one whose post was lent for the submission may not decide either") {
  Bench bench(shipped("key-information-change"));
  Caller owner = bench.world.person("second registrar");
  const Caller clerk = lent(bench.world.person("county admin"), owner);
  bench.kept(bench.try_by(clerk, bench.name_change()));
  CHECK(bench.request->acts.at(0).delegated_from == owner.account);
  Post head = bench.world.person("head").posts[0];
  head.account = owner.account;
  owner.posts.push_back(head);
  CHECK(refusal_of(bench.try_by(owner, bench.perform("approve"))) == "separation-of-duties");
}

TEST_CASE("a submitter may not decide through a post lent by another") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const Caller stand_in = lent(bench.world.person("second county reviewer"), bench.world.person("registrar"));
  const Caller head_for_registrar = [&] {
    Caller caller = stand_in;
    caller.posts[1].role = Role::head;
    return caller;
  }();
  CHECK(refusal_of(bench.try_by(head_for_registrar, bench.perform("approve"))) == "separation-of-duties");
}

TEST_CASE("acting for another at one level binds both at the next") {
  Bench bench(shipped("g-number-deletion"));
  bench.by("province reviewer", bench.deletion());
  bench.act("province approver", "approve");
  const Caller owner = bench.world.person("ministry reviewer");
  const Caller stand_in = lent(bench.world.person("second ministry approver"), owner);
  bench.kept(bench.try_by(stand_in, bench.perform("approve")));
  CHECK(refusal_of(bench.try_by(stand_in, bench.perform("approve"))) == "separation-of-duties");
  Caller promoted = owner;
  promoted.posts[0].role = Role::approver;
  CHECK(refusal_of(bench.try_by(promoted, bench.perform("approve"))) == "separation-of-duties");
  CHECK(refusal_of(bench.try_by(bench.world.person("ministry approver"), bench.perform("approve"))) == "done");
}

TEST_CASE("a return lets the same people decide again at their own level") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  bench.act("county reviewer", "return", "请学校再核", "head_review");
  CHECK(bench.act("head", "approve").request.token.state == "county_review");
  bench.act("county reviewer", "return", "请更正");
  bench.act("registrar", "submit");
  CHECK(bench.act("head", "approve").request.token.state == "county_review");
  CHECK(bench.act("county reviewer", "approve").request.token.state == "county_approval");
}

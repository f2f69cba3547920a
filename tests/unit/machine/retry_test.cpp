// An administrator asks waiting checks anew.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

Caller admin_at(OfficeId office) {
  Caller admin;
  admin.account = AccountId{900};
  admin.username = "admin";
  admin.posts = {{PostId{900}, admin.account, office, Role::admin, {}, {}, {}, {}}};
  return admin;
}

OfficeId above(const Bench& bench) { return bench.world.offices().authority_of(bench.student.school)->id; }

/// Waits for the national side after one attempt.
void bring_to_the_second_attempt(Bench& bench) {
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  bench.act("county reviewer", "approve");
  bench.act("county approver", "approve");
  bench.answer(CheckOutcome::clear, CheckOutcome::unavailable);
}

RefusalKind refused(const Bench& bench, const Caller& caller) {
  return std::get<Refusal>(bench.try_by(caller, RetryChecks{bench.request->id})).kind;
}

}  // namespace

TEST_CASE("a retry makes the checks due now, and nothing else") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_second_attempt(bench);
  bench.now += std::chrono::seconds(1);
  REQUIRE(*bench.request->token.timer > bench.now);
  Request expected = *bench.request;
  expected.token.timer = bench.now;
  const Decision decision = bench.kept(bench.try_by(admin_at(above(bench)), RetryChecks{bench.request->id}));
  CHECK(decision.request == expected);
  CHECK(decision.replaces == expected.version);
  CHECK(decision.history.empty());
  CHECK(decision.notices.empty());
}

TEST_CASE("checks that are due already need no retry") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_second_attempt(bench);
  bench.now = *bench.request->token.timer;
  CHECK(std::holds_alternative<Nothing>(bench.try_by(admin_at(above(bench)), RetryChecks{bench.request->id})));
}

TEST_CASE("of two answers that a retry caused one counts") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_second_attempt(bench);
  const AnswerChecks one{bench.request->id,
                         "central_check",
                         1,
                         {{"duplicate_check", CheckOutcome::clear, bench.now, "", {}},
                          {"identity_comparison", CheckOutcome::unavailable, bench.now, "", {}}}};
  bench.kept(bench.try_by(admin_at(above(bench)), RetryChecks{bench.request->id}));
  CHECK(bench.machine(one).request.token.attempts == 2);
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(one)));
}

TEST_CASE("only who administers the school's offices retries; nobody else learns of the request") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_second_attempt(bench);
  CHECK(refused(bench, bench.world.person("registrar")) == RefusalKind::not_found);
  CHECK(refused(bench, bench.world.person("county reviewer")) == RefusalKind::not_found);
  CHECK(refused(bench, admin_at(OfficeId{987654})) == RefusalKind::not_found);
  Caller former = admin_at(above(bench));
  former.posts[0].until = bench.now;
  CHECK(refused(bench, former) == RefusalKind::not_found);
  CHECK(std::holds_alternative<Decision>(bench.try_by(admin_at(bench.student.school), RetryChecks{bench.request->id})));
}

TEST_CASE("nothing is retried before the checks or after they were answered") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  CHECK(refused(bench, admin_at(above(bench))) == RefusalKind::not_in_this_state);
  bench.act("head", "approve");
  bench.act("county reviewer", "approve");
  bench.act("county approver", "approve");
  bench.answer(CheckOutcome::clear, CheckOutcome::clear);
  CHECK(refused(bench, admin_at(above(bench))) == RefusalKind::not_in_this_state);
}

TEST_CASE("the machine's own wish needs nobody's right, and means nothing once the checks were answered") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_second_attempt(bench);
  bench.now += std::chrono::seconds(1);
  const RetryChecks wish{bench.request->id};
  CHECK(bench.kept(bench.try_machine(wish)).request.token.timer == bench.now);
  bench.answer(CheckOutcome::clear, CheckOutcome::clear);
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(wish)));
}

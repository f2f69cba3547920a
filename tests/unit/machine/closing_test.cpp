// What is unfinished when a window closes.
#include "engine/machine/closing.hpp"
#include <algorithm>

#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const Instant closing_moment = at("2027-07-15T00:00:00");

struct GraduatingBench : Bench {
  GraduatingBench() : Bench(shipped("suspension")) {
    calendar.windows["graduating-work"] = {
        "graduating-work", {{std::chrono::August / 15, std::chrono::July / 15}}, {"已关闭", "It is closed"}};
    student.grade = "6";
    now = at("2027-06-01T09:00:00");
  }
  Open suspension() {
    return {
        definition.key,          student.id, {{"ground", "family"}, {"from", "2027-06-01"}, {"until", "2028-05-31"}},
        {upload("application")}, "",         true};
  }
  bool closes() const {
    return std::holds_alternative<Decision>(try_machine(CloseUnfinished{request ? request->id : RequestId{}}));
  }
};

}  // namespace

TEST_CASE("what waits when its window closes is ended, to the second, and whom it waits for is told") {
  GraduatingBench bench;
  bench.by("registrar", bench.suspension());
  bench.now = closing_moment - std::chrono::microseconds{1};
  CHECK_FALSE(bench.closes());
  bench.now = closing_moment;
  const Decision closed = bench.machine(CloseUnfinished{bench.request->id});
  CHECK(closed.request.outcome == Outcome::expired);
  CHECK(closed.unlocks_student);
  CHECK(closed.changes.empty());
  REQUIRE(closed.history.size() == 1);
  CHECK(closed.history[0].action == "closed");
  CHECK(closed.history[0].from == "head_review");
  CHECK(closed.history[0].to == "expired");
  CHECK_FALSE(closed.history[0].by);
  REQUIRE(closed.notices.size() == 2);
  CHECK(closed.notices[0] == Notice{"closed", AccountId{}, Holder{bench.student.school, Role::head}});
  CHECK(closed.notices[1] == Notice{"expired", closed.request.opened_by, std::nullopt});
  CHECK_FALSE(bench.closes());
}

TEST_CASE("who opened it is told where the definition tells them nothing") {
  GraduatingBench bench;
  bench.definition.inform.clear();
  bench.by("registrar", bench.suspension());
  bench.now = closing_moment;
  const Decision closed = bench.machine(CloseUnfinished{bench.request->id});
  REQUIRE(closed.notices.size() == 2);
  CHECK(closed.notices[1] == Notice{"closed", closed.request.opened_by, std::nullopt});
}

TEST_CASE("others, what has ended, and what was begun after the closing go on") {
  GraduatingBench bench;
  SECTION("another grade") { bench.student.grade = "5"; }
  SECTION("no grade") { bench.student.grade.clear(); }
  bench.by("registrar", bench.suspension());
  SECTION("it has ended") { bench.act("head", "reject", "不实"); }
  SECTION("it was begun after the closing") { bench.request->opened_at = closing_moment; }
  SECTION("the definition closes nothing") { bench.definition.closing.reset(); }
  bench.now = closing_moment;
  CHECK_FALSE(bench.closes());
}

TEST_CASE("a closing that was missed is made up for while the window is closed, and not once it has opened again") {
  GraduatingBench bench;
  bench.by("registrar", bench.suspension());
  bench.now = at("2027-08-14T23:59:59");
  CHECK(bench.closes());
  bench.now = at("2027-08-15T00:00:00");
  CHECK_FALSE(bench.closes());
}

TEST_CASE("branches at the same time are closed as a whole, and all whom they wait for are told") {
  Bench bench(odd("both-sides-must-agree"));
  bench.definition.closing = ClosingRule{"graduating-work", std::nullopt, "withdrawn", {}};
  bench.calendar.windows["graduating-work"] = {
      "graduating-work", {{std::chrono::August / 15, std::chrono::July / 15}}, {"已关闭", "It is closed"}};
  bench.now = at("2027-06-01T09:00:00");
  bench.by("registrar",
           Open{bench.definition.key, bench.student.id, {{"new_class", "2班"}, {"ground", "a"}}, {}, "", true});
  REQUIRE(bench.request->branches.size() == 2);
  bench.now = closing_moment;
  const Decision closed = bench.machine(CloseUnfinished{bench.request->id});
  CHECK(closed.request.token.state == "withdrawn");
  CHECK(closed.request.branches.empty());
  CHECK(tasks_of(closed.request).empty());
  CHECK(closed.notices.size() == 3);
}

TEST_CASE("a draft is closed too") {
  GraduatingBench bench;
  Open draft = bench.suspension();
  draft.submit = false;
  bench.by("registrar", draft);
  bench.now = closing_moment;
  const Decision closed = bench.machine(CloseUnfinished{bench.request->id});
  CHECK(closed.history[0].from == "draft");
}

TEST_CASE("whom it was escalated to is told too, and who opened a draft once") {
  GraduatingBench bench;
  bench.by("registrar", bench.suspension());
  bench.now = *bench.request->token.due;
  while (!bench.request->token.escalated_to) bench.fire();
  bench.now = closing_moment;
  const Decision closed = bench.machine(CloseUnfinished{bench.request->id});
  CHECK(std::count_if(closed.notices.begin(), closed.notices.end(),
                      [](const Notice& each) { return each.kind == "closed"; }) == 2);
  bench.student.open_request = {};
  bench.now = at("2027-06-01T09:00:00");
  Open draft = bench.suspension();
  draft.submit = false;
  bench.by("registrar", draft);
  bench.now = closing_moment;
  CHECK(bench.machine(CloseUnfinished{bench.request->id}).notices.size() == 1);
}

TEST_CASE("once its window has closed nothing else happens to it, though the machine has not come to it yet") {
  GraduatingBench bench;
  bench.by("registrar", bench.suspension());
  bench.now = closing_moment;
  const Refusal refusal = bench.refused("head", bench.perform("approve"));
  CHECK(refusal.kind == RefusalKind::window_closed);
  CHECK(refusal.detail.en == "The time for it is over, and the system is closing it");
  const Decision fired = bench.machine(FireTimer{bench.request->id, "head_review", *bench.request->token.timer});
  CHECK(fired.request.outcome == Outcome::expired);
  CHECK(fired.history.front().action == "closed");
}

TEST_CASE("the next closing is known while the window is open and while it is closed") {
  const GraduatingBench bench;
  CHECK(closes_at(bench.definition, bench.calendar, at("2027-06-01T00:00:00")) == closing_moment);
  CHECK(closes_at(bench.definition, bench.calendar, closing_moment) == at("2028-07-15T00:00:00"));
  CHECK(closed_since(bench.definition, bench.calendar, closing_moment) == closing_moment);
  CHECK_FALSE(closed_since(bench.definition, bench.calendar, at("2027-06-01T00:00:00")));
}

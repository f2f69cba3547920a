// Reminders of a date that a completed request left in the record.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const Instant fifteen_before = at("2027-08-10T00:00:00"), that_day = at("2027-08-31T00:00:00");

Open suspension(Bench& bench, const std::string& until = "2027-08-31") {
  return {bench.definition.key,
          bench.student.id,
          {{"ground", "family"}, {"from", "2026-09-01"}, {"until", until}},
          {bench.upload("application")},
          "",
          true};
}

Decision suspend(Bench& bench, const std::string& until = "2027-08-31") {
  bench.by("registrar", suspension(bench, until));
  bench.act("head", "approve");
  return bench.act("county approver", "approve");
}

const Holder* told(const Decision& decision) {
  return decision.notices.size() == 1 && decision.notices[0].kind == "remind" ? &*decision.notices[0].holder : nullptr;
}

}  // namespace

TEST_CASE("a completed request keeps a timer for its reminders, and no task of anybody") {
  Bench bench(shipped("suspension"));
  const Decision decision = suspend(bench);
  CHECK(decision.request.outcome == Outcome::completed);
  CHECK(bench.student.status_until == parse_date("2027-08-31"));
  CHECK(decision.request.token.timer == fifteen_before);
  CHECK(tasks_of(*bench.request).empty());
  const auto kept = kept_tasks_of(*bench.request);
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].holder.role == Role::system);
  CHECK(token_of(*bench.request, kept[0].id) == &bench.request->token);
  CHECK(decision.unlocks_student);
}

TEST_CASE("who is to be reminded is told before the date and on it, once each, and nothing else changes") {
  Bench bench(shipped("suspension"));
  suspend(bench);
  const Holder registrar{bench.student.school, Role::registrar};
  const Instant first = *bench.request->token.timer;
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(FireTimer{bench.request->id, "completed", first})));
  bench.now = first;
  const Student before = bench.student;
  const Decision one = bench.fire();
  REQUIRE(told(one));
  CHECK(*told(one) == registrar);
  REQUIRE(one.history.size() == 1);
  CHECK(one.history[0].action == "remind");
  CHECK(one.history[0].comment == "2027-08-31");
  CHECK(one.history[0].from == "completed");
  CHECK(one.history[0].to == "completed");
  CHECK(one.changes.empty());
  CHECK_FALSE(one.locks_student);
  CHECK(one.request.token.timer == that_day);
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(FireTimer{bench.request->id, "completed", first})));
  bench.now = that_day;
  const Decision two = bench.fire();
  CHECK(told(two));
  CHECK_FALSE(two.request.token.timer);
  CHECK(kept_tasks_of(two.request).empty());
  CHECK(bench.student == before);
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(FireTimer{bench.request->id, "completed", that_day})));
}

TEST_CASE("reminders that are late come together, and one whose day has passed at the end comes at once") {
  Bench bench(shipped("suspension"));
  suspend(bench);
  bench.now = that_day + std::chrono::hours(24 * 90);
  const Decision late = bench.fire();
  CHECK(told(late));
  CHECK(late.history.size() == 1);
  CHECK_FALSE(late.request.token.timer);

  Bench soon(shipped("suspension"));
  const Decision ended = suspend(soon, "2026-09-10");
  CHECK(ended.request.token.timer == soon.now);
  CHECK(told(soon.fire()));
  CHECK(soon.request->token.timer == at("2026-09-10T00:00:00"));

  Bench past(shipped("suspension"));
  suspend(past, "2026-09-02");
  CHECK(told(past.fire()));
  CHECK_FALSE(past.request->token.timer);
}

TEST_CASE("nobody is reminded of a date that the record has no more") {
  const auto gone = GENERATE(as<std::string>{}, "resumed", "another date");
  Bench bench(shipped("suspension"));
  suspend(bench);
  const auto version = bench.request->version;
  const auto changes = gone == "resumed" ? setting(bench.student, "status", "in_school")
                                         : setting(bench.student, "status_until", "2028-01-31");
  bench.student = apply(bench.student, changes, bench.now);
  bench.now = fifteen_before;
  const Decision decision = bench.fire();
  CHECK(decision.history.empty());
  CHECK(decision.notices.empty());
  CHECK_FALSE(decision.request.token.timer);
  CHECK(decision.request.version == version);
}

TEST_CASE("whoever holds the post at the student's school of that day is reminded") {
  Bench bench(shipped("suspension"));
  suspend(bench);
  bench.student.school = bench.world.other_school();
  bench.now = fifteen_before;
  const Decision decision = bench.fire();
  REQUIRE(told(decision));
  CHECK(*told(decision) == Holder{bench.world.other_school(), Role::registrar});
}

TEST_CASE("a request that did not end completed, or left no date, reminds nobody") {
  Bench bench(shipped("suspension"));
  bench.by("registrar", suspension(bench));
  const Decision rejected = bench.act("head", "reject", "不实");
  CHECK_FALSE(rejected.request.token.timer);
  CHECK(kept_tasks_of(rejected.request).empty());
  bench.definition.reminders.clear();
  CHECK_FALSE(suspend(bench).request.token.timer);
}

TEST_CASE("holidays that become known later move a reminder, and none is told twice or never") {
  Bench bench(shipped("suspension"));
  suspend(bench);
  bench.calendar.working_weekends.insert(*parse_date("2027-08-28"));  // a day less is needed before it
  bench.now = fifteen_before;
  const Decision early = bench.fire();
  CHECK(early.history.empty());
  CHECK(early.request.token.timer == at("2027-08-11T00:00:00"));
  bench.now = *early.request.token.timer;
  CHECK(told(bench.fire()));
  bench.calendar.working_weekends.insert(*parse_date("2027-08-29"));
  bench.now = that_day;
  CHECK(told(bench.fire()));
  CHECK_FALSE(bench.request->token.timer);
}

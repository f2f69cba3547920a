// Deadlines, reminders, escalation, expiry, and the retries of checks.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// Before the checks, on Monday 7 September 2026.
void bring_to_the_checks(Bench& bench) {
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  bench.act("county reviewer", "approve");
  bench.act("county approver", "approve");
}

}  // namespace

TEST_CASE("a task is due at the end of the last working day, and its timer is the reminder before") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  CHECK(bench.request->token.due == at("2026-09-15T00:00:00"));
  CHECK(bench.request->token.timer == bench.calendar.working_days_before(*bench.request->token.due, 2, bench.now));
  CHECK(*bench.request->token.timer < *bench.request->token.due);
}

TEST_CASE("a reminder tells the holder once, and then the deadline is waited for") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const auto early = bench.try_machine(FireTimer{bench.request->id, "head_review", *bench.request->token.timer});
  CHECK(std::holds_alternative<Nothing>(early));
  bench.now = *bench.request->token.timer;
  const Decision decision = bench.fire();
  CHECK(decision.history.at(0).action == "reminder");
  CHECK(decision.notices == std::vector<Notice>{{"reminder", AccountId{}, Holder{bench.student.school, Role::head}}});
  CHECK(decision.request.token.reminded);
  CHECK(decision.request.token.timer == decision.request.token.due);
  CHECK(decision.request.version == 2);
}

TEST_CASE("an overdue task is escalated once and its timer stops") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.now = *bench.request->token.due + std::chrono::hours(200);
  const Decision decision = bench.fire();
  const Holder head{bench.student.school, Role::head};
  const Holder reviewer{bench.world.offices().authority_of(bench.student.school)->id, Role::reviewer};
  CHECK(decision.history.at(0).action == "overdue");
  CHECK(decision.request.token.holder == head);
  CHECK(decision.request.token.escalated_to == reviewer);
  CHECK_FALSE(decision.request.token.timer);
  CHECK(decision.notices == std::vector<Notice>{{"overdue", AccountId{}, head}, {"overdue", AccountId{}, reviewer}});
}

TEST_CASE("whom a definition informs of what is overdue is told") {
  Bench bench(shipped("key-information-change"));
  bench.definition.inform.push_back({"overdue", true, {}});
  bench.by("registrar", bench.name_change());
  bench.now = *bench.request->token.due;
  const auto notices = bench.fire().notices;
  const Notice to_initiator{"overdue", bench.request->opened_by, std::nullopt};
  CHECK(std::find(notices.begin(), notices.end(), to_initiator) != notices.end());
}

TEST_CASE("a deadline can end the request instead") {
  Bench bench(shipped("key-information-change"));
  for (State& state : bench.definition.states)
    if (state.key == "head_review") state.deadline->expire_to = "withdrawn";
  bench.by("registrar", bench.name_change());
  bench.now = *bench.request->token.due;
  const Decision decision = bench.fire();
  CHECK(decision.history.at(0).action == "expire");
  CHECK(decision.history.at(0).to == "withdrawn");
  CHECK(decision.request.outcome == Outcome::withdrawn);
  CHECK(decision.unlocks_student);
  CHECK_FALSE(decision.request.token.timer);
}

TEST_CASE("a late or moved timer does nothing") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const FireTimer old{bench.request->id, "head_review", *bench.request->token.timer};
  bench.now = *bench.request->token.due;
  CHECK(std::holds_alternative<Nothing>(
      bench.try_machine(FireTimer{old.request, old.state, old.timer + std::chrono::seconds(1)})));
  bench.act("head", "approve");
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(old)));
}

TEST_CASE("checks are asked at once by the machine of the ministry") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_checks(bench);
  const Token& token = bench.request->token;
  CHECK(token.state == "central_check");
  CHECK(token.holder ==
        Holder{bench.world.offices().at_level(bench.student.school, Level::ministry)->id, Role::system});
  CHECK(token.timer == bench.now);
  CHECK_FALSE(token.due);
  CHECK(token.attempts == 0);
}

TEST_CASE("an unavailable check is asked again, ever later, and people see it once") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_checks(bench);
  const auto version = bench.request->version;
  std::vector<std::int64_t> pauses;
  for (int attempt = 0; attempt < 12; ++attempt) {
    const Decision decision = bench.answer(CheckOutcome::clear, CheckOutcome::unavailable);
    CHECK(decision.history.size() == (attempt == 0 ? 1u : 0u));
    CHECK(decision.request.version == version + 1);
    CHECK(decision.request.token.attempts == attempt + 1);
    CHECK(decision.notices.empty());
    pauses.push_back(
        std::chrono::duration_cast<std::chrono::seconds>(*decision.request.token.timer - bench.now).count());
    bench.now = *decision.request.token.timer;
  }
  CHECK(pauses == std::vector<std::int64_t>{5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600});
  const Decision decision = bench.answer(CheckOutcome::clear, CheckOutcome::clear);
  CHECK(decision.request.outcome == Outcome::completed);
  CHECK(decision.request.version == version + 2);
}

TEST_CASE("one suspect makes the whole suspect, even while another is unavailable") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_checks(bench);
  const Decision decision = bench.answer(CheckOutcome::suspect, CheckOutcome::unavailable);
  CHECK(decision.request.token.state == "county_findings");
  REQUIRE(decision.request.findings.size() == 2);
  CHECK(decision.request.findings[0].outcome == CheckOutcome::suspect);
  CHECK(decision.notices == std::vector<Notice>{{"suspect", bench.world.person("registrar").account, std::nullopt}});
}

TEST_CASE("a check that did not answer counts as unavailable, and its earlier answer stays") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_checks(bench);
  const auto one = [&](const std::string& check) {
    return AnswerChecks{bench.request->id,
                        "central_check",
                        bench.request->token.attempts,
                        {{check, CheckOutcome::clear, bench.now, "", {}}}};
  };
  CHECK(bench.machine(one("duplicate_check")).request.token.state == "central_check");
  CHECK(bench.machine(one("identity_comparison")).request.token.state == "completed");
}

TEST_CASE("an answer to another attempt or another state does nothing") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_checks(bench);
  const AnswerChecks first{bench.request->id,
                           "central_check",
                           0,
                           {{"duplicate_check", CheckOutcome::clear, bench.now, "", {}},
                            {"identity_comparison", CheckOutcome::clear, bench.now, "", {}}}};
  bench.answer(CheckOutcome::clear, CheckOutcome::unavailable);
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(first)));
  bench.answer(CheckOutcome::clear, CheckOutcome::clear);
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(first)));
}

TEST_CASE("findings of an earlier visit do not count for a later one") {
  Bench bench(shipped("key-information-change"));
  bring_to_the_checks(bench);
  bench.answer(CheckOutcome::suspect, CheckOutcome::clear);
  CHECK(bench.request->findings.size() == 2);
  bench.act("county reviewer", "return", "请再批", "county_approval");
  bench.act("county approver", "approve");
  CHECK(bench.request->findings.empty());
}

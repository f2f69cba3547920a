// Acts that can be undone: held, undone, passed over, decided anew.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;
using namespace std::chrono_literals;

namespace {

struct Held {
  explicit Held(const std::string& action = "approve", const std::string& comment = "") {
    bench.by("registrar", bench.name_change());
    Command command{bench.perform(action, comment), bench.world.person("head"), {}, {}};
    command.undoable_for = 10s;
    decision = std::get<Decision>(decide(bench.situation(), command));
    pending = *decision.holds;
    bench.claimers[pending.by] = bench.world.person("head").posts;
  }

  std::variant<Decision, Refusal, Nothing> give(Command command) {
    Situation situation = bench.situation();
    situation.pending = &pending;
    return decide(situation, command);
  }
  std::variant<Decision, Refusal, Nothing> by(const std::string& who, decltype(Command::what) what) {
    return give({std::move(what), bench.world.person(who), {}, {}});
  }
  std::variant<Decision, Refusal, Nothing> carry_out() { return give({CarryOut{bench.request->id}, {}, {}, {}}); }

  Bench bench{shipped("key-information-change")};
  Decision decision;
  PendingAct pending;
};

}  // namespace

TEST_CASE("an act that can be undone changes nothing yet and is known with its end") {
  Held held;
  CHECK(held.decision.request == *held.bench.request);
  CHECK(held.decision.replaces == held.bench.request->version);
  CHECK(held.decision.history.empty());
  CHECK(held.decision.notices.empty());
  CHECK_FALSE(held.decision.ends_pending);
  CHECK(held.pending.what.action == "approve");
  CHECK(held.pending.from == "head_review");
  CHECK(held.pending.until == held.bench.now + 10s);
  CHECK(undo_word(held.decision) == "pending");
}

TEST_CASE("what is refused is not held") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  Command command{bench.perform("return"), bench.world.person("head"), {}, {}};
  command.undoable_for = 10s;
  CHECK(std::get<Refusal>(decide(bench.situation(), command)).kind == RefusalKind::validation);
}

TEST_CASE("it is done at its time and not before, as the officer would have done it") {
  Held held("approve", "同意");
  CHECK(std::holds_alternative<Nothing>(held.carry_out()));
  held.bench.now += 10s;
  const auto decision = std::get<Decision>(held.carry_out());
  CHECK(decision.ends_pending);
  CHECK_FALSE(decision.undone);
  CHECK(decision.request.token.state == "county_review");
  REQUIRE(decision.history.size() == 1);
  CHECK(decision.history.front().by == held.pending.by);
  CHECK(decision.history.front().comment == "同意");
  CHECK(decision.history.front().recorded_at == held.bench.now);
}

TEST_CASE("a clock that was set back does not hold it for long") {
  CHECK_FALSE(is_due(at("2026-09-07T09:00:10"), at("2026-09-07T09:00:00")));
  CHECK(is_due(at("2026-09-07T09:00:10"), at("2026-09-07T09:00:10")));
  CHECK_FALSE(is_due(at("2026-09-07T09:01:00"), at("2026-09-07T09:00:00")));
  CHECK(is_due(at("2026-09-07T09:01:01"), at("2026-09-07T09:00:00")));
}

TEST_CASE("whoever has lost the post meanwhile has done nothing and is told why") {
  Held held;
  held.bench.claimers[held.pending.by].clear();
  held.bench.now += 10s;
  const auto decision = std::get<Decision>(held.carry_out());
  CHECK(decision.request == *held.bench.request);
  CHECK(decision.history.empty());
  CHECK(decision.ends_pending);
  REQUIRE(decision.undone);
  CHECK(decision.undone->officer == held.pending.by);
  CHECK(decision.undone->reason.zh == "“同意”未办理：找不到，或不在您的管辖范围内");
  CHECK(decision.undone->reason.en == "\"Approve\" was not done: There is no such thing within your jurisdiction");
  CHECK(undo_word(decision) == "undone");
}

TEST_CASE("it is not done in another state than it was asked for in") {
  Held held;
  held.pending.from = "county_review";
  held.bench.now += 10s;
  const auto decision = std::get<Decision>(held.carry_out());
  REQUIRE(decision.undone);
  CHECK(decision.undone->reason.en == "\"Approve\" was not done: the request has moved on since");
}

TEST_CASE("nothing is done where nothing is pending") {
  Held held;
  held.bench.now += 10s;
  CHECK(std::holds_alternative<Nothing>(held.bench.try_machine(CarryOut{held.bench.request->id})));
}

TEST_CASE("its officer undoes it, nobody else") {
  Held held;
  const auto decision = std::get<Decision>(held.by("head", Undo{held.bench.request->id}));
  CHECK(decision.request == *held.bench.request);
  CHECK(decision.history.empty());
  CHECK(decision.ends_pending);
  CHECK_FALSE(decision.undone);
  CHECK(undo_word(decision) == "undo");
  CHECK(std::get<Refusal>(held.by("registrar", Undo{held.bench.request->id})).kind == RefusalKind::not_allowed);
  CHECK(std::get<Refusal>(held.bench.try_by(held.bench.world.person("head"), Undo{held.bench.request->id})).kind ==
        RefusalKind::not_in_this_state);
}

TEST_CASE("its officer does nothing else meanwhile") {
  Held held;
  const auto refusal = std::get<Refusal>(held.by("head", held.bench.perform("comment", "还有一点")));
  CHECK(refusal.kind == RefusalKind::not_in_this_state);
  CHECK(refusal.explanation->reasons.front().rule == "pending");
  CHECK(refusal.detail.zh == "您已办理“同意”，即将生效；如要改办，请先撤销");
  CHECK(refusal.detail.en == "Your \"Approve\" takes effect in a moment; undo it first to do something else");
}

TEST_CASE("another's act comes first") {
  Held held;
  auto withdrawn = std::get<Decision>(held.by("registrar", held.bench.perform("withdraw", "填错了")));
  CHECK(withdrawn.request.token.state == "withdrawn");
  CHECK(withdrawn.ends_pending);
  REQUIRE(withdrawn.undone);
  CHECK(withdrawn.undone->reason.zh == "“同意”未办理：他人已先行办理（撤回）");
  CHECK(withdrawn.undone->reason.en == "\"Approve\" was not done: somebody else acted first (Withdraw)");

  Command command{held.bench.perform("withdraw", "填错了"), held.bench.world.person("registrar"), {}, {}};
  command.undoable_for = 10s;
  const auto replaced = std::get<Decision>(held.give(command));
  CHECK(replaced.ends_pending);
  REQUIRE(replaced.undone);
  CHECK(replaced.undone->reason.zh == "“同意”未办理：他人随后办理（撤回）；如果对方撤销，此件仍在待办中，请重新办理");
  REQUIRE(replaced.holds);
  CHECK(replaced.holds->what.action == "withdraw");
  CHECK(replaced.request == *held.bench.request);
}

// Where a request stands: what it passed, where it is, what is to come.
#include "engine/machine/steps.hpp"

#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// `draft:done head_review:current …`
std::string way(const Bench& bench) {
  std::string text;
  for (const Step& step : steps_of(bench.definition, *bench.request, bench.world.offices()))
    text += (text.empty() ? "" : " ") + step.state->key + ":" + std::string(to_string(step.position));
  return text;
}

void approve_up_to_checks(Bench& bench) {
  for (const auto* who : {"head", "county reviewer", "county approver"}) bench.act(who, "approve");
}

}  // namespace

TEST_CASE("a request passes the main way step by step") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change(false));
  CHECK(way(bench) ==
        "draft:current head_review:ahead county_review:ahead county_approval:ahead central_check:ahead "
        "completed:ahead");
  bench.act("registrar", "submit");
  bench.act("head", "approve");
  CHECK(way(bench) ==
        "draft:done head_review:done county_review:current county_approval:ahead central_check:ahead completed:ahead");
  bench.act("county reviewer", "approve");
  bench.act("county approver", "approve");
  bench.answer(CheckOutcome::clear, CheckOutcome::clear);
  CHECK(way(bench) ==
        "draft:done head_review:done county_review:done county_approval:done central_check:done completed:current");
}

TEST_CASE("what a return leads back over is to be passed again") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  bench.act("county reviewer", "approve");
  bench.act("county approver", "return", "请补充", "head_review");
  CHECK(way(bench) ==
        "draft:done head_review:current county_review:ahead county_approval:ahead central_check:ahead "
        "completed:ahead");
  bench.act("head", "approve");
  CHECK(way(bench) ==
        "draft:done head_review:done county_review:current county_approval:ahead central_check:ahead completed:ahead");
  bench.act("county reviewer", "return", "重新填报");
  CHECK(way(bench) ==
        "draft:current head_review:ahead county_review:ahead county_approval:ahead central_check:ahead "
        "completed:ahead");
}

TEST_CASE("a state off the main way stands where the procedure has it") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  approve_up_to_checks(bench);
  bench.answer(CheckOutcome::suspect, CheckOutcome::clear);
  const std::string passed = "draft:done head_review:done county_review:done county_approval:done central_check:done ";
  CHECK(way(bench) == passed + "county_findings:current completed:ahead");
  bench.act("county reviewer", "escalate");
  CHECK(way(bench) == passed + "province_judgement:current completed:ahead");
  bench.act("province approver", "approve");
  CHECK(way(bench) == passed + "completed:current");
}

TEST_CASE("of a request that has ended only what it passed is left, and the end") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  bench.act("county reviewer", "reject", "不符");
  CHECK(way(bench) == "draft:done head_review:done county_review:done rejected:current");

  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  bench.act("registrar", "withdraw");
  CHECK(way(bench) == "draft:done head_review:done withdrawn:current");
}

TEST_CASE("a state of the main way that was gone round stands aside") {
  Bench bench(shipped("key-information-change"));
  Action shortcut = *bench.definition.state("head_review")->action("approve");
  shortcut.key = "hasten";
  shortcut.to = "county_approval";
  bench.definition.states[1].actions.push_back(shortcut);
  bench.by("registrar", bench.name_change());
  bench.act("head", "hasten");
  CHECK(way(bench) ==
        "draft:done head_review:done county_review:aside county_approval:current central_check:ahead "
        "completed:ahead");
  bench.act("county approver", "reject", "不符");
  CHECK(way(bench) == "draft:done head_review:done county_approval:done rejected:current");
}

TEST_CASE("each step names who holds or would hold it") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const auto steps = steps_of(bench.definition, *bench.request, bench.world.offices());
  const OfficeId county = bench.world.offices().authority_of(bench.student.school)->id;
  const OfficeId ministry = bench.world.offices().at_level(county, Level::ministry)->id;
  std::vector<std::optional<Holder>> holders;
  for (const Step& step : steps) holders.push_back(step.holder);
  CHECK(holders == std::vector<std::optional<Holder>>{Holder{bench.student.school, Role::registrar},
                                                      Holder{bench.student.school, Role::head},
                                                      Holder{county, Role::reviewer}, Holder{county, Role::approver},
                                                      Holder{ministry, Role::system}, std::nullopt});
}

TEST_CASE("the present step is held by whose queue it is in, whatever the tree says since") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.request->token.holder = {OfficeId{999}, Role::head};
  CHECK(steps_of(bench.definition, *bench.request, bench.world.offices())[1].holder ==
        Holder{OfficeId{999}, Role::head});
}

TEST_CASE("what was done in a state that only an earlier version had is passed over") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  auto gone = bench.request->acts.back();
  gone.state = "merged_review";
  bench.request->acts.push_back(gone);
  CHECK(way(bench) ==
        "draft:done head_review:done county_review:current county_approval:ahead central_check:ahead completed:ahead");
  bench.act("county reviewer", "approve");
  CHECK(way(bench) ==
        "draft:done head_review:done county_review:done county_approval:current central_check:ahead completed:ahead");
}

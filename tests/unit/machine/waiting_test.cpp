// What waits for another request, as the machine alone sees it: steps, titles, who may act, and new versions.
#include <algorithm>
#include <regex>

#include "engine/machine/act_titles.hpp"
#include "engine/machine/migration.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/steps.hpp"
#include "tests/unit/machine/bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

constexpr RequestId other_request{99};

const std::string asked = R"(format: 2
key: asked
version: 1
title: {zh: 申请, en: Asked}
source: FAQ 8
subject: student
open: {by: registrar at student.school}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions: {submit: {to: head_review}}
  head_review:
    approval: head at student.school
    title: {zh: 学校审核, en: Review by the head}
    due: 5 working days
    actions: {approve: {to: hearing}, reject: {to: rejected}}
  hearing:
    request: {definition: hearing, about: student, by: reviewer at authority of student.school}
    title: {zh: 等待听证, en: Waiting for the hearing}
    outcomes: {completed: {to: completed}, otherwise: {to: rejected}}
    refused: head_review
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [{set: {student.status: left}}]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
anywhere:
  withdraw: {by: registrar at student.school, before: completed, to: rejected}
)";

std::string newer(const std::string& migration, std::string text = asked) {
  return text.replace(text.find("version: 1"), 10, "version: 2") + "migrate: [{from: 1, " + migration + "}]\n";
}

struct Asked : Bench {
  Asked() : Bench(definition_from(asked, "asked.yaml")) {
    by("registrar", Open{"asked", student.id, {}, {}, "", true});
    opened = act("head", "approve");
    request->token.awaits = other_request;
  }
  Decision ends(std::optional<Outcome> outcome) {
    return machine(EndWait{request->id, request->token.awaits, outcome, {"听证", "Hearing"}, {"无", "none"}});
  }
  MigrationPlan plan(const std::string& yaml) {
    return plan_migration(definition, definition_from(yaml, "asked.yaml"), *request, world.offices(), china_date(now));
  }
  Decision opened;
};

}  // namespace

TEST_CASE("what is to be opened says by whom, about whom and under whose lock") {
  Asked bench;
  REQUIRE(bench.opened.opens.size() == 1);
  const ToOpen& what = bench.opened.opens.front();
  CHECK(what.workflow == "hearing");
  CHECK(what.by == Holder{bench.world.person("county reviewer").posts.front().office, Role::reviewer});
  CHECK(what.about == bench.student.id);
  CHECK(what.from == OpenedFrom{bench.request->id, "asked", 1, bench.request->id});
}

TEST_CASE("nothing is changed at the old school once what it waited for has moved the record") {
  Asked bench;
  const OfficeId old_school = bench.student.school;
  bench.student.school = bench.world.person("county reviewer").posts.front().office;
  const Decision back = bench.ends(Outcome::completed);
  CHECK_FALSE(back.request.outcome);
  CHECK(back.changes.empty());
  CHECK(back.request.token.state == "head_review");
  CHECK(back.request.school == old_school);
}

TEST_CASE("no business that moves the record is waited for") {
  const Definition waits = definition_from(
      std::regex_replace(asked, std::regex("definition: hearing"), "definition: transfer"), "asked.yaml");
  const Definition transfer = shipped("transfer");
  const std::vector<const Definition*> all{&waits, &transfer};
  const auto faults = unfit_openings(waits, all);
  CHECK(std::any_of(faults.begin(), faults.end(), [](const Fault& each) {
    return each.what ==
           "`transfer` takes the record to another school, and what waits for it would go on at the old one";
  }));
}

TEST_CASE("nobody leads it on while it waits, and each step is where it is") {
  Asked bench;
  CHECK(bench.refused("registrar", bench.perform("withdraw")).kind == RefusalKind::not_in_this_state);
  CHECK(bench.act("head", "comment", "在等").request.token.awaits == other_request);
  std::vector<std::pair<std::string, StepPosition>> steps;
  for (const Step& step : steps_of(bench.definition, *bench.request, bench.world.offices()))
    steps.emplace_back(step.state->key, step.position);
  CHECK(steps == std::vector<std::pair<std::string, StepPosition>>{{"draft", StepPosition::done},
                                                                   {"head_review", StepPosition::done},
                                                                   {"hearing", StepPosition::current},
                                                                   {"completed", StepPosition::ahead}});
}

TEST_CASE("how the other request ended is what the history calls it") {
  const auto [outcome, action, title] = GENERATE(table<std::optional<Outcome>, std::string, Text>({
      {Outcome::completed, "completed", {"所等业务办结", "What it waited for was completed"}},
      {Outcome::withdrawn, "otherwise", {"所等业务未办成", "What it waited for ended otherwise"}},
      {std::nullopt, "not_opened", {"后续业务未能发起", "What was to follow could not be opened"}},
  }));
  Asked bench;
  const Decision decision = bench.ends(outcome);
  CHECK(decision.history.front().action == action);
  CHECK(title_of_act(bench.definition, decision.history.front()) == title);
  CHECK(decision.request.token.awaits == RequestId{});
}

TEST_CASE("the end of a request that it does not wait for changes nothing") {
  Asked bench;
  const auto of = [&](RequestId awaited) {
    return bench.try_machine(EndWait{bench.request->id, awaited, Outcome::completed, {}, {}});
  };
  CHECK(std::holds_alternative<Nothing>(of(RequestId{98})));
  bench.ends(Outcome::completed);
  CHECK(std::holds_alternative<Nothing>(of(other_request)));
}

TEST_CASE("an effect that the registry refuses after the wait goes where `refused` says") {
  Asked bench;
  bench.student.status = StudentStatus::deceased;
  const Decision decision = bench.ends(Outcome::completed);
  CHECK(decision.request.token.state == "head_review");
  CHECK_FALSE(decision.request.outcome);
  CHECK(decision.history.back().action == "refused");
}

TEST_CASE("a new version takes over what waits only where it waits for the same") {
  Asked bench;
  const MigrationPlan same = bench.plan(newer("otherwise: same state"));
  CHECK(same.kind == MigrationPlan::Kind::moves);
  const Definition next = definition_from(newer("otherwise: same state"), "asked.yaml");
  const auto offices = bench.situation();
  const Situation situation{next,    DefinitionId{2}, &*bench.request,  &bench.student,
                            nullptr, offices.offices, offices.calendar, bench.now,
                            {}};
  const Decision moved = migrate(situation, bench.definition, same);
  CHECK(moved.request.token == bench.request->token);
  CHECK(moved.opens.empty());

  std::string another = asked;
  another.replace(another.find("definition: hearing"), 19, "definition: another");
  CHECK(bench.plan(newer("otherwise: same state", another)).kind == MigrationPlan::Kind::stuck);
  CHECK(bench.plan(newer("otherwise: same state, states: {hearing: head_review}")).kind == MigrationPlan::Kind::stuck);
  CHECK(bench.plan(newer("otherwise: stay")).kind == MigrationPlan::Kind::stays);
}

TEST_CASE("a new version opens nothing for what comes over") {
  Asked bench;
  bench.ends(std::nullopt);
  REQUIRE(bench.request->token.state == "head_review");
  const MigrationPlan plan = bench.plan(newer("otherwise: same state, states: {head_review: hearing}"));
  CHECK(plan.kind == MigrationPlan::Kind::stuck);
  CHECK(plan.why.en == "the new version opens another request there, and a move opens none");
}

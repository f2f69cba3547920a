// What the registry refuses at the last moment: a wait and a join go on to where the definition says.
#include <algorithm>

#include "bench.hpp"
#include "engine/verify/verify.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const std::string head = R"(format: 1
key: new-number
version: 1
title: {zh: 号码变更, en: New number}
source: made for the tests
subject: student
open: {by: registrar at student.school}
fields:
  new_id_number: {type: id_number, required: true, title: {zh: 号码, en: Number}, changes: student.id_number}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions: {submit: {to: check}, discard: {to: withdrawn}}
  check:
    check: [duplicate_check, identity_comparison]
    title: {zh: 核查, en: Check}
    outcomes: {clear: {to: findings}, suspect: {to: withdrawn}}
  findings:
    approval: reviewer at authority of student.school
    title: {zh: 核实, en: Findings}
    due: 5 working days
    actions: {approve: {to: last}, reject: {to: withdrawn}}
)";
const std::string wait = R"(  last:
    wait: 1 working day
    title: {zh: 等待, en: Wait}
    to: completed
    refused: findings
)";
const std::string join = R"(  last:
    title: {zh: 两方, en: Two sides}
    join: all
    to: completed
    refused: findings
    parallel:
      one:
        title: {zh: 甲, en: One}
        states:
          first:
            approval: approver at authority of student.school
            title: {zh: 甲, en: One}
            due: 5 working days
            actions: {approve: {to: join}}
      other:
        title: {zh: 乙, en: Other}
        states:
          second:
            approval: approver at province of student.school
            title: {zh: 乙, en: Other}
            due: 5 working days
            actions: {approve: {to: join}}
)";
const std::string tail = R"(  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
separation:
  - decides: nobody their own submission
  - different people: [findings, first, second]
)";
const std::string of_wait = head + wait + tail.substr(0, tail.find("  - different"));
const std::string of_join = head + join + tail;

constexpr std::string_view without_refused = "    refused: findings\n";

std::string without(std::string text, std::string_view line) { return text.erase(text.find(line), line.size()); }

std::string rules(const std::string& yaml) {
  std::string text;
  for (const Violation& violation : verify(definition_from(yaml, "new-number.yaml"), Calendar{}).violations)
    text += violation.rule + " ";
  return text;
}

/// Checked, and decided by the county's reviewer.
struct Numbered : Bench {
  explicit Numbered(const std::string& yaml) : Bench(definition_from(yaml, "new-number.yaml")) {
    by("registrar", Open{definition.key, student.id, {{"new_id_number", "11010519491231002X"}}, {}, "", true});
    answer(CheckOutcome::clear, CheckOutcome::clear);
    act("county reviewer", "approve");
  }
  /// While another student has the number.
  std::variant<Decision, Refusal, Nothing> taken(decltype(Command::what) what,
                                                 std::optional<Caller> caller = {}) const {
    Situation where = situation();
    where.others_have.id_number = [](const std::string&) { return true; };
    return decide(where, {std::move(what), std::move(caller), std::nullopt, std::nullopt});
  }
};

const Text why{"该身份证件号码已属于另一名学生", "Another student has this ID number"};

}  // namespace

TEST_CASE("a wait whose effect the registry refuses goes to `refused`, and the history says why") {
  Numbered bench{of_wait};
  bench.now = *bench.request->token.timer;
  const auto decision = bench.kept(bench.taken(FireTimer{bench.request->id, "last", bench.now}));
  CHECK(decision.changes.empty());
  CHECK_FALSE(decision.request.outcome);
  CHECK(decision.request.token.state == "findings");
  REQUIRE(decision.history.size() == 2);
  CHECK(decision.history[0].action == "elapsed");
  CHECK(decision.history[0].to == "findings");
  CHECK(decision.history[0].changes.empty());
  CHECK(decision.history[1].action == "refused");
  CHECK(decision.history[1].comment.find(why.en) != std::string::npos);
  CHECK(decision.history[1].comment.find('\n') != std::string::npos);
  CHECK(bench.student.id_number == "440524188001010014");

  bench.act("county reviewer", "approve");
  bench.now = *bench.request->token.timer;
  CHECK(bench.fire().request.outcome == Outcome::completed);
  CHECK(bench.student.id_number == "11010519491231002X");
}

TEST_CASE("a join whose effect the registry refuses goes to `refused`, whoever joined last") {
  Numbered bench{of_join};
  bench.act("county approver", "approve");
  const auto last = bench.world.person("province approver");
  const auto decision = bench.kept(bench.taken(bench.perform("approve"), last));
  CHECK(decision.request.token.state == "findings");
  CHECK(decision.request.branches.empty());
  REQUIRE(decision.history.size() == 2);
  CHECK(decision.history[0].action == "approve");
  CHECK(decision.history[0].by == last.account);
  CHECK(decision.history[1].action == "refused");
  bench.act("county reviewer", "reject");
  CHECK(bench.request->outcome == Outcome::withdrawn);
}

TEST_CASE("an end that a refused effect leads to ends the request, and the student is free") {
  const auto [yaml, act] = GENERATE(table<std::string, bool>({{of_wait, false}, {of_join, true}}));
  std::string ending = yaml;
  ending.replace(ending.find(without_refused), without_refused.size(), "    refused: withdrawn\n");
  CHECK(rules(ending) == "");
  Numbered bench{ending};
  if (act) {
    bench.act("county approver", "approve");
    bench.kept(bench.taken(bench.perform("approve"), bench.world.person("province approver")));
  } else {
    bench.now = *bench.request->token.timer;
    bench.kept(bench.taken(FireTimer{bench.request->id, "last", bench.now}));
  }
  CHECK(bench.request->outcome == Outcome::withdrawn);
  CHECK_FALSE(bench.student.open_request);
  CHECK(bench.student.id_number == "440524188001010014");
}

TEST_CASE("where it goes once refused is proved, and demanded where nobody could go on") {
  CHECK(rules(of_wait) == "");
  CHECK(rules(without(of_wait, without_refused)) == "refused-effect ");
  CHECK(rules(of_join) == "");
  CHECK(rules(without(of_join, without_refused)) == "refused-effect refused-effect ");
}

// A story on parallel branches: which branch a step means, what stands in each, timers of several, and the wait.

#include "engine/definition/loader.hpp"
#include "engine/scenario/runner.hpp"
#include "tests/catch.hpp"
#include "tests/unit/definition/parallel_definition.hpp"

using namespace xueji;

namespace {

const std::string beginning = R"(scenario: {zh: 双方, en: Both sides}
given:
  school: 第一小学 under 东城区 under 北京市
  student: {name: 张三, status: in_school}
  people:
    clerk: [county reviewer, province reviewer]
steps:
  - {at: 2026-09-01T09:00, who: registrar, does: open, submit: true, fields: {new_name: 张叁}}
  - {who: head, does: approve, expect: {state: both_sides, branches: [county_review, province_review], holders: [county reviewer, province reviewer]}}
)";

ScenarioVerdict told_in_branches(const std::string& lines) {
  const auto definition = std::get<Definition>(load_definition(parallel_definition, "both-sides.yaml"));
  const auto scenario = load_scenario(beginning + lines, "s.yaml", definition);
  if (const auto* faults = std::get_if<std::vector<Fault>>(&scenario)) return {*faults, {}, {}};
  return run_scenario(std::get<Scenario>(scenario), definition, Calendar{});
}

std::string faults_in(const ScenarioVerdict& verdict) {
  std::string text;
  for (const Fault& fault : verdict.faults) text += fault.to_string() + "\n";
  return text;
}

}  // namespace

TEST_CASE("a story goes through both branches, waits for the semester and ends") {
  const auto verdict = told_in_branches(R"(
  - {who: clerk, does: approve, refused: validation}
  - {who: clerk, does: claim, state: province_review, expect: {claimed_by: clerk}}
  - {who: clerk, does: approve, state: province_review, expect: {branches: [county_review, join], holders: [county reviewer]}}
  - {at: +6 working days, expect: {holders: [county approver, county reviewer]}}
  - {who: county reviewer, does: approve}
  - {who: county approver, does: approve, expect: {state: until_term, holders: [system]}}
  - {at: 2027-03-01T08:00, expect: {state: completed}}
then: {outcome: completed, student: {name: 张叁}}
)");
  CHECK(faults_in(verdict) == "");
  for (const auto* taken : {"province_review.approve", "county_review.overdue", "until_term.elapsed"})
    CHECK(verdict.taken.contains(taken));
}

TEST_CASE("what stands in the branches is compared, and told when it differs") {
  CHECK(faults_in(told_in_branches(
                      "  - {who: province reviewer, does: approve, expect: {branches: [county_review, stop]}}\n"))
            .find("the branches should be county_review, stop, but is county_review, join") != std::string::npos);
  CHECK(faults_in(told_in_branches("  - {who: county reviewer, does: approve, expect: {branches: [nowhere, stop]}}\n"))
            .find("nowhere") != std::string::npos);
}

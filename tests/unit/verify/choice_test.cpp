// Choices, looked through: what is explored behind them, what is known there, and how a path names them.
#include "engine/verify/exploration.hpp"
#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// A head and an authority decide; between them these ways are chosen. `more` are fields, `states` stand before the
/// end.
std::string chosen(const std::string& ways, const std::string& states = {}, const std::string& field = "") {
  return R"(format: 2
key: chosen
version: 1
title: {zh: 选择, en: Chosen}
source: made for the tests of the verifier
subject: student
open: {by: registrar at student.school}
fields:
  new_name: {type: person_name, title: {zh: 新姓名, en: New name}, changes: student.name)" +
         field + R"(}
  ground: {type: choice, required: true, title: {zh: 事由, en: Ground}, choices: {wrong: {zh: 错误, en: Wrong}, other: {zh: 其他, en: Other}}}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    due: 30 working days
    overdue: {expire: expired}
    actions: {submit: {to: head_review}, discard: {to: withdrawn}}
  head_review:
    approval: head at student.school
    title: {zh: 学校审核, en: Review by the head}
    due: 5 working days
    overdue: {escalate: office above}
    actions: {approve: {to: which}, reject: {to: rejected}}
  which:
    choice: [)" +
         ways + "]\n" + states + R"(
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
  expired: {end: expired, title: {zh: 逾期失效, en: Expired}}
separation:
  - decides: nobody their own submission
  - different people: [head_review, county_approval]
)";
}

std::string review(const std::string& key, const std::string& actions) {
  return "  " + key + ":\n    approval: approver at authority of student.school\n    title: {zh: 主管部门审批, en: " +
         "Approval by the authority}\n    due: 5 working days\n    overdue: {escalate: office above}\n    actions: {" +
         actions + "}\n";
}

std::vector<std::string> violated(const std::string& yaml) {
  std::vector<std::string> told;
  for (const Violation& violation : verify(definition_of(yaml, "chosen"), Calendar{}).violations)
    told.push_back(violation.rule + ": " + violation.fault.what);
  return told;
}

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("the routes by stage hold what they promise, and no school without a prefecture is asked there") {
  const Definition definition = definition_of(file_text(repository() / "tests/routes/suspension-by-stage.yaml"), "w");
  const Verification verification = verify(definition, national_calendar());
  for (const Violation& violation : verification.violations) FAIL_CHECK(to_string(violation));
  for (const Violation& warning : verification.warnings) FAIL_CHECK(to_string(warning));
  const Exploration exploration{definition};
  std::set<std::pair<bool, std::string>> stood;
  for (const auto& node : exploration.nodes()) {
    const SubjectKind& kind = exploration.kind_of(node);
    stood.emplace(kind.offices.at_level(kind.school, Level::prefecture) != nullptr, exploration.state(node).key);
  }
  CHECK(stood.contains({true, "prefecture_approval"}));
  CHECK_FALSE(stood.contains({false, "prefecture_approval"}));
  CHECK(stood.contains({false, "county_approval"}));
  CHECK(stood.contains({true, "county_registration"}));
  CHECK_FALSE(stood.contains({true, "which_office"}));
}

TEST_CASE("a path names the choice that it comes through") {
  const Definition definition =
      definition_of(file_text(repository() / "tests/verify/broken/a-sentence-past-a-choice.yaml"), "w");
  const auto violations = verify(definition, Calendar{}).violations;
  REQUIRE(violations.size() == 1);
  CHECK(to_string(violations[0].path) == "draft -submit-> head_review -approve-> which -chosen-> completed");
  CHECK(violations[0].path.back() == PathStep{"which", "chosen", "completed", ""});
}

TEST_CASE("behind a way its condition is known, and that of none before it holds") {
  const std::string to_review = "{when: \"!has(new_name)\", to: rejected}, {to: county_approval}";
  CHECK(violated(chosen(to_review, review("county_approval", "approve: {to: completed}"))) == Told{});
  CHECK(violated(chosen("{when: ground == \"wrong\", to: county_approval}, {to: rejected}",
                        review("county_approval", "approve: {to: completed}"))) ==
        Told{"effect-without-field: the effect apply_changes can come to have nothing to do: every field for it may be "
             "left empty"});
}

TEST_CASE("what a way leads to has to lead on for the data that take it, and for no others") {
  const auto only = [](const std::string& ground) {
    return review("county_approval", "approve: {to: completed, when: [{rule: ground == \"" + ground +
                                         "\", else: {zh: 事由不符, en: Not this ground}}]}");
  };
  const std::string ways = "{when: ground == \"wrong\", to: county_approval}, {to: rejected}";
  const std::string required = ", required: true";
  CHECK(violated(chosen(ways, only("wrong"), required)).empty());
  const auto trapped = violated(chosen(ways, only("other"), required));
  CHECK(std::any_of(trapped.begin(), trapped.end(), [](const auto& each) { return each.starts_with("no-way-on"); }));
  CHECK(std::any_of(trapped.begin(), trapped.end(),
                    [](const auto& each) { return each.starts_with("no-way-to-an-end"); }));
}

TEST_CASE("a reviewer hands over to the approver of the office through a choice too") {
  std::string yaml = chosen("{when: ground == \"wrong\", to: county_approval}, {to: rejected}",
                            review("county_approval", "approve: {to: completed}"), ", required: true");
  yaml = replaced(yaml, "approval: head at student.school", "approval: reviewer at authority of student.school");
  yaml = replaced(yaml, "  - different people: [head_review, county_approval]\n", "");
  const auto told = violated(yaml);
  CHECK(std::any_of(told.begin(), told.end(), [](const auto& each) { return each.starts_with("same-person"); }));
}

TEST_CASE("a way that the ways before it leave nothing is told apart from one whose condition never holds") {
  const std::string body = review("county_approval", "approve: {to: completed}"), required = ", required: true";
  CHECK(violated(chosen("{when: 'ground in [\"wrong\", \"other\"]', to: county_approval}, {to: rejected}", body,
                        required)) ==
        Told{"guard-never-holds: the ways before it leave nothing that `which` could lead "
             "to `rejected`"});
  CHECK(violated(chosen("{when: size(new_name) > 200, to: rejected}, {to: county_approval}", body, required)) ==
        Told{"guard-never-holds: this condition of the choice `which` can never hold, so nothing goes to `rejected` by "
             "it"});
  CHECK(violated(chosen("{when: has(student.school.township), to: rejected}, {to: county_approval}", body, required))
            .empty());
}

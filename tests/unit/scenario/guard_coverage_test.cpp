// A guard is tried when it was seen to let something happen, and when it was seen to refuse it.
#include <fstream>
#include <iterator>

#include "engine/definition/loader.hpp"
#include "engine/scenario/coverage.hpp"
#include "engine/scenario/runner.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

/// Every kind of guard: of opening, of the form, of an action, of evidence, of a state.
const Definition& definition_of_guards() {
  static const Definition loaded = [] {
    std::ifstream stream(std::string(XUEJI_SOURCE_DIR "/tests/schema/whole.yaml"), std::ios::binary);
    return std::get<Definition>(load_definition(std::string(std::istreambuf_iterator<char>(stream), {}), "whole.yaml"));
  }();
  return loaded;
}

GuardSightings tried_by(const std::string& status, const std::string& steps) {
  const std::string story =
      "scenario: {zh: 故事, en: Story}\ngiven:\n  school: 第一小学 under 东城区 under 北京市\n  student: {name: 张三, "
      "status: " +
      status + "}\nsteps:\n" + steps;
  const auto loaded = load_scenario(story, "s.yaml", definition_of_guards());
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) FAIL(faults->front().to_string());
  const auto verdict = run_scenario(std::get<Scenario>(loaded), definition_of_guards(), Calendar{});
  if (!verdict.faults.empty()) FAIL(verdict.faults.front().to_string());
  return verdict.guards;
}

/// Asked whenever one is opened or submitted first.
const std::string not_graduating = "open.window graduating.when does not hold";

const std::string opened =
    "  - {at: 2026-09-01T09:00, who: registrar, does: open, submit: true, fields: {reason: 甲, new_status: "
    "suspended}}\n";

}  // namespace

TEST_CASE("a definition has two sightings for each guard") {
  CHECK(guards_of(definition_of_guards()) ==
        GuardSightings{"open.window graduating.when holds", "open.window graduating.when does not hold",
                       "open.when 1 holds", "open.when 1 refuses", "require 1 holds", "require 1 refuses",
                       "county_review.close.when 1 holds", "county_review.close.when 1 refuses",
                       "superior_review.when holds", "superior_review.when does not hold",
                       "evidence.certificate.when holds", "evidence.certificate.when does not hold",
                       "completed.apply_changes.when holds", "completed.apply_changes.when does not hold",
                       "completed.set.when holds", "completed.set.when does not hold", "completed.open.when holds",
                       "completed.open.when does not hold"});
}

TEST_CASE("guards of opening and of the form") {
  CHECK(tried_by("in_school", opened) == GuardSightings{not_graduating, "open.when 1 holds",
                                                        "superior_review.when does not hold", "require 1 holds",
                                                        "evidence.certificate.when does not hold"});
  CHECK(tried_by("left", "  - {at: 2026-09-01T09:00, who: registrar, does: open, refused: status-not-eligible}\n") ==
        GuardSightings{"open.when 1 refuses"});
  CHECK(tried_by("in_school",
                 "  - {at: 2026-09-01T09:00, who: registrar, does: open, submit: true, fields: {reason: 甲}, "
                 "refused: validation}\n") == GuardSightings{"require 1 refuses"});
  CHECK(tried_by("in_school",
                 "  - {at: 2026-09-01T09:00, who: registrar, does: open}\n"
                 "  - {who: registrar, does: submit, fields: {reason: 甲, ground: illness, new_status: suspended}, "
                 "evidence: {certificate: 1}}\n") ==
        GuardSightings{not_graduating, "open.when 1 holds", "superior_review.when does not hold", "require 1 holds",
                       "evidence.certificate.when holds"});
}

TEST_CASE("a guard of an action holds where the action is done and refuses where it is not") {
  const std::string close = "  - {who: province approver, does: close";
  const auto first = tried_by("in_school", opened + close + ", refused: status-not-eligible}\n");
  CHECK(first.contains("county_review.close.when 1 refuses"));
  CHECK_FALSE(first.contains("county_review.close.when 1 holds"));
  const auto second = tried_by("in_school", opened +
                                                "  - {who: county reviewer, does: return, comment: 退}\n"
                                                "  - {who: registrar, does: submit}\n" +
                                                close + "}\n");
  CHECK(second.contains("county_review.close.when 1 holds"));
}

TEST_CASE("a refusal for another reason says nothing of a guard that holds") {
  const auto tried = tried_by("in_school", "  - {at: 2026-09-01T09:00, who: head, does: open, refused: not-allowed}\n");
  CHECK(tried.empty());
}

TEST_CASE("every way of a choice is a transition of its own, and the one taken is counted") {
  std::ifstream stream(std::string(XUEJI_SOURCE_DIR "/tests/routes/suspension-by-stage.yaml"), std::ios::binary);
  const auto definition =
      std::get<Definition>(load_definition(std::string(std::istreambuf_iterator<char>(stream), {}), "w.yaml"));
  const Transitions all = transitions_of(definition);
  for (const auto* way : {"which_office.1", "which_office.2", "which_office.3", "to_be_filed.1", "to_be_filed.2"})
    CHECK(all.contains(way));
  CHECK_FALSE(all.contains("which_office.4"));
  const auto story = load_scenario(R"(scenario: {zh: 因病, en: Illness}
given:
  school: 第一小学 under 沈河区教育局 under 沈阳市教育局 under 辽宁省教育厅
  student: {name: 张三, status: in_school, grade: "3"}
steps:
  - {at: 2026-09-01T09:00, who: registrar, does: open, submit: true, fields: {ground: illness}}
  - {who: head, does: approve, expect: {state: county_registration}}
  - {who: county reviewer, does: register}
then:
  outcome: completed
)",
                                   "s.yaml", definition);
  REQUIRE(std::holds_alternative<Scenario>(story));
  const auto run = run_scenario(std::get<Scenario>(story), definition, Calendar{});
  CHECK(run.faults.empty());
  CHECK(run.taken.contains("which_office.2"));
  CHECK_FALSE(run.taken.contains("which_office.1"));
  CHECK_FALSE(run.taken.contains("to_be_filed.2"));
}

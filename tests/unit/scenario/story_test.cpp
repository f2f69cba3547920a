// What the author of a scenario is told: faults in the file, and steps that went otherwise, each with its place.
#include <fstream>
#include <iterator>

#include "engine/definition/loader.hpp"
#include "engine/scenario/runner.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

const Definition& definition() {
  static const Definition loaded = [] {
    std::ifstream stream(XUEJI_SOURCE_DIR "/workflows/key-information-change.yaml", std::ios::binary);
    const std::string yaml(std::istreambuf_iterator<char>(stream), {});
    return std::get<Definition>(load_definition(yaml, "change.yaml"));
  }();
  return loaded;
}

const std::string given = R"(scenario: {zh: 一个故事, en: A story}
given:
  school: 第一小学 under 东城区 under 北京市
  student: {name: 张三, id_number: "440524188001010014", status: in_school}
steps:
  - {at: 2026-09-01T09:00, who: registrar, does: open, submit: true, fields: {new_name: 张叁, ground: entry_wrong, reason: 更正}, evidence: {household_register: 2}}
)";

/// The faults of the story with these lines after the opening, which is line 6.
std::string told(const std::string& lines) {
  const auto loaded = load_scenario(given + lines, "s.yaml", definition());
  std::string text;
  const auto add = [&](const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) text += (text.empty() ? "" : "\n") + fault.to_string();
  };
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded))
    add(*faults);
  else
    add(run_scenario(std::get<Scenario>(loaded), definition(), Calendar{}).faults);
  return text;
}

}  // namespace

TEST_CASE("a story that comes out as told has no faults") {
  CHECK(told("  - {who: head, does: approve, expect: {state: county_review, holders: [county reviewer], informed: "
             "[]}}\n") == "");
}

TEST_CASE("a step that is refused against the story is shown with the reason") {
  CHECK(told("  - {who: registrar, does: approve}\n") ==
        "s.yaml:7:5: error: `approve` by registrar was refused as not-allowed: This is for the head at 第一小学 to do; "
        "correct the step, or say `refused:` if that is what is meant");
  CHECK(told("  - {who: head, does: return}\n").find("/comment: A comment is required") != std::string::npos);
}

TEST_CASE("a step that should have been refused is shown") {
  CHECK(told("  - {who: head, does: approve, refused: not-allowed}\n") ==
        "s.yaml:7:5: error: `approve` by head was to be refused as not-allowed, and was done; correct the step or the "
        "definition");
  CHECK(told("  - {who: registrar, does: approve, refused: stale}\n") ==
        "s.yaml:7:5: error: `approve` by registrar was to be refused as stale, and was as not-allowed: This is for the "
        "head at "
        "第一小学 to do; correct the step or the definition");
}

TEST_CASE("an expectation that does not hold is shown with both") {
  CHECK(
      told("  - {who: head, does: approve, expect: {state: draft}}\n") ==
      "s.yaml:7:40: error: the state should be draft, but is county_review; correct the expectation or the definition");
  CHECK(told("  - {who: head, does: claim, expect: {claimed_by: second head}}\n")
            .find("the claimer should be second head, but is head") != std::string::npos);
  CHECK(told("  - {at: +4 working days, expect: {informed: []}}\n")
            .find("those informed should be nobody, but is head") != std::string::npos);
}

TEST_CASE("the end of the story is compared") {
  CHECK(told("then:\n  student: {name: 张叁}\n").find("in the end the student's name should be 张叁, but is 张三") !=
        std::string::npos);
  CHECK(told("then: {outcome: completed}\n").find("in the end the outcome should be completed, but is open") !=
        std::string::npos);
  CHECK(told("then: {history: [{field: name, old: 张三, new: 张叁}]}\n")
            .find("should be name: 张三 -> 张叁, but is nothing") != std::string::npos);
}

TEST_CASE("a word that does not fit is refused with its place and the nearest that would") {
  CHECK(told("  - {who: head, does: aprove}\n") ==
        "s.yaml:7:23: error: nobody can `aprove` here; did you mean `approve`?");
  CHECK(told("  - {who: head, does: approve, expect: {state: county_reviev}}\n") ==
        "s.yaml:7:48: error: the definition has no state `county_reviev`; did you mean `county_review`?");
  CHECK(told("  - {who: head, does: approve, refused: not-alowed}\n").find("did you mean `not-allowed`?") !=
        std::string::npos);
  CHECK(told("  - {who: county clerk, does: approve}\n").find("nobody is called `county clerk`") != std::string::npos);
  CHECK(told("  - {check: duplicate_chek, answers: clear}\n").find("did you mean `duplicate_check`?") !=
        std::string::npos);
  CHECK(told("  - {at: tomorrow}\n").find("s.yaml:7:10: error: `tomorrow` is no moment") == 0);
  CHECK(told("  - {does: approve}\n").find("a step needs `who`, `check`, `request`, `found`, `record` or `at`") !=
        std::string::npos);
}

TEST_CASE("only actions are done in bulk") {
  CHECK(told("  - {who: head, does: approve, in_bulk: true, expect: {state: county_review}}\n") == "");
  CHECK(told("  - {who: head, does: claim, in_bulk: true}\n") ==
        "s.yaml:7:39: error: only actions are done in bulk; leave out `in_bulk`");
  CHECK(told("  - {who: registrar, opened_from: return, in_bulk: true}\n").find("only actions are done in bulk") !=
        std::string::npos);
}

TEST_CASE("time only goes forward, and machines answer only where they are asked") {
  CHECK(told("  - {at: 2026-08-31T09:00}\n").find("the step lies before the one above it") != std::string::npos);
  CHECK(told("  - {check: duplicate_check, answers: clear}\n").find("nobody waits for duplicate_check") !=
        std::string::npos);
  CHECK(told("  - {who: prefecture reviewer, does: approve}\n").find("no prefecture stands above this school") !=
        std::string::npos);
}

TEST_CASE("people are called by their post") {
  CHECK(to_string(*parse_person("county reviewer")) == "county reviewer");
  CHECK(to_string(*parse_person("second  head")) == "second head");
  CHECK(parse_person("other registrar") == PersonWord{Which::other, Level::school, Role::registrar});
  for (const auto* word :
       {"", "reviewer", "county registrar", "school reviewer", "county", "county system", "third head", "a b c"})
    CHECK_FALSE(parse_person(word));
}

TEST_CASE("a story of a variant is told of schools that it is for") {
  std::ifstream stream(XUEJI_SOURCE_DIR "/tests/mutation/businesses/transfer-between-schools.yaml", std::ios::binary);
  std::string yaml(std::istreambuf_iterator<char>(stream), {});
  const std::string version = "version: 1\n";
  yaml.replace(yaml.find(version), version.size(),
               "variant: near\nversion: 1\napplies: {place: receiving, provinces: [\"440000\"], within: county}\n");
  const auto variant = std::get<Definition>(load_definition(yaml, "near.yaml"));
  const auto told_of = [&](const std::string& other_school) {
    const std::string story =
        "scenario: {zh: 一个故事, en: A story}\ngiven:\n  school: 第一小学 under 天河区 under 广东省\n"
        "  other_school: " +
        other_school +
        "\n  student: {name: 张三, status: in_school}\nsteps:\n"
        "  - {at: 2026-09-01T09:00, who: other registrar, does: open, fields: {reason: 迁居, "
        "new_class: 一班}, evidence: {proof: 1}, expect: {state: draft}}\n";
    const auto loaded = load_scenario(story, "s.yaml", variant);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) return faults->front().to_string();
    const auto faults = run_scenario(std::get<Scenario>(loaded), variant, Calendar{}).faults;
    return faults.empty() ? std::string{} : faults.front().to_string();
  };
  CHECK(told_of("第二小学 under 天河区 under 广东省") == "");
  CHECK(told_of("第二小学 under 越秀区 under 广东省") ==
        "s.yaml:7:5: error: the variant `near` is not for these schools: the lowest office above both is 广东省; let "
        "both "
        "schools of the story stand where `applies` says within");
}

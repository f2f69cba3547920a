// Definitions that once passed the verifier and then stopped the server, never ended, completed without a decision, or
// left nobody who may act: what is proved of them now. tests/unit/machine carries them out.
#include <algorithm>
#include <map>

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

Definition case_of(const std::string& path) {
  return definition_of(file_text(repository() / "tests/definitions" / (path + ".yaml")), path);
}

/// The rules that are violated, each once, with line and column.
std::string broken_rules(const Definition& definition, const std::vector<const Definition*>& older = {}) {
  std::string rules;
  for (const Violation& violation : verify(definition, national_calendar(), older).violations)
    rules += violation.rule + " " + std::to_string(violation.fault.position.line) + ":" +
             std::to_string(violation.fault.position.column) + "\n";
  return rules;
}

std::string broken_rules(const std::string& path) { return broken_rules(case_of(path)); }

}  // namespace

TEST_CASE("conditions that exclude each other are refused, with the data for which nobody can do anything") {
  const auto definition = case_of("conditions-against-the-form");
  const auto verification = verify(definition, national_calendar());
  const auto found = std::find_if(verification.violations.begin(), verification.violations.end(),
                                  [](const auto& each) { return each.rule == "no-way-on"; });
  REQUIRE(found != verification.violations.end());
  CHECK(found->data == std::map<std::string, std::string>{{"ground", "a"}});
  CHECK(found->fault.what == "with ground = a nobody who holds `review` can do anything in it");
  CHECK(broken_rules("returned-for-ever") == "no-way-to-an-end 15:3\nguard-never-holds 24:46\n");
}

TEST_CASE("one person for each post is enough in every state, or the definition is refused") {
  CHECK(broken_rules("nobody-left-to-approve") == "nobody-left 24:3\n");
}

TEST_CASE("two approvers are enough where one stands in for the reviewer, and told for schools that no county runs") {
  std::string yaml = file_text(repository() / "tests/definitions/nobody-left-to-approve.yaml");
  yaml.replace(yaml.find("\nseparation:\n"), 1, "\nstaffing: {persons: {approver at county: 2}}\n");
  const auto verification = verify(definition_of(yaml), national_calendar());
  CHECK(verification.violations.empty());
  CHECK(std::any_of(verification.warnings.begin(), verification.warnings.end(), [](const Violation& warning) {
    return warning.rule == "nobody-left" &&
           warning.fault.what.find("a school directly under a prefecture") != std::string::npos;
  }));
  yaml.replace(yaml.find("approver at county: 2"), 21, "default: 2");
  for (const Violation& warning : verify(definition_of(yaml), national_calendar()).warnings)
    CHECK(warning.rule != "nobody-left");
}

TEST_CASE("what only files and what only waits does not decide") {
  CHECK(broken_rules("completed-by-waiting") == "silent-approval 21:3\n");
}

TEST_CASE("effects keep the registry sound, or the definition is refused") {
  CHECK(broken_rules("sex-against-the-number") ==
        "refused-effect 17:3\nunchecked-id-number 23:3\nregistry-agreement 23:3\nregistry-agreement 23:3\n");
}

TEST_CASE("a migration is proved from everywhere that a live request can stand") {
  const auto first = case_of("either-side-may-oppose");
  const auto second = case_of("both-sides-must-agree");
  CHECK(broken_rules(second) == "");
  CHECK(broken_rules(second, {&first}).find("no-otherwise") != std::string::npos);
  const auto approved = case_of("two-approvals");
  const auto skipped = case_of("one-approval-and-a-wait");
  CHECK(broken_rules(skipped) == "");
  CHECK(broken_rules(skipped, {&approved}) == "silent-approval 27:3\nalways 32:5\nalways 33:5\n");
}

TEST_CASE("who decided under the older version is remembered where the new one gives that state to others") {
  const std::string now = file_text(repository() / "tests/definitions/two-approvals.yaml");
  std::string then = replaced(now, "approver at authority of student.school", "approver at province of student.school");
  then = replaced(then, "reviewer at authority of student.school", "approver at authority of student.school");
  const auto first = definition_of(then);
  const auto second =
      definition_of(replaced(now, "version: 1", "version: 2") + "migrate:\n  - from: 1\n    otherwise: same state\n");
  const auto warnings = verify(second, national_calendar(), {&first}).warnings;
  CHECK(std::any_of(warnings.begin(), warnings.end(), [](const Violation& warning) {
    return warning.rule == "nobody-left" && warning.fault.position.line == 23 &&
           warning.fault.what.starts_with("of requests of an older version");
  }));
}

TEST_CASE("without the older version a migration is told to be unproved") {
  const auto second = case_of("one-approval-and-a-wait");
  const auto warnings = verify(second, national_calendar()).warnings;
  REQUIRE(!warnings.empty());
  CHECK(warnings.back().rule == "migration-not-proved");
}

TEST_CASE("what was only carried out wrongly is proved as it stands") {
  for (const auto* path :
       {"submitted-to-an-end", "submitted-on-a-condition", "required-field-emptied", "recalled-to-the-draft",
        "returned-to-where-it-is", "begun-anew-from-a-branch", "without-a-g-number"}) {
    INFO(path);
    CHECK(broken_rules(path) == "");
  }
}

TEST_CASE("after a wait for another request the advice says where the record is asked, and following it helps") {
  const std::string waits = file_text(repository() / "tests/verify/broken/a-request-that-changed-the-record.yaml");
  const auto violations = verify(definition_of(waits), national_calendar(), {}).violations;
  REQUIRE(violations.size() == 1);
  CHECK(violations[0].fault.advice ==
        "let a choice, or an action's `when`, demand `student.status != \"deceased\"` after what it waits for");
  const std::string asked = replaced(
      replaced(waits, "rejected: {to: left}", "rejected: {to: alive}"), "  suspended: {end",
      "  alive:\n    choice:\n      - {when: student.status != \"deceased\", to: left}\n      - {to: rejected}\n"
      "    title: {zh: 分派, en: Where it goes}\n  suspended: {end");
  CHECK(broken_rules(definition_of(asked)).empty());
}

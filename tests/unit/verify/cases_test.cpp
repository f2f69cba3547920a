// Definitions that once passed the verifier and then stopped the server, never ended, completed without a decision, or
// left nobody who may act: what is proved of them now. Their scenarios run in tests/unit/scenario.
#include <algorithm>
#include <map>

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

Definition case_of(const std::string& path) {
  return definition_of(file_text(repository() / "tests/verify/cases" / (path + ".yaml")), path);
}

/// The rules that are violated, each once, with line and column.
std::string broken_rules(const Definition& definition, const std::vector<const Definition*>& older = {}) {
  std::string rules;
  for (const Violation& violation : verify(definition, national_calendar(), older).violations)
    rules += violation.rule + " " + std::to_string(violation.fault.place.line) + ":" +
             std::to_string(violation.fault.place.column) + "\n";
  return rules;
}

std::string broken_rules(const std::string& path) { return broken_rules(case_of(path)); }

}  // namespace

TEST_CASE("conditions that exclude each other are refused, with the data for which nobody can do anything") {
  const auto definition = case_of("a02-require-contradicts-action/a02-require-contradicts-action");
  const auto verification = verify(definition, national_calendar());
  const auto found = std::find_if(verification.violations.begin(), verification.violations.end(),
                                  [](const auto& each) { return each.rule == "no-way-on"; });
  REQUIRE(found != verification.violations.end());
  CHECK(found->data == std::map<std::string, std::string>{{"ground", "a"}});
  CHECK(found->fault.what == "with ground = a nobody who holds `review` can do anything in it");
  CHECK(broken_rules("a04-return-loop-for-ever/a04-return-loop-for-ever") ==
        "no-way-to-an-end 15:3\nguard-never-holds 24:46\n");
}

TEST_CASE("one person for each post is enough in every state, or the definition is refused") {
  CHECK(broken_rules("d01-small-county-stuck/d01-small-county-stuck") == "nobody-left 24:3\n");
}

TEST_CASE("what only files and what only waits does not decide") {
  CHECK(broken_rules("d07-silent-approval-by-wait/d07-silent-approval-by-wait") == "silent-approval 21:3\n");
}

TEST_CASE("effects keep the registry sound, or the definition is refused") {
  CHECK(broken_rules("g01-sex-against-id/g01-sex-against-id") ==
        "unchecked-id-number 23:3\nregistry-agreement 23:3\nregistry-agreement 23:3\n");
}

TEST_CASE("a migration is proved from everywhere that a live request can stand") {
  const auto first = case_of("f01-migrate-stopped-branch/v1/f01-migrate-stopped-branch-v1");
  const auto second = case_of("f01-migrate-stopped-branch/v2/f01-migrate-stopped-branch-v2");
  CHECK(broken_rules(second) == "");
  CHECK(broken_rules(second, {&first}).find("no-otherwise") != std::string::npos);
  const auto approved = case_of("f02-migrate-skips-approval/v1/f02-migrate-skips-approval-v1");
  const auto skipped = case_of("f02-migrate-skips-approval/v2/f02-migrate-skips-approval-v2");
  CHECK(broken_rules(skipped) == "");
  CHECK(broken_rules(skipped, {&approved}) == "silent-approval 27:3\nalways 32:5\nalways 33:5\n");
}

TEST_CASE("without the older version a migration is told to be unproved") {
  const auto second = case_of("f02-migrate-skips-approval/v2/f02-migrate-skips-approval-v2");
  const auto warnings = verify(second, national_calendar()).warnings;
  REQUIRE(!warnings.empty());
  CHECK(warnings.back().rule == "migration-not-proved");
}

TEST_CASE("what was only carried out wrongly is proved as it stands") {
  for (const auto* path : {"b01-submit-to-end-skips-form/b01-submit-to-end-skips-form",
                           "b02-submit-guard-skipped-on-open/b02-submit-guard-skipped-on-open",
                           "c01-required-field-emptied-later/c01-required-field-emptied-later",
                           "d03-recall-proved-but-refused/d03-recall-proved-but-refused",
                           "x01-otherwise-return-crash/x01", "x02-anywhere-restart/x02", "x04-has-empty-list/x04"}) {
    INFO(path);
    CHECK(broken_rules(path) == "");
  }
}

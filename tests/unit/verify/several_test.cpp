// Definitions about several students: what is asked of each, and what a path knows of them.
#include "tests/unit/verify/files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::string class_change() { return shipped_text("class-change"); }

std::vector<std::string> rules_broken_by(const std::string& text, const std::vector<const Definition*>& older = {}) {
  std::vector<std::string> rules;
  for (const Violation& each : verify(definition_of(text), national_calendar(), older).violations)
    rules.push_back(each.rule);
  return rules;
}

using BrokenRules = std::vector<std::string>;

}  // namespace

TEST_CASE("everything that a change of class promises holds") {
  const auto verification = verify(definition_of(class_change()), national_calendar());
  CHECK(verification.violations.empty());
  CHECK(verification.properties > 100);
}

TEST_CASE("a batch that nobody is eligible for, or whom the server would choose never, is refused") {
  CHECK(rules_broken_by(replaced(class_change(), "rule: student.status == \"in_school\"",
                                 "rule: student.status == \"in_school\" && student.status == \"suspended\""))
            .front() == "guard-never-holds");
  CHECK(rules_broken_by(replaced(class_change(), "student.grade == grade && student.class == class",
                                 "student.grade == grade && student.status == \"suspended\"")) ==
        BrokenRules{"guard-never-holds"});
  CHECK(rules_broken_by(replaced(class_change(), "has(grade) && has(class) && ", "")) ==
        BrokenRules{"guard-reads-empty"});
}

TEST_CASE("texts that stand in the rules of who is eligible alone are told apart") {
  CHECK(rules_broken_by(replaced(class_change(), "rule: student.status == \"in_school\"",
                                 "rule: student.status == \"in_school\" && has(student.class) && "
                                 "student.class in [\"1班\", \"2班\"] && student.class != \"1班\""))
            .empty());
}

TEST_CASE("a status that is given to each is sound where those who may not have it are not eligible") {
  const std::string sets_status =
      replaced(class_change(), "set: {student.class: field new_class}", "set: {student.status: graduated}");
  CHECK(rules_broken_by(sets_status).empty());
  CHECK(rules_broken_by(replaced(sets_status, "rule: student.status == \"in_school\"",
                                 "rule: student.status != \"suspended\"")) == BrokenRules{"terminal-status"});
}

TEST_CASE("an end that sets each student's own value has one of everybody where it is required") {
  const std::string division = shipped_text("class-division");
  CHECK(rules_broken_by(division).empty());
  CHECK(rules_broken_by(replaced(division, "    required: true\n", "")) == BrokenRules{"effect-without-field"});
}

TEST_CASE("requests about one student move to no version about several") {
  const Definition older = definition_of(shipped_text("resumption"));
  Definition one = older;
  one.key = "class-change";
  one.version = 1;
  const std::string newer =
      replaced(class_change(), "version: 1\n", "version: 2\n") + "\nmigrate:\n  - from: 1\n    otherwise: same state\n";
  const auto rules = rules_broken_by(newer, {&one});
  CHECK(std::find(rules.begin(), rules.end(), "migration-subject") != rules.end());
}

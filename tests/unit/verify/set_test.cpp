// Effects that set members by name are held to what effects by fields are held to.
#include "engine/verify/verify.hpp"
#include "tests/catch.hpp"
#include "tests/unit/verify/files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::string rules_broken(const std::string& text) {
  std::string rules;
  for (const Violation& each : verify(definition_of(text), national_calendar()).violations)
    rules += (rules.empty() ? "" : " ") + each.rule;
  return rules;
}

const std::string approved = "effect set only after county_approval.approve";
const std::string sets_status = "          student.status: in_school\n";
const std::string new_class_field = R"(  new_class:
    type: text
)";

}  // namespace

TEST_CASE("nobody comes back from death by a status that an end sets") {
  const std::string ended = R"_("!(student.status in [\"withdrawn\", \"attended\", \"deceased\"])")_";
  const std::string but_the_dead = R"_("!(student.status in [\"withdrawn\", \"attended\"])")_";
  CHECK(rules_broken(replaced(shipped_text("return"), ended, but_the_dead)) == "terminal-status");
  CHECK(rules_broken(replaced(replaced(shipped_text("return"), ended, but_the_dead), sets_status,
                              "          student.status: deceased\n")) == "");
  const std::string by_field = replaced(replaced(shipped_text("return"), ended, but_the_dead), sets_status,
                                        "          student.status: field new_status\n");
  CHECK(rules_broken(replaced(by_field, new_class_field,
                              "  new_status: {type: status, title: {zh: 状态, en: Status}}\n" + new_class_field)) ==
        "terminal-status");
}

TEST_CASE("a member that is set demands a decision as one that a field changes") {
  std::string text =
      replaced(shipped_text("suspension"), "      submit: {to: head_review}", "      submit: {to: completed}");
  for (const std::string state : {"head_review", "county_approval"}) {
    const auto from = text.find("  " + state + ":\n"), until = text.find("\n\n", from);
    text.erase(from, until + 2 - from);
  }
  for (const std::string line :
       {"  - effect set only after head_review.approve\n", "  - effect set only after county_approval.approve\n",
        "  - every path to completed passes county_approval\n",
        "  - different people: [head_review, county_approval]\n", "  - on: return\n    who: [initiator]\n"})
    text = replaced(text, line, "");
  const auto rules = rules_broken(text);
  CHECK(rules.find("silent-approval") != std::string::npos);
}

TEST_CASE("where only optional fields give what is set, there can be nothing to do") {
  const std::string by_class =
      replaced(replaced(shipped_text("return"), sets_status, ""), "          student.grade: field new_grade\n", "");
  CHECK(rules_broken(by_class) == "effect-without-field");
}

TEST_CASE("an ID number that is set was checked, and may be refused at the end") {
  const std::string number = "  new_number: {type: id_number, title: {zh: 号码, en: Number}}\n";
  const std::string set = replaced(replaced(shipped_text("return"), new_class_field, number + new_class_field),
                                   sets_status, sets_status + "          student.id_number: field new_number\n");
  CHECK(rules_broken(set) == "unchecked-id-number");
  CHECK(rules_broken(
            replaced(shipped_text("return"), sets_status, sets_status + "          student.id_number: none\n")) == "");
}

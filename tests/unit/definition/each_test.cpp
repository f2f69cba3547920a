// Fields of which each of several students has a value.
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string division = R"(format: 2
key: class-division
version: 1
title: {zh: 分班, en: Division}
source: FAQ 1
subject:
  students of: initiator.office
  at_most: 300
  where: has(class) && student.class == class
open:
  by: registrar at student.school
fields:
  class: {type: text, title: {zh: 原班级, en: Class}}
  new_class: {type: text, each: true, required: true, title: {zh: 新班级, en: New class}}
require:
  - rule: has(class)
    else: {zh: 请填写原班级, en: Fill in the class}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: review}
  review:
    approval: head at student.school
    title: {zh: 审核, en: Review}
    actions:
      approve: {to: completed}
      reject: {to: rejected}
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [{set: {student.class: field new_class}}]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
)";

std::string faults_of_each(const std::string& from, const std::string& to) {
  return faults_of(with(division, from, to));
}

constexpr auto reads_as_one = "`new_class` has a value for each student, and a condition reads the form as one";

}  // namespace

TEST_CASE("a field of a batch may have a value for each student, which an end sets") {
  const auto loaded = load_definition(division, "w.yaml");
  REQUIRE(std::holds_alternative<Definition>(loaded));
  const Definition& definition = std::get<Definition>(loaded);
  CHECK(definition.has_each());
  CHECK_FALSE(definition.field("class")->each);
  CHECK(definition.field("new_class")->each);
  CHECK(definition.field("new_class")->member() == "class");
}

TEST_CASE("a value for each student belongs to a request about several, of format 2") {
  CHECK(faults_of(with(small_definition, "{type: choice,", "{type: choice, each: true,"))
            .find("`each` belongs to format 2; write `format: 2` at the top") != std::string::npos);
  CHECK(
      faults_of_each("  students of: initiator.office\n  at_most: 300\n  where: has(class) && student.class == class\n",
                     "  students: 2\n")
          .find("w.yaml:12:33: error: only a request about several students has a value for each") !=
      std::string::npos);
  CHECK(faults_of_each("{type: text, each: true", "{type: school, each: true")
            .find("a school cannot be named for each student") != std::string::npos);
}

TEST_CASE("what reads the form as one cannot read a value for each student") {
  CHECK(faults_of_each("rule: has(class)", "rule: has(class) && class != new_class").find(reads_as_one) !=
        std::string::npos);
  CHECK(faults_of_each("where: has(class) &&", "where: has(new_class) &&").find(reads_as_one) != std::string::npos);
  CHECK(faults_of_each("approve: {to: completed}",
                       "approve: {to: completed, when: [{rule: has(new_class), else: {zh: 无, en: None}}]}")
            .find(reads_as_one) != std::string::npos);
  CHECK(faults_of_each("field new_class}}]", "field new_class}, when: has(new_class)}]").find(reads_as_one) !=
        std::string::npos);
  CHECK(faults_of_each("approve: {to: completed}", "approve: {to: completed, fields: [new_class]}")
            .find("`new_class` has a value for each student, which only the draft takes") != std::string::npos);
  CHECK(faults_of_each("title: {zh: 新班级, en: New class}}",
                       "title: {zh: 新班级, en: New class}}\n  grade: {type: grade, each: true, changes: "
                       "student.grade, title: {zh: 年级, en: Grade}}")
            .find("leave out `changes`, and let the end `set` the member to `field grade`") != std::string::npos);
}

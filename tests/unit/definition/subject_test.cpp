// Whom a request is about: one student, or several of a school.
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string several = R"(format: 2
key: class-move
version: 1
title: {zh: 调班, en: Move of a class}
source: FAQ 1
subject:
  students of: initiator.office
  at_most: 300
  where: has(class) && student.class == class
  eligible:
    - rule: student.status == "in_school"
      else: {zh: 须在校, en: In school only}
open:
  by: registrar at student.school
fields:
  class: {type: text, title: {zh: 原班级, en: Class}}
  new_class: {type: text, required: true, title: {zh: 新班级, en: New class}}
  number: {type: id_number, title: {zh: 号码, en: Number}}
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

std::string faults_when(const std::string& from, const std::string& to) { return faults_of(with(several, from, to)); }

}  // namespace

TEST_CASE("a definition says that a request is about several students") {
  const auto loaded = load_definition(several, "w.yaml");
  REQUIRE(std::holds_alternative<Definition>(loaded));
  const SubjectRule& subject = std::get<Definition>(loaded).subject;
  CHECK(subject.several());
  CHECK(subject.at_most == 300);
  CHECK(subject.where->source() == "has(class) && student.class == class");
  CHECK(subject.eligible.size() == 1);
}

TEST_CASE("faults in what a request about several students is about are told with place and advice") {
  CHECK(faults_when("at_most: 300", "at_most: 5001") ==
        "w.yaml:8:12: error: `at_most` must be a whole number from 1 to 5000; write it in plain decimal digits\n");
  CHECK(faults_when("  at_most: 300\n", "").find("say how many they may be") != std::string::npos);
  CHECK(faults_when("students of: initiator.office", "students of: student.school")
            .find("a batch cannot be of the students of `student.school`") != std::string::npos);
  CHECK(faults_when("format: 2", "format: 1").find("belongs to format 2") != std::string::npos);
  CHECK(faults_when("rule: student.status == \"in_school\"", "rule: has(new_class)").find("new_class") !=
        std::string::npos);
}

TEST_CASE("what is about one student cannot stand in a request about several") {
  CHECK(faults_when("by: registrar at student.school", "by: reviewer at authority of student.school")
            .find("only their own school opens a request about several students") != std::string::npos);
  CHECK(faults_when("  by: registrar at student.school\n",
                    "  by: registrar at student.school\n  when:\n    - rule: student.grade == \"3\"\n      else: {zh: "
                    "三年级, en: "
                    "Grade 3}\n")
            .find("this rule reads one student's record") != std::string::npos);
  CHECK(faults_when("title: {zh: 新班级, en: New class}}",
                    "title: {zh: 新班级, en: New class}}\n  new_name: {type: person_name, title: {zh: 姓名, en: Name}, "
                    "changes: student.name}")
            .find("`new_name` changes one student's record") != std::string::npos);
  CHECK(faults_when("set: {student.class: field new_class}", "set: {student.id_number: field number}")
            .find("`student.id_number` cannot be the same for several students") != std::string::npos);
  CHECK(faults_when("effects: [{set: {student.class: field new_class}}]", "effects: [retire_number]")
            .find("`retire_number` cannot be made of several students") != std::string::npos);
  CHECK(faults_when("  review:\n    approval: head at student.school\n    title: {zh: 审核, en: Review}\n    actions:\n"
                    "      approve: {to: completed}\n      reject: {to: rejected}\n",
                    "  review:\n    check: [duplicate_check]\n    title: {zh: 查重, en: Check}\n"
                    "    outcomes: {clear: {to: completed}, suspect: {to: rejected}}\n")
            .find("the national checks are about one student") != std::string::npos);
}

TEST_CASE("a word that a request cannot be about is a fault") {
  CHECK(faults_of(with(small_definition, "subject: student", "subject: school"))
            .find("a request cannot be about `school`") != std::string::npos);
}

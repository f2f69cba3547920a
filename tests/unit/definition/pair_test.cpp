// A request about two records that are alike: what its definition says, and what it can't.
#include "engine/definition/guard_paths.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string about_pair = R"(format: 2
key: one-or-two
version: 1
title: {zh: 核实, en: One or two}
source: FAQ 8
subject: {students: 2}
open:
  by: reviewer at common superior of students
  on:
    pair of students: [student.name, student.birth_date]
    where: any(students, !has(student.id_number))
fields:
  survivor: {type: subject, required: true, title: {zh: 保留, en: Survivor}}
states:
  draft:
    draft: reviewer at common superior of students
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: review}
  review:
    approval: approver at common superior of students
    title: {zh: 审定, en: Review}
    actions:
      approve: {to: merged}
      reject: {to: rejected}
  merged: {end: completed, title: {zh: 合并, en: Merged}, effects: [{merge: into field survivor}]}
  rejected: {end: rejected, title: {zh: 不办, en: Rejected}}
inform:
  - on: open
    who: [registrar at schools of students]
)";

std::string faults_of_pair_when(const std::string& from, const std::string& to) {
  return faults_of(with(about_pair, from, to));
}

void check_pair_fault(const std::string& from, const std::string& to, const std::string& fault) {
  INFO(from << " -> " << to);
  const std::string faults = faults_of_pair_when(from, to);
  INFO(faults);
  CHECK(faults.find(fault) != std::string::npos);
}

}  // namespace

TEST_CASE("a definition says that the machine opens it about a pair") {
  const auto loaded = load_definition(about_pair, "w.yaml");
  REQUIRE(std::holds_alternative<Definition>(loaded));
  const auto& definition = std::get<Definition>(loaded);
  CHECK(definition.subject.kind == SubjectRule::Kind::pair);
  CHECK(definition.subject.at_most == 2);
  CHECK(definition.opened_on->same == std::vector<std::string>{"name", "birth_date"});
  CHECK(definition.opened_on->where->paths() ==
        std::vector<std::string>{"students.1.id_number", "students.2.id_number"});
  CHECK(definition.states.at(2).effects.at(0).field == "survivor");
}

TEST_CASE("faults in how the machine opens a pair are told with place and advice") {
  check_pair_fault("{students: 2}", "{students: 3}", "w.yaml:6:21: error: a case is about two students");
  check_pair_fault("format: 2", "format: 1", "belongs to format 2");
  check_pair_fault(
      "  on:\n    pair of students: [student.name, student.birth_date]\n    where: any(students, "
      "!has(student.id_number))\n",
      "", "nobody opens a request about a pair: the machine does");
  check_pair_fault("[student.name, student.birth_date]", "[student.name]", "a pair has `student.birth_date` alike");
  check_pair_fault("[student.name, student.birth_date]", "[student.name, student.birth_date, student.height]",
                   "`student.height` is no member of a record");
  check_pair_fault("[student.name, student.birth_date]", "[student.name, student.birth_date, student.name]",
                   "stands here a second time");
  check_pair_fault("  on:\n", "  window: transfer\n  on:\n", "the machine opens a pair whenever it finds one");
  check_pair_fault("  on:\n", "  when:\n    - {rule: has(students.1.id_number), else: {zh: 否, en: No}}\n  on:\n",
                   "nobody is told why the machine opened nothing");
}

TEST_CASE("what is of one school or one student cannot stand in a request about a pair") {
  check_pair_fault("effects: [{merge: into field survivor}]", "effects: [{merge: into field survivor}, retire_number]",
                   "`retire_number` comes after `merge`, which ends one of the records");
  check_pair_fault("draft: reviewer at common superior of students", "draft: reviewer at authority of student.school",
                   "the two students of a pair may be at two schools");
  check_pair_fault("approval: approver at common superior of students", "approval: head at schools of students",
                   "a pair may be at two schools, and one post holds or decides");
  check_pair_fault("any(students, !has(student.id_number))", "has(student.id_number)",
                   "there is no field `student.id_number` here");
  check_pair_fault("type: subject", "type: student_number", "`into field survivor` does not say which");
  check_pair_fault("effects: [{merge: into field survivor}]", "effects: [{set: {student.class: none}}]",
                   "`set` is made of one student, and this is about two");
  check_pair_fault(
      "title: {zh: 保留, en: Survivor}}",
      "title: {zh: 保留, en: Survivor}}\n  new_name: {type: person_name, title: {zh: 姓名, en: Name}, changes: "
      "student.name}",
      "`new_name` changes one student's record");
}

TEST_CASE("what is of a pair cannot stand elsewhere") {
  const std::string of_one = with(with(small_definition, "format: 1", "format: 2"),
                                  "type: person_name, title: {zh: 新姓名, en: New name}, changes: student.name",
                                  "type: subject, title: {zh: 谁, en: Who}");
  CHECK(faults_of(of_one).find("names one of two students, and this is about none") != std::string::npos);
}

TEST_CASE("all and any ask both records of a pair, each in turn") {
  const auto loaded = load_definition(about_pair, "w.yaml");
  const GuardPaths paths = guard_paths(GuardScope::form, std::get<Definition>(loaded));
  const auto holds = [&](const std::string& source, const std::string& first, const std::string& second) {
    const auto parsed = parse_guard(source, paths.types, paths.known);
    REQUIRE(std::holds_alternative<Guard>(parsed));
    return std::get<Guard>(parsed).holds([&](std::string_view path) -> GuardValue {
      if (path == "students.1.status") return first;
      if (path == "students.2.status") return second;
      return {};
    });
  };
  const std::string all = "all(students, student.status == \"in_school\")",
                    any = "any(students, student.status == \"in_school\")";
  CHECK(holds(all, "in_school", "in_school"));
  CHECK_FALSE(holds(all, "in_school", "left"));
  CHECK(holds(any, "left", "in_school"));
  CHECK_FALSE(holds(any, "left", "left"));
  CHECK(holds("students.1.status == students.2.status", "left", "left"));
  CHECK(holds("!" + all + " && " + any, "left", "in_school"));

  const auto fault = [&](const std::string& source) {
    const auto parsed = parse_guard(source, paths.types, paths.known);
    return std::holds_alternative<GuardFault>(parsed) ? std::get<GuardFault>(parsed).what : std::string();
  };
  CHECK(fault("all(students, any(students, has(student.name)))") == "`any` stands within another one");
  CHECK(fault("all(student, has(student.name))") == "`all` asks about `students`");
  CHECK(fault("all(students)") == "a `,` is missing here");
  CHECK(fault("students.3.name == \"a\"") == "there is no field `students.3.name` here");
  const std::vector<Field> no_fields;
  const GuardPaths of_one = guard_paths(GuardScope::form, no_fields);
  CHECK(std::get<GuardFault>(parse_guard("all(students, has(student.name))", of_one.types, of_one.known)).what ==
        "`all` asks about a pair, and the request is not about two students");
}

// A place that a field of the form names.
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string receiving = "  receiving: {office: field new_school, title: {zh: 转入学校, en: Receiving school}}\n";
const std::string new_school = "  new_school: {type: school, required: true, title: {zh: 新学校, en: New school}}\n";
const std::string review_at = "    approval: reviewer at authority of student.school\n";

/// The small definition in the second format, whose form names a school.
std::string naming_a_school(const std::string& from = "", const std::string& to = "") {
  std::string text = with(small_definition, "format: 1", "format: 2");
  text = with(text, "open:\n", "places:\n" + receiving + "open:\n");
  text = with(text, "fields:\n", "fields:\n" + new_school);
  return from.empty() ? text : with(text, from, to);
}

std::string first_fault(const std::string& from, const std::string& to) {
  const std::string faults = faults_of(naming_a_school(from, to));
  return faults.substr(0, faults.find('\n'));
}

}  // namespace

TEST_CASE("a field names a place that stands wherever an office is named") {
  const Definition definition =
      loaded(naming_a_school(review_at, "    approval: reviewer at authority of receiving\n"));
  REQUIRE(definition.places.size() == 1);
  CHECK(definition.places[0].place == named_school);
  CHECK(definition.places[0].title == Text{"转入学校", "Receiving school"});
  REQUIRE(definition.naming_field());
  CHECK(definition.naming_field()->key == "new_school");
  CHECK(definition.state("review")->actor.office.place == named_school);
  CHECK_FALSE(loaded(small_definition).naming_field());
}

TEST_CASE("a place without a title is called as the field that names it is") {
  const Definition definition = loaded(naming_a_school(receiving, "  receiving: field new_school\n"));
  CHECK(definition.places[0].title == Text{"新学校", "New school"});
}

TEST_CASE("the form's rules read places and what their schools teach") {
  const std::string rule = "has(new_name) && ground != \"other\"";
  const Definition definition = loaded(
      naming_a_school("rule: " + rule, "rule: receiving != student.school && student.grade in receiving.grades"));
  CHECK(definition.require.front().guard.paths() ==
        std::vector<std::string>{"named.school", "student.school", "student.grade", "named.school.grades"});
}

TEST_CASE("the student moves to the school that the form names") {
  const Definition definition =
      loaded(naming_a_school("effects: [apply_changes]", "effects: [apply_changes, {move: student to receiving}]"));
  CHECK(definition.state("completed")->effects.back().place == named_school);
}

TEST_CASE("what is wrong with a place that a field names is told where it stands") {
  const auto [from, to, fault] = GENERATE(table<std::string, std::string, std::string>({
      {"field new_school", "field old_school",
       "8:3: error: there is no field `old_school`; name a field of the form, of type school"},
      {"type: school, required: true", "type: office, required: true",
       "15:3: error: `new_school` names the place `receiving`, and is no school; give the field the type school"},
      {"type: school, required: true", "type: school",
       "15:3: error: `new_school` names the place `receiving`, and may be left empty; add `required: true`"},
      {receiving, receiving + "  third: field new_school\n",
       "9:3: error: a second place is named by a field; let a field name one place only"},
      {"by: registrar at student.school\n  when", "by: registrar at any school\n  when",
       "8:3: error: where any school opens the request, a field names no further place; let `open` say `by: registrar "
       "at student.school`"},
      {"by: registrar at student.school\n  when", "by: registrar at receiving\n  when",
       "10:7: error: no school is named before the form is filled in; name the office from the student, like "
       "`student.school`"},
      {"by: registrar at student.school\n  when",
       "by: reviewer at common superior of student.school and receiving\n  when",
       "10:7: error: no school is named before the form is filled in; name the office from the student, like "
       "`student.school`"},
      {"rule: student.status == \"in_school\"", "rule: receiving != student.school",
       "12:13: error: this reads a school that the form names, which is not filled in at the opening; ask it under "
       "`require`, which is tried at every submission"},
      {"  when:\n    - rule: student",
       "  window: {name: transfer, when: student.grade in receiving.grades}\n  when:\n    - rule: student",
       "11:34: error: this reads a school that the form names, which is not filled in at the opening; ask it under "
       "`require`, which is tried at every submission"},
      {"version: 3\n", "variant: near\nversion: 3\napplies: {place: receiving, provinces: [\"440000\"]}\n",
       "5:18: error: the file is chosen when the request is opened, and `receiving` is named later; ask for the place "
       "of whoever opens it, like `student.school`"},
      {"approve: {to: checking}", "approve: {to: checking, fields: [new_school]}",
       "36:39: error: `new_school` names a place, and stands fixed once it is submitted; let it be filled in in the "
       "draft, to which the request is returned"},
  }));
  CAPTURE(to);
  CHECK(first_fault(from, to) == "w.yaml:" + fault);
}

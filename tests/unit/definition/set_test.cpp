// The effect that gives members of the record a value, as authors write it.
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string changing = "effects: [apply_changes]";

/// The small definition in the second format, with fields for class and grade and such effects at its end.
std::string with_effects(const std::string& effects) {
  std::string text = with(small_definition, "format: 1", "format: 2");
  text = with(text, "  new_name: {type: person_name, title: {zh: 新姓名, en: New name}, changes: student.name}\n",
              R"(  new_name: {type: person_name, title: {zh: 新姓名, en: New name}, changes: student.name}
  new_class: {type: text, title: {zh: 班级, en: Class}}
  new_grade: {type: grade, title: {zh: 年级, en: Grade}}
  sex: {type: choice, title: {zh: 性别, en: Sex}, choices: {male: {zh: 男, en: Male}, other: {zh: 其他, en: Other}}}
)");
  return with(text, changing, "effects: [apply_changes, " + effects + "]");
}

std::string fault_in(const std::string& effects) {
  const std::string faults = faults_of(with_effects(effects));
  return faults.substr(0, faults.find('\n'));
}

}  // namespace

TEST_CASE("members are set to a constant, to a field's value, or to none") {
  const Definition definition =
      loaded(with_effects("{set: {student.status: suspended, student.grade: field new_grade, student.class: none}}"));
  const auto& effects = definition.state("completed")->effects;
  REQUIRE(effects.size() == 2);
  CHECK(effects[1] == EffectCall{"set", {}, {{"status", {}, "suspended"}, {"grade", "new_grade"}, {"class"}}});
  CHECK(definition.field("new_grade")->member() == "grade");
  CHECK(definition.field("new_name")->member() == "name");
  CHECK(definition.field("new_class")->member().empty());
  CHECK(loaded(with_effects("{set: {student.class: 2班}}")).state("completed")->effects[1].settings ==
        std::vector<MemberSetting>{{"class", {}, "2班"}});
}

TEST_CASE("what is wrong with what is set is told where it stands") {
  const auto [effects, fault] = GENERATE(table<std::string, std::string>({
      {"{set: {student.statu: left}}",
       "44:95: error: `set` cannot set `student.statu`; did you mean `student.status`?"},
      {"{set: {student.school: left}}",
       "44:95: error: `set` cannot set `student.school`; write `move: student to PLACE` instead"},
      {"{set: {student.status: lefts}}", "44:111: error: `student.status` cannot be `lefts`; did you mean `left`?"},
      {"{set: {student.grade: 13}}", "44:110: error: `student.grade` cannot be `13`; did you mean `1"},
      {"{set: {student.status: none}}",
       "44:111: error: `student.status` cannot be empty; set it to a value, or to `field KEY`"},
      {"{set: {student.birth_date: 2015-01-01}}",
       "44:115: error: `student.birth_date` cannot be `2015-01-01` for every student; take it from a field, `field "
       "KEY`"},
      {"{set: {student.sex: male}}", "44:108: error: `student.sex` cannot be `male` for every student"},
      {"{set: {student.class: " + std::string(51, 'a') + "}}",
       "44:110: error: `student.class` cannot be `" + std::string(51, 'a') + "`; write at most 50 characters"},
      {"{set: {student.class: field new_clas}}",
       "44:116: error: there is no field `new_clas`; did you mean `new_class`?"},
      {"{set: {student.status: field new_class}}",
       "44:111: error: a field of type text cannot change `student.status`; give the field the type status"},
      {"{set: {student.sex: field sex}}",
       "16:3: error: `student.sex` cannot be `other`; the choices are male and female"},
      {"{set: {student.name: field new_name}}",
       "44:109: error: the field `new_name` `changes` `student.name` itself; leave out one of the two"},
      {"{set: {student.name: 张三}}", "44:109: error: `student.name` cannot be `张三` for every student"},
      {"{set: {student.class: none, student.class: none}}",
       "44:116: error: the key `student.class` stands here a second time"},
      {"{set: {student.class: none}}, {set: {student.class: 2班}}",
       "44:118: error: another effect of `completed` changes the student's class already; let one of the two change "
       "it"},
      {"{set: {}}", "44:94: error: `set` must be a map"},
      {"set", "44:88: error: the effect `set` says nothing of how; write `set: …`"},
      {"{set: student.status}", "44:94: error: `set` must be a map"},
  }));
  CAPTURE(effects);
  CHECK(fault_in(effects).substr(0, fault.size() + 7) == "w.yaml:" + fault);
}

TEST_CASE("a field sets one member, whether it says so itself or an end does") {
  const std::string twice = with(with_effects("{set: {student.class: field new_class}}"),
                                 "  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}",
                                 "  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}, effects: [{set: "
                                 "{student.class: field new_class}}]}");
  CHECK(loaded(twice).field("new_class")->member() == "class");
  CHECK(faults_of(with(with_effects("{set: {student.name: field new_name}}"), ", changes: student.name", ""))
            .find("the effect apply_changes has nothing to change") != std::string::npos);
}

TEST_CASE("the first format sets no member by name") {
  CHECK(faults_of(with(small_definition, changing, "effects: [{set: {student.class: none}}]"))
            .find("belong to format 2") != std::string::npos);
}

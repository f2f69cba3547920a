#include "cli/schema/scenario_schema.hpp"

#include "cli/schema/schema_parts.hpp"
#include "engine/authority/stage.hpp"
#include "engine/definition/definition.hpp"
#include "engine/machine/refusal.hpp"
#include "engine/registry/check_names.hpp"
#include "engine/registry/student.hpp"

namespace xueji::schema {
namespace {

constexpr std::int64_t comment_text = 10'000;

template <class Word>
std::vector<std::string_view> words_up_to(Word last) {
  std::vector<std::string_view> words;
  for (int word = 0; word <= static_cast<int>(last); ++word) words.push_back(to_string(static_cast<Word>(word)));
  return words;
}

std::vector<std::string_view> refusals() {
  std::vector<std::string_view> words;
  for (int kind = 0; kind <= static_cast<int>(RefusalKind::failed); ++kind)
    words.push_back(slug(static_cast<RefusalKind>(kind)));
  return words;
}

json::object scalar() { return {{"type", json::array{"string", "number", "boolean"}}}; }
json::object values() { return {{"type", "object"}, {"additionalProperties", scalar()}}; }

/// What is filled in: a value, or rows of such.
json::object filled_in() {
  return {{"type", "object"}, {"additionalProperties", any_of({scalar(), {{"type", "array"}, {"items", values()}}})}};
}

json::object person() {
  return {{"type", "string"},
          {"minLength", 1},
          {"examples",
           {"registrar", "head", "county reviewer", "county approver", "province reviewer", "province approver",
            "ministry reviewer", "ministry approver", "second county reviewer", "other registrar"}}};
}
json::object people() { return {{"type", "array"}, {"items", person()}}; }

json::object moment() {
  return matching(
      "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?|\\+[0-9]+ (working days?|days?|hours?|minutes?))$",
      {"2026-09-01T09:00", "+3 working days", "+2 hours"});
}

json::object school() {
  const json::object name = matching("^.+( under .+){1,3}$", {"第一小学 under 东城区 under 北京市"});
  return any_of(
      {name, map_of({{"name", true, described("学校及其上级。", "The school and the offices above it.", name)},
                     {"stages", false,
                      described("所办的学段。", "The stages that it teaches.",
                                list_of(one_of_words({stage_words.begin(), stage_words.end()})))},
                     {"system", false,
                      described("学制，默认 6-3。", "Its years of primary and junior high; 6-3 where left out.",
                                one_of_words({"6-3", "5-4"}))}})});
}

json::object given() {
  json::object student = map_of(
      {{"name", true, described("姓名。", "The name.", text(short_text))},
       {"id_number", false,
        described("身份证件号码；性别与出生日期由此而来。", "The ID number; sex and birth date follow.",
                  text(short_text))},
       {"birth_date", false,
        described("出生日期。", "The birth date.", matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", {"2015-03-01"}))},
       {"sex", false, described("性别。", "The sex.", one_of_words(words_up_to(Sex::female)))},
       {"status", false, described("在读状态。", "The status.", one_of_words(words_up_to(StudentStatus::deceased)))},
       {"status_until", false,
        described("休学期满日期。", "Until when a suspension lasts.",
                  matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", {"2027-08-31"}))},
       {"grade", false, described("年级。", "The grade.", scalar())},
       {"class", false, described("班级。", "The class.", scalar())},
       {"numbers", false,
        described("学籍号。", "The student numbers.",
                  list_of(matching("^[GLJ][0-9]{17}[0-9X]$", {"G11010519491231002X"})))}});
  json::object posts = {{"type", "object"}, {"additionalProperties", list_of(person())}};
  json::object schema =
      map_of({{"school", true,
               described("学校及其上级：“学校 under 县 under 省”。", "The school and the offices above it.", school())},
              {"other_school", false,
               described("另一所学校及其上级，与前者同名的上级即同一机构。",
                         "The other school likewise; offices of the same names are the same.", school())},
              {"student", false, described("学生。", "The student.", student)},
              {"students", false,
               described("流程针对多名学生时，逐个列出。", "Of a definition about several students, each.",
                         list_of(std::move(student)))},
              {"other_business", false,
               described("该学生始终另有一项在办业务。", "The student has another open business all along.",
                         {{"type", "boolean"}})},
              {"people", false, described("身兼数职的人。", "People with several posts.", std::move(posts))}});
  schema["oneOf"] = {{{"required", json::array{"student"}}}, {{"required", json::array{"students"}}}};
  return schema;
}

json::object expect() {
  return described(
      "此步之后应当如何。", "What must hold after the step.",
      map_of({{"state", false, described("所在环节。", "The state.", text(short_text))},
              {"branches", false,
               described("各分支所在环节，或 join、stop。", "The state of each branch, or join, stop.",
                         list_of(text(short_text)))},
              {"holders", false,
               described("在谁的待办中；system 为系统。", "Whose queues hold it; system for the machine.", people())},
              {"informed", false, described("此步告知了谁。", "Who was told in this step.", people())},
              {"claimed_by", false, described("由谁认领，或 nobody。", "Who claimed it, or nobody.", person())}}));
}

json::object step() {
  auto endings = words_up_to(Outcome::expired);
  endings.push_back("refused");
  json::object schema = map_of(
      {{"at", false, described("时刻，或距上一步多久。", "The moment, or how long after the step before.", moment())},
       {"who", false, described("谁。", "Who acts.", person())},
       {"does", false,
        described("做什么：open、edit、claim、release、comment、reassign 或流程的操作。",
                  "What they do: open, edit, claim, release, comment, reassign, or an action.", text(short_text))},
       {"opened_from", false,
        described("由该业务办结时发起，交 who 的岗位填报。",
                  "The end of that business opens this one, for the post of `who` to fill in.", text(short_text))},
       {"submit", false, described("申请并提交。", "Submit while opening.", {{"type", "boolean"}})},
       {"in_bulk", false,
        described("作为批量办理中的一件。", "As one of several that are acted on at once.", {{"type", "boolean"}})},
       {"fields", false,
        described("填写的字段；rows 字段写各行的列表。", "The fields filled in; of rows the list of them.",
                  filled_in())},
       {"each", false,
        described("逐名学生填写的字段：字段、学生姓名、值。",
                  "What is filled in for each student: the field, the student's name, the value.",
                  {{"type", "object"}, {"additionalProperties", values()}})},
       {"evidence", false,
        described("各类材料的份数。", "How many files of each kind.",
                  {{"type", "object"}, {"additionalProperties", whole_number(0, 100)}})},
       {"comment", false, described("意见。", "The comment.", text(comment_text))},
       {"to", false,
        described("退回到的环节，或改派给谁。", "The state returned to, or whom it is reassigned to.",
                  text(short_text))},
       {"subject", false,
        described("移出第几名学生。", "Which of several students is set aside.", whole_number(1, subjects_max))},
       {"state", false, described("所指的分支环节。", "The state of the branch that is meant.", text(short_text))},
       {"refused", false, described("须被拒绝，及其缘由。", "It must be refused, and how.", one_of_words(refusals()))},
       {"check", false,
        described("哪项核查应答。", "Which check answers.", one_of_words({check_names.begin(), check_names.end()}))},
       {"found", false,
        described("系统发现两条相同的学籍，符合条件的即立案。",
                  "The machine finds the two records, and opens a case where they are a pair.",
                  one_of_words({"pair"}))},
       {"record", false,
        described("其他业务其间将学籍的这些项目改为此值。",
                  "Members of the record that another business changes meanwhile, with their new values.", values())},
       {"request", false,
        described("所等的另一件业务的结果；未能发起的写 refused。",
                  "How the other request that it waits for ends; refused where it could not be opened.",
                  one_of_words(endings))},
       {"retires", false,
        described("另一件业务停用的学籍号。", "The number that the other request retires.", text(short_text))},
       {"answers", false,
        described("应答。", "What it answers.", one_of_words(words_up_to(CheckOutcome::unavailable)))},
       {"expect", false, expect()}});
  schema["dependentRequired"] = {{"does", json::array{"who"}},
                                 {"opened_from", json::array{"who"}},
                                 {"check", json::array{"answers"}},
                                 {"retires", json::array{"request"}},
                                 {"answers", json::array{"check"}}};
  schema["anyOf"] = {{{"required", json::array{"does"}}},   {{"required", json::array{"opened_from"}}},
                     {{"required", json::array{"check"}}},  {{"required", json::array{"found"}}},
                     {{"required", json::array{"record"}}}, {{"required", json::array{"request"}}},
                     {{"required", json::array{"at"}}}};
  return schema;
}

json::object then() {
  auto outcomes = words_up_to(Outcome::expired);
  outcomes.push_back("open");
  return map_of(
      {{"outcome", false, described("结果，或 open。", "The outcome, or open.", one_of_words(outcomes))},
       {"opened", false,
        described("办结时发起的业务，或 none。", "The business that its end opens, or none.", text(short_text))},
       {"student", false, described("学生的各项。", "Members of the student.", values())},
       {"students", false,
        described("多名学生各自的各项，按顺序。", "Members of several students, in their order.", list_of(values()))},
       {"set_aside", false,
        described("已移出的学生是第几名。", "Which of several students are set aside.",
                  list_of(whole_number(1, subjects_max)))},
       {"number_state", false, described("各学籍号的状态。", "The state of each number.", values())},
       {"history", false,
        described("学籍的全部变动，按顺序。", "All changes of the registry, in order.",
                  {{"type", "array"},
                   {"items",
                    map_of({{"field", true, text(short_text)}, {"old", true, scalar()}, {"new", true, scalar()}})}})}});
}

}  // namespace

json::object scenario_schema() {
  json::object schema = heading("xueji scenario", "一个关于流程的故事，由 xueji test 检验。",
                                "A story about one definition, run by xueji test.");
  json::object body =
      map_of({{"scenario", true, described("故事的名称。", "What the story is called.", texts(short_text))},
              {"given", true, described("有哪些机构、学生、人员。", "The offices, the student, the people.", given())},
              {"steps", true, described("谁在何时做什么。", "Who does what, when.", list_of(step()))},
              {"then", false, described("最后应当如何。", "What must have come of it.", then())}});
  for (auto& each : body) schema.insert_or_assign(each.key(), std::move(each.value()));
  return schema;
}

}  // namespace xueji::schema

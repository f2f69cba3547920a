#include "engine/definition/guard.hpp"
#include "tests/catch.hpp"

#include "engine/definition/guard_paths.hpp"

using namespace xueji;
using Values = std::map<std::string, GuardValue, std::less<>>;

namespace {

std::vector<Field> form() {
  Field name, number, ground, since;
  name.key = "new_name";
  name.type = FieldType::person_name;
  name.title = {"新姓名", "New name"};
  number.key = "number";
  number.type = FieldType::student_number;
  number.title = {"拟删除的学籍号", "Number to delete"};
  ground.key = "ground";
  ground.type = FieldType::choice;
  ground.title = {"事由", "Ground"};
  ground.choices = {{"wrong", {"错误", "wrong"}}, {"other", {"其他", "other"}}};
  since.key = "since";
  since.type = FieldType::date;
  since.title = {"起始日期", "Since"};
  return {name, number, ground, since};
}

const std::vector<Field> fields = form();

std::variant<Guard, GuardFault> parse(std::string_view source) {
  const auto paths = guard_paths(GuardScope::action, fields);
  return parse_guard(source, paths.types, paths.known);
}

Guard guard(std::string_view source) {
  auto parsed = parse(source);
  if (const auto* fault = std::get_if<GuardFault>(&parsed)) FAIL(fault->what << "; " << fault->advice);
  return std::get<Guard>(std::move(parsed));
}

Guard::Lookup lookup(Values values) {
  return [values](std::string_view path) {
    const auto found = values.find(path);
    return found == values.end() ? GuardValue{} : found->second;
  };
}

bool holds(std::string_view source, const Values& values) { return guard(source).holds(lookup(values)); }

std::string fault(std::string_view source) {
  const auto parsed = parse(source);
  if (!std::holds_alternative<GuardFault>(parsed)) return "no fault";
  const auto& found = std::get<GuardFault>(parsed);
  return std::to_string(found.offset) + ": " + found.what + "; " + found.advice;
}

std::vector<std::string> explained(std::string_view source, const Values& values) {
  std::vector<std::string> lines;
  for (const auto& text : guard(source).explain(lookup(values))) {
    lines.push_back(text.zh);
    lines.push_back(text.en);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("comparisons of texts, numbers and dates") {
  const Values values{{"new_name", "张三"},
                      {"request.round", std::int64_t{2}},
                      {"student.birth_date", Date{std::chrono::year{2015} / 9 / 1}},
                      {"since", "2016-01-01"}};
  CHECK(holds("new_name == \"张三\"", values));
  CHECK_FALSE(holds("new_name != '张三'", values));
  CHECK(holds("request.round < 3 && request.round <= 2 && request.round > 1 && request.round >= 2", values));
  CHECK(holds("-1 < request.round", values));
  CHECK(holds("student.birth_date < date(\"2015-09-02\")", values));
  CHECK(holds("student.birth_date <= since", values));
  CHECK(holds("size(new_name) == 2", values));
}

TEST_CASE("a missing field makes every comparison false, and has() tells it") {
  for (const auto* source :
       {"new_name == \"x\"", "new_name != \"x\"", "new_name == student.name", "new_name != student.name",
        "new_name in [\"x\"]", "size(new_name) >= 0", "since < date(\"2020-01-01\")", "has(new_name)"}) {
    CAPTURE(source);
    CHECK_FALSE(holds(source, {}));
    CHECK_FALSE(holds(source, {{"new_name", ""}}));
  }
  CHECK(holds("!has(new_name) || new_name != student.name", {}));
  using List = std::vector<std::string>;
  CHECK_FALSE(holds("has(student.current_g_numbers)", {{"student.current_g_numbers", List{}}}));
  CHECK(holds("size(student.current_g_numbers) == 0", {{"student.current_g_numbers", List{}}}));
  CHECK(holds("has(student.current_g_numbers)", {{"student.current_g_numbers", List{"G1"}}}));
  CHECK(holds("has(new_name)", {{"new_name", "x"}}));
  for (const std::string blank : {" ", "\n", "\u3000", "\u200B"}) {
    CHECK_FALSE(holds("has(new_name)", {{"new_name", blank}}));
    CHECK_FALSE(holds("size(new_name) >= 0", {{"new_name", blank}}));
  }
}

TEST_CASE("membership in written lists and in the student's lists") {
  const Values values{{"student.status", "suspended"},
                      {"number", "G1"},
                      {"student.current_g_numbers", std::vector<std::string>{"G1", "G2"}}};
  CHECK(holds("student.status in [\"in_school\", \"suspended\"]", values));
  CHECK(holds("number in student.current_g_numbers", values));
  CHECK_FALSE(holds("!(number in student.current_g_numbers)", values));
  CHECK(holds("size(student.current_g_numbers) == 2", values));
}

TEST_CASE("and binds more than or, and parentheses bind most") {
  const Values a{{"new_name", "x"}};
  CHECK(holds("has(new_name) || has(number) && has(ground)", a));
  CHECK_FALSE(holds("(has(new_name) || has(number)) && has(ground)", a));
  CHECK(holds("!has(number) && !(has(ground) || has(since))", a));
}

TEST_CASE("a guard tells which paths it reads, each once") {
  CHECK(guard("has(new_name) || new_name != student.name").paths() == Lines{"new_name", "student.name"});
  CHECK(guard("has(new_name)").source() == "has(new_name)");
}

TEST_CASE("explanations say in both languages what was wanted and what was seen") {
  CHECK(explained("student.status == \"in_school\"", {{"student.status", "suspended"}}) ==
        Lines{"状态应为在校，实际为休学", "Status should be in school, but is suspended"});
  CHECK(explained("student.status in [\"in_school\", \"abroad\"]", {{"student.status", "deceased"}}) ==
        Lines{"状态应为在校、出国之一，实际为死亡", "Status should be one of in school, abroad, but is deceased"});
  CHECK(explained("has(new_name)", {}) == Lines{"新姓名应填写", "New name should be filled in"});
  CHECK(explained("!has(new_name)", {{"new_name", "张三"}}) == Lines{"新姓名应留空", "New name should be left empty"});
  CHECK(explained("ground == \"wrong\"", {{"ground", "other"}}) ==
        Lines{"事由应为错误，实际为其他", "Ground should be wrong, but is other"});
  CHECK(explained("ground == \"wrong\"", {}) ==
        Lines{"事由应为错误，但未填写", "Ground should be wrong, but is not filled in"});
  CHECK(explained("new_name != student.name", {{"new_name", "张三"}, {"student.name", "张三"}}) ==
        Lines{"新姓名不应为现姓名（张三）", "New name should not be Present name (张三)"});
  CHECK(explained("request.round < 3", {{"request.round", std::int64_t{4}}}) ==
        Lines{"提交次数应小于3，实际为4", "The number of submissions should be less than 3, but is 4"});
  CHECK(explained("date(\"2020-01-01\") < since", {{"since", "2019-05-06"}}) ==
        Lines{"起始日期应晚于2020-01-01，实际为2019-05-06", "Since should be after 2020-01-01, but is 2019-05-06"});
  CHECK(explained("number in student.current_g_numbers",
                  {{"number", "G3"}, {"student.current_g_numbers", Lines{"G1", "G2"}}}) ==
        Lines{"拟删除的学籍号应属于现用 G 字头学籍号（G1、G2），实际为G3",
              "Number to delete should be one of the current G numbers (G1, G2), but is G3"});
  CHECK(explained("size(new_name) <= 2", {{"new_name", "张三丰"}}) ==
        Lines{"新姓名的字数不应大于2，实际为3", "The length of: New name should be at most 2, but is 3"});
}

TEST_CASE("explanations name only the parts that failed") {
  CHECK(explained("has(new_name) && has(number) && has(ground)", {{"number", "G1"}}) ==
        Lines{"新姓名应填写", "New name should be filled in", "事由应填写", "Ground should be filled in"});
  CHECK(explained("has(new_name) || has(number) && has(ground)", {}) ==
        Lines{"新姓名应填写，或拟删除的学籍号应填写且事由应填写",
              "New name should be filled in; or: Number to delete should be filled in and Ground should be filled in"});
  CHECK(explained("!(has(new_name) && has(number))", {{"new_name", "x"}, {"number", "G1"}}) ==
        Lines{"新姓名应留空，或拟删除的学籍号应留空",
              "New name should be left empty; or: Number to delete should be left empty"});
  CHECK(explained("!has(number) || number in student.current_numbers",
                  {{"number", "G1"}, {"student.current_numbers", std::vector<std::string>{}}}) ==
        explained("number in student.current_numbers",
                  {{"number", "G1"}, {"student.current_numbers", std::vector<std::string>{}}}));
  CHECK(explained("student.graduating", {{"student.graduating", false}}) ==
        Lines{"应属于“毕业年级”的情形", "\"The last grade of its stage\" should be the case"});
  CHECK(explained("has(new_name)", {{"new_name", "x"}}).empty());
}

TEST_CASE("faults in guards are told with their place and advice") {
  CHECK(fault("") == "0: the condition ends too early; add a field, a value or another condition");
  CHECK(fault("has(new_name) &&") == "16: the condition ends too early; add a field, a value or another condition");
  CHECK(fault("new_name") ==
        "0: a text alone is no condition; compare `new_name` with something, or ask has(new_name)");
  CHECK(fault("\"x\"") == "0: a fixed value alone is no condition; compare a field with it");
  CHECK(fault("size(new_name)") == "0: a number alone is no condition; compare it with a number");
  CHECK(fault("new_nam == \"x\"") == "0: there is no field `new_nam` here; did you mean `new_name`?");
  CHECK(fault("new_name == 5") == "9: a text cannot be compared with a number; compare values of one type");
  CHECK(fault("new_name == \"\"") == "12: an empty text never equals a field; ask has(field) or !has(field)");
  CHECK(fault("new_name < \"x\"") ==
        "9: a text has no order; only numbers and dates are less or greater; use `==`, `!=` or `in`");
  CHECK(fault("\"a\" == \"b\"") == "0: this compares two fixed values; name a field on one side");
  CHECK(fault("student.current_numbers == student.current_g_numbers") ==
        "24: lists cannot be compared; use `in` or size(list)");
  CHECK(fault("number == student.current_numbers") ==
        "7: a text cannot be compared with a list of texts; use `in` to look into a list");
  CHECK(fault("number in \"G1\"") ==
        "10: after `in` stands a text, not a list; write a list like [\"a\", \"b\"] or name a field that is a list");
  CHECK(fault("request.round in [\"1\"]") == "0: a number cannot be looked for in a list; lists hold texts");
  CHECK(fault("number in [1]") ==
        "11: a list holds texts between quotes; write it like [\"in_school\", \"suspended\"]");
  CHECK(fault("number in [\"a\"") == "14: a `]` is missing here; put `]` after the last text of the list");
  CHECK(fault("student.status == \"in_scool\"") ==
        "18: `student.status` is never \"in_scool\"; did you mean \"in_school\"?");
  CHECK(fault("ground in [\"wrong\", \"nope\"]") == "10: `ground` is never \"nope\"; its values are: other, wrong");
  CHECK(fault("has(new_name) and has(number)") == "14: `and` is no word of this language; write `&&`, `||` or `!`");
  CHECK(fault("has(new_name) & has(number)") == "14: `&` is no sign of this language; write `&&`");
  CHECK(fault("new_name = \"x\"") == "9: `=` is no comparison; write `==` to compare");
  CHECK(fault("new_name == \"x") == "12: the text that begins here does not end; close it with \"");
  CHECK(fault("new_name == \"\\n\"") ==
        "13: a backslash may only stand before a quote or another backslash; write \\\\ for one backslash");
  CHECK(fault("new_name == 张三") == "12: `张` has no meaning here; put texts between quotes");
  CHECK(fault("since < date(\"2026-02-30\")") == "13: this is no date; write it like date(\"2026-09-01\")");
  CHECK(fault("since < \"2026-02-20\"") == "6: a date cannot be compared with a text; compare values of one type");
  CHECK(fault("length(new_name) > 2") ==
        "0: there is no function `length`; the functions are has, size, date, all and any");
  CHECK(fault("has(\"x\")") == "4: `has` asks about a field; name a field, like has(new_name)");
  CHECK(fault("size(since) > 1") == "5: a date has no size; only texts and lists have one");
  CHECK(fault("has(new_name") == "12: a `)` is missing here; put `)` at the end of `has(`");
  CHECK(fault("(has(new_name)") == "14: a `)` is missing here; put `)` after the part that `(` began");
  CHECK(fault("has(new_name))") ==
        "13: the condition should have ended before `)`; join conditions with `&&` and `||`");
  CHECK(fault("has(new_name) 5") ==
        "14: the condition should have ended before `5`; join conditions with `&&` and `||`");
  CHECK(fault("request.round < 3 < 4") ==
        "18: the condition should have ended before `<`; join conditions with `&&` and `||`");
  CHECK(fault("has(new_name) == has(number)") ==
        "0: a condition cannot be compared with something; join conditions with `&&` and `||`");
  CHECK(fault("new_name == null") == "12: there is no `null`; ask has(field) or !has(field)");
  CHECK(fault("request.round < 99999999999999999999") ==
        "16: this number is too large; use a number below 9223372036854775808");
  CHECK(fault("request.round < 1.5") ==
        "16: a number must be a whole number of decimal digits; put texts between quotes");
  CHECK(fault("request.round < -new_name") == "16: a minus must stand before a number; write a number after it");
}

TEST_CASE("guards are bounded in length and depth") {
  CHECK(fault(std::string(2001, ' ')) == "0: this condition is longer than 2000 bytes; split it into several rules");
  CHECK(fault(std::string(1000, '!').append("has(new_name)")) ==
        "31: this condition is nested deeper than 32 levels; split it into several rules");
  CHECK(fault(std::string(900, '(')) ==
        "16: this condition is nested deeper than 32 levels; split it into several rules");
  std::string wide = "has(new_name)";
  while (wide.size() < 1900) wide += " && has(new_name)";
  CHECK(holds(wide, {{"new_name", "x"}}));
}

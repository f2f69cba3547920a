// What the prover says of conditions over all data.
#include "engine/verify/logic.hpp"

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

using Answer = Logic::Answer;

/// The shipped deletion of a number, with these rules of the form and two more fields that may be empty.
Definition with_rules(const std::vector<std::string>& rules) {
  auto yaml = replaced(shipped_text("g-number-deletion"), "  ground:\n",
                       "  note: {type: text, max: 100, title: {zh: 备注, en: Note}}\n"
                       "  seen: {type: date, title: {zh: 日期, en: Day}}\n  ground:\n");
  std::string text = "require:\n";
  for (const auto& rule : rules) text += "  - rule: '" + rule + "'\n    else: {zh: 不符, en: Not so}\n";
  return definition_of(replaced(yaml, "require:\n", text));
}

/// Whether all of them can hold together.
Answer can_hold(const std::vector<std::string>& rules) {
  const Definition definition = with_rules(rules);
  Logic logic{definition};
  std::vector<Logic::Term> terms;
  for (std::size_t at = 0; at < rules.size(); ++at) terms.push_back(logic.of(definition.require[at].guard));
  return logic.can_hold(logic.all(terms));
}

Answer can_fail(const std::string& rule) {
  const Definition definition = with_rules({rule});
  Logic logic{definition};
  return logic.can_hold(logic.no(logic.of(definition.require.front().guard)));
}

Data example(const std::string& rule) {
  const Definition definition = with_rules({rule});
  Logic logic{definition};
  const auto term = logic.of(definition.require.front().guard);
  return logic.example({term}, term);
}

}  // namespace

TEST_CASE("equality and choices are decided together") {
  CHECK(can_hold({"ground == \"other\"", "ground == \"false_status\""}) == Answer::no);
  CHECK(can_hold({"ground != \"other\"", "ground != \"false_status\"", "ground != \"duplicate_status\""}) ==
        Answer::no);
  CHECK(can_hold({"ground != \"other\"", "ground != \"false_status\""}) == Answer::yes);
  CHECK(can_fail("ground == \"other\" || ground != \"other\"") == Answer::yes);  // it may be empty
  CHECK(can_fail("!has(ground) || ground == \"other\" || ground != \"other\"") == Answer::no);
  CHECK(can_hold({"note == student.name", "statement == note", "statement != student.name"}) == Answer::no);
}

TEST_CASE("lengths go with the texts that have them") {
  CHECK(can_hold({"size(note) > 100"}) == Answer::no);
  CHECK(can_hold({"size(note) > 99", "size(note) < 100"}) == Answer::no);
  CHECK(can_hold({"note == statement", "size(note) != size(statement)"}) == Answer::no);
  CHECK(can_hold({"note == \"ab\"", "size(note) > 2"}) == Answer::no);
  CHECK(can_hold({"!has(note)", "size(note) < 5"}) == Answer::no);
  CHECK(can_hold({"size(note) == 7"}) == Answer::yes);
}

TEST_CASE("dates are ordered") {
  CHECK(can_hold({"seen > date(\"2026-01-01\")", "seen < date(\"2025-01-01\")"}) == Answer::no);
  CHECK(can_hold({"seen > date(\"2026-01-01\")", "seen < date(\"2026-01-03\")", "seen != date(\"2026-01-02\")"}) ==
        Answer::no);
  CHECK(can_hold({"seen > student.birth_date"}) == Answer::yes);
}

TEST_CASE("lists have members and sizes, and an empty one is nothing that has() finds") {
  CHECK(can_hold({"number in student.current_g_numbers", "size(student.current_g_numbers) == 0"}) == Answer::no);
  CHECK(can_hold({"number in student.current_g_numbers", "!(number in student.current_numbers)"}) == Answer::no);
  CHECK(can_hold({"has(student.current_g_numbers)", "size(student.current_g_numbers) == 0"}) == Answer::no);
  CHECK(can_hold({"!has(student.current_g_numbers)"}) == Answer::yes);
  CHECK(can_hold({"number in student.current_numbers"}) == Answer::yes);
}

TEST_CASE("data that make a condition hold are told by name") {
  CHECK(example("ground == \"other\" && size(note) == 7") == Data{{"ground", "other"}, {"size(note)", "7"}});
  CHECK(example("!has(note) && student.sex == \"male\"") == Data{{"note", ""}, {"student.sex", "male"}});
  CHECK(to_string(Data{{"note", ""}, {"size(statement)", "7"}}) == "with note = (empty), size(statement) = 7");
}

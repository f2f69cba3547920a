// What can be said of conditions without a student.
#include "engine/verify/guard_truth.hpp"

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// The shipped deletion of a number, with one more rule of the form and a field that may be empty.
Definition with_rule(const std::string& rule) {
  auto yaml = replaced(shipped_text("g-number-deletion"), "  ground:\n",
                       "  note: {type: text, max: 100, title: {zh: 备注, en: Note}}\n  ground:\n");
  return definition_of(
      replaced(yaml, "require:\n", "require:\n  - rule: " + rule + "\n    else: {zh: 不符, en: Not so}\n"));
}

Truth truth(const std::string& rule, NumberKind number) {
  const Definition definition = with_rule(rule);
  for (const SubjectKind& kind : subject_kinds(definition))
    if (kind.number == number) return truth_of({&definition.require.front().guard}, definition, kind);
  FAIL("no such kind");
  return Truth::maybe;
}

std::vector<std::string> read_empty(const std::string& rule) {
  const Definition definition = with_rule(rule);
  return paths_read_empty(definition.require.front().guard, {"number", "ground", "statement"});
}

}  // namespace

TEST_CASE("conditions over few values are tried with all of them") {
  CHECK(truth("student.status in [\"in_school\", \"suspended\"]", NumberKind::G) == Truth::maybe);
  CHECK(truth("ground == \"other\" || ground != \"other\"", NumberKind::G) == Truth::always);
  CHECK(truth("ground == \"other\" && ground == \"false_status\"", NumberKind::G) == Truth::never);
  CHECK(truth("has(note) || !has(note)", NumberKind::G) == Truth::always);
  CHECK(truth("size(statement) > 5", NumberKind::G) == Truth::maybe);
}

TEST_CASE("a student without a G number has no current one") {
  CHECK(truth("number in student.current_g_numbers", NumberKind::G) == Truth::maybe);
  CHECK(truth("number in student.current_g_numbers", NumberKind::L) == Truth::never);
  CHECK(truth("number in student.current_g_numbers", NumberKind::J) == Truth::never);
}

TEST_CASE("what may be empty is found unless the condition asks for it") {
  CHECK(read_empty("note == \"x\"") == std::vector<std::string>{"note"});
  CHECK(read_empty("has(note) && note == \"x\"").empty());
  CHECK(read_empty("note == \"x\" && has(note)").empty());
  CHECK(read_empty("\"!has(note) || note != statement\"").empty());
  CHECK(read_empty("has(note) || note != statement") == std::vector<std::string>{"note"});
  CHECK(read_empty("\"!(has(note) && note == statement)\"").empty());
}

TEST_CASE("the kinds of subject are told apart by number only where the definition looks at numbers") {
  CHECK(subject_kinds(definition_of(shipped_text("g-number-deletion"))).size() == 12);
  CHECK(subject_kinds(definition_of(shipped_text("key-information-change"))).size() == 4);
}

TEST_CASE("posts exist where the registry has them") {
  CHECK(post_exists(Role::head, Level::school));
  CHECK_FALSE(post_exists(Role::head, Level::county));
  CHECK(post_exists(Role::approver, Level::ministry));
  CHECK_FALSE(post_exists(Role::reviewer, Level::school));
  CHECK(post_exists(Role::admin, Level::school));
}

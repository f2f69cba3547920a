// Fields of type rows: what an author may write, and what conditions say about rows.
#include "engine/definition/rows.hpp"
#include "engine/machine/openings.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

std::string check_with_rows() { return shipped_file("../tests/routes/record-findings.yaml"); }

std::string faults_of_rows_with(const std::string& from, const std::string& to) {
  return faults_of(with(check_with_rows(), from, to));
}

bool has_fault(const std::string& from, const std::string& to, const std::string& fault) {
  const std::string faults = faults_of_rows_with(from, to);
  CAPTURE(from, to, faults);
  return faults.find(fault) != std::string::npos;
}

const std::string note = "      note: {type: text, max: 200, title: {zh: 说明, en: Note}}\n";

}  // namespace

TEST_CASE("a field of rows says what each row is filled in with, and what it offers") {
  const Definition definition = loaded(check_with_rows());
  const Field* findings = definition.field("findings");
  REQUIRE(findings);
  CHECK(findings->type == FieldType::rows);
  CHECK(findings->at_most == 20);
  REQUIRE(findings->row.size() == 4);
  CHECK(findings->row[0].key == "kind");
  CHECK(findings->inner("kind")->required);
  CHECK(findings->inner("note")->max == 200);
  CHECK_FALSE(findings->inner("nothing"));
  REQUIRE(findings->offers.size() == 2);
  CHECK(findings->offers[1].business == "suspension");
  CHECK(findings->offers[1].when->source() == "kind == \"absent\"");
}

TEST_CASE("what rows cannot be is a fault with what to do about it") {
  CHECK(has_fault("format: 2", "format: 1", "the type `rows` belongs to format 2; write `format: 2` at the top"));
  CHECK(has_fault("    at_most: 20\n", "", "a field needs `at_most`; say how many rows there may be"));
  CHECK(has_fault("at_most: 20", "at_most: 201", "`at_most`"));
  CHECK(has_fault("at_most: 20", "at_most: 200", "200 rows of these fields may come to"));
  CHECK(has_fault(note, note + "      inner: {type: rows, title: {zh: 内, en: Inner}}\n",
                  "a row has no field of type rows"));
  CHECK(has_fault(note, note + "      place: {type: school, title: {zh: 校, en: School}}\n",
                  "a row has no field of type school"));
  CHECK(has_fault("note: {type: text,", "note: {type: text, changes: student.class,",
                  "a field of a row has no `changes`"));
  CHECK(has_fault("note: {type: text,", "note: {type: text, each: true,", "a field of a row has no `each`"));
  CHECK(has_fault("title: {zh: 核查发现, en: Findings}", "title: {zh: 核查发现, en: Findings}\n    each: true",
                  "rows are filled in once for all students"));
  CHECK(has_fault("\nrequire:", "\n  note: {type: text, title: {zh: 备注, en: Note}}\nrequire:",
                  "`note` is a field of the form already"));
  CHECK(has_fault("\nrequire:", "\n  one: {type: text, at_most: 3, title: {zh: 一, en: One}}\nrequire:",
                  "only fields of type rows have `at_most`"));
}

TEST_CASE("what rows offer reads the row alone, and comes to be offered") {
  CHECK(has_fault("when: kind == \"absent\"}", "when: student.status == \"in_school\"}",
                  "there is no field `student.status` here"));
  CHECK(has_fault("when: kind == \"absent\"}", "when: kind == \"absnt\"}", "did you mean \"absent\"?"));
  CHECK(has_fault("key-information-change, when: kind == \"wrong_entry\"}", "key-information-change}",
                  "the offer before it has no condition, so this one is never made"));
}

TEST_CASE("a business that rows offer is one of those at hand, and not retired") {
  const Definition check = loaded(check_with_rows());
  const Definition change = loaded(shipped_file("key-information-change.yaml"));
  const Definition suspension = loaded(shipped_file("suspension.yaml"));
  const std::vector<const Definition*> all{&check, &change, &suspension}, without{&check, &change};
  CHECK(unfit_openings(check, all).empty());
  const auto faults = unfit_openings(check, without);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].what == "a row of `findings` offers the business `suspension`, which does not exist");
  Definition over = suspension;
  over.retired = true;
  const std::vector<const Definition*> retired{&check, &change, &over};
  Definition by_system = suspension;
  by_system.opened_on.emplace();
  const std::vector<const Definition*> unbegun{&check, &change, &by_system};
  REQUIRE(unfit_openings(check, unbegun).size() == 1);
  CHECK(unfit_openings(check, unbegun)[0].what.ends_with("which only the system opens"));
  REQUIRE(unfit_openings(check, retired).size() == 1);
  CHECK(unfit_openings(check, retired)[0].what.ends_with("which is retired"));
}

TEST_CASE("conditions about rows are checked when they are loaded") {
  const std::string rule = "all(findings, kind != \"other\" || has(note))";
  const auto refuses = [&](const std::string& condition, const std::string& fault) {
    return has_fault("rule: " + rule, "rule: '" + condition + "'", fault);
  };
  CHECK(refuses("findings == \"x\"", "a field of rows cannot be compared with a text"));
  CHECK(refuses("findings == findings", "rows cannot be compared"));
  CHECK(refuses("any(findings, any(findings, has(note)))", "`any` stands within another one"));
  CHECK(refuses("any(findings, kind == \"othr\")", "did you mean \"other\"?"));
  CHECK(refuses("any(findings, note)", "a text alone is no condition; compare `note` with something"));
  CHECK(refuses("has(note)", "there is no field `note` here"));
  CHECK(refuses("all(students, has(note))", "`all` asks about a pair"));
  CHECK(refuses("any(findings has(note))", "a `,` is missing here"));
  for (const std::string sound :
       {"size(findings) <= 3", "has(findings)", "!any(findings, found_on > date(\"2026-09-01\"))",
        "all(findings, has(note) || student.status == \"in_school\")"})
    CHECK(faults_of_rows_with("rule: " + rule, "rule: '" + sound + "'").empty());
}

TEST_CASE("rows are one text, and come back as they were") {
  const GuardRows rows{{{"kind", "absent"}, {"note", "一\n二"}}, {}, {{"note", "x"}}};
  const std::string text = text_of_rows(rows);
  CHECK(holds_rows(text));
  CHECK(rows_of(text) == rows);
  CHECK(text_of_rows({{{"note", " "}}}) == text_of_rows({{}}));
  CHECK(text_of_rows({}).empty());
  CHECK(rows_of("") == GuardRows{});
  for (const std::string other : {"x", "\x1ex", "\x1e\x1fnote", "\x1e\x1fnote\x1fx\x1fkind\x1fy", "\x1e\x1fnote\x1f"})
    CHECK_FALSE(rows_of(other));
}

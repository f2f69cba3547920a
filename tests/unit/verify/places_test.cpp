// Definitions in which two schools take part: every pair of them is tried.
#include <algorithm>

#include "engine/verify/subject_kinds.hpp"
#include "engine/verify/verify.hpp"
#include "tests/catch.hpp"
#include "tests/unit/verify/files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::string transfer_text() {
  return file_text(repository() / "tests/mutation/businesses/transfer-between-schools.yaml");
}

Verification proved(const std::string& text, const std::vector<const Definition*>& older = {}) {
  return verify(definition_of(text), {}, older);
}

std::string rules_of(const Verification& verification) {
  std::string rules;
  for (const Violation& each : verification.violations) rules += (rules.empty() ? "" : " ") + each.rule;
  return rules;
}

}  // namespace

TEST_CASE("two schools stand under one county, prefecture or province, or under different ones") {
  const auto kinds = subject_kinds(definition_of(transfer_text()));
  CHECK(kinds.size() == 42);
  std::size_t same_authority = 0;
  for (const SubjectKind& kind : kinds) {
    const Places places = kind.places();
    REQUIRE(places.initiator);
    const Office* one = kind.offices.authority_of(places.school);
    if (one == kind.offices.authority_of(places.initiator)) ++same_authority;
    CHECK(kind.offices.at_level(places.initiator, Level::ministry)->id == OfficeId{1});
  }
  CHECK(same_authority == 8);
}

TEST_CASE("a definition that names a township is proved for schools under one, too") {
  const std::string plain = transfer_text();
  const std::string text = replaced(plain, "authority of receiving", "township of receiving");
  CHECK_FALSE(names_townships(definition_of(plain)));
  const Definition definition = definition_of(text);
  CHECK(names_townships(definition));
  const auto kinds = subject_kinds(definition);
  CHECK(subject_kinds(definition_of(plain), true).size() == kinds.size());
  CHECK(kinds.size() > subject_kinds(definition_of(plain)).size());
  std::size_t same_township = 0;
  for (const SubjectKind& kind : kinds) {
    const Office* one = kind.offices.at_level(kind.school, Level::township);
    if (one && one == kind.offices.at_level(kind.places().initiator, Level::township)) ++same_township;
  }
  CHECK(same_township >= 3);
}

TEST_CASE("a variant within a level meets only schools that stand there") {
  // Within a county nobody comes to the receiving side's own authority.
  const auto [level, count, rules] =
      GENERATE(table<std::string, std::size_t, std::string>({{"county", 4, "unreachable-state escalation-to-itself"},
                                                             {"prefecture", 9, ""},
                                                             {"province", 26, ""},
                                                             {"nation", 42, ""}}));
  const std::string text = replaced(
      transfer_text(), "version: 1\n",
      "variant: near\nversion: 1\napplies: {place: receiving, provinces: [\"440000\"], within: " + level + "}\n");
  CAPTURE(level);
  CHECK(subject_kinds(definition_of(text)).size() == count);
  CHECK(rules_of(proved(text)) == rules);
}

TEST_CASE("requests of a version that applied within another level stay there") {
  const auto variant = [](const std::string& within, const std::string& version) {
    return replaced(transfer_text(), "version: 1\n",
                    "variant: near\nversion: " + version +
                        "\napplies: {place: receiving, provinces: [\"440000\"], within: " + within + "}\n");
  };
  const Definition older = definition_of(variant("prefecture", "1"));
  const std::string migrate = "\nmigrate:\n  - from: 1\n    otherwise: same state\n";
  CHECK(rules_of(proved(variant("prefecture", "2") + migrate, {&older})).empty());
  const Verification wider = proved(variant("province", "2") + migrate, {&older});
  REQUIRE(rules_of(wider) == "migration-applies");
  CHECK(wider.violations.front().fault.what ==
        "version 1 applies within one prefecture and this one within one province, and what comes of its requests is "
        "proved only where both apply alike");
}

TEST_CASE("requests that a newer version does not apply to stay on theirs") {
  const auto variant = [](const std::string& version, const std::string& applies) {
    return replaced(transfer_text(), "version: 1\n",
                    "variant: near\nversion: " + version + "\napplies: {" + applies + "}\n");
  };
  const std::string migrate = "\nmigrate:\n  - from: 1\n    otherwise: same state\n";
  const std::string older_applies = "place: receiving, provinces: [\"440000\", \"450000\"]";
  const Definition older = definition_of(variant("1", older_applies));
  const auto [applies, rule] = GENERATE_COPY(table<std::string, std::string>({
      {older_applies, ""},
      {"place: receiving, provinces: [\"440000\", \"450000\", \"510000\"]", ""},
      {"place: receiving, provinces: [\"440000\"]", "migration-applies"},
      {"place: sending, provinces: [\"440000\", \"450000\"]", "migration-applies"},
      {older_applies + ", stages: [senior]", "migration-applies"},
      {older_applies + ", within: province", "migration-applies"},
  }));
  CAPTURE(applies);
  const Verification verification = proved(variant("2", applies) + migrate, {&older});
  CHECK(rules_of(verification) == rule);
  if (!rule.empty())
    CHECK(verification.violations.front().fault.what ==
          "version 1 applies to more, so some of its requests are none that this version is for");
}

TEST_CASE("a transfer is proved for every pair of schools") {
  const Verification verification = proved(transfer_text());
  CHECK(rules_of(verification).empty());
  CHECK(verification.states > 100);
}

TEST_CASE("what does not hold for some pair of schools is told") {
  const auto [from, to, rules] = GENERATE(table<std::string, std::string, std::string>({
      // nobody there: a school directly under its province has no county
      {"approval: approver at authority of sending", "approval: approver at county of sending", "no-owner"},
      // a pupil can't be moved to where they are
      {"    - rule: receiving != sending\n      else: {zh: 学生已在本校, en: The student is at this school already}\n",
       "", "effect-without-change"},
      {"receiving != sending", "receiving != sending && receiving.authority == sending", "guard-never-holds"},
      {"receiving != sending", "receiving.county != sending.county", "guard-reads-empty"},
      {"    when: receiving.authority != sending.authority\n",
       "    when: receiving.province == sending.province && "
       "receiving.province != sending.province\n",
       "unreachable-state"},
      // the receiving side alone moves the pupil
      {"approve: {to: sending_school}", "approve: {to: completed}", "always always"},
  }));
  CAPTURE(from, to);
  CHECK(rules_of(proved(replaced(transfer_text(), from, to))) == rules);
}

TEST_CASE("a state that nobody passes needs no condition") {
  const Verification verification = proved(replaced(transfer_text(), "when: receiving.authority != sending.authority",
                                                    "when: receiving.province == receiving.province"));
  REQUIRE(verification.warnings.size() == 1);
  CHECK(verification.warnings.front().rule == "guard-always-holds");
}

TEST_CASE("requests of a version with other places stay there") {
  const Definition older =
      definition_of(replaced(replaced(transfer_text(), "registrar at any school", "registrar at student.school"),
                             "    - rule: receiving != sending\n", "    - rule: receiving == sending\n"));
  const std::string newer = replaced(transfer_text(), "version: 1\n", "version: 2\n") +
                            "\nmigrate:\n  - from: 1\n    otherwise: same state\n";
  CHECK(rules_of(proved(newer, {&older})) == "migration-opener");
  CHECK(rules_of(proved(replaced(newer, "otherwise: same state", "otherwise: stay"), {&older})).empty());
}

TEST_CASE("an office that may not be there is told by the author's word") {
  const Verification verification = proved(replaced(transfer_text(), "when: receiving.authority != sending.authority",
                                                    "when: receiving.prefecture != sending.prefecture"));
  REQUIRE(verification.violations.size() == 1);
  CHECK(verification.violations.front().fault.what.find("this compares `receiving.prefecture`") == 0);
}

/// Suspension, but for the date that its end leaves in the record, and without the windows of a calendar, which is not
/// at hand.
std::string suspension_without_term() {
  std::string text =
      replaced(shipped_text("suspension"), "  window: {name: graduating, when: student.graduating}\n", "");
  const auto from = text.find("remind:\n  - {of:"), until = text.find("always:\n");
  text.erase(from, until - from);
  return replaced(text, ", student.status_until: field until}", "}");
}

TEST_CASE("no pupil is moved to an office that is no school") {
  const std::string office = GENERATE("authority of student.school", "ministry");
  const std::string post = "reviewer at " + office;
  std::string text = suspension_without_term();
  for (const std::string from : {"registrar at student.school", "set: {student.status: suspended}", "effect set"})
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
      text.replace(at, from.size(),
                   from.starts_with("registrar") ? post
                   : from.starts_with("set")     ? "move: student to initiator.office"
                                                 : "effect move");
  const Verification verification = proved(text);
  CAPTURE(office);
  REQUIRE(rules_of(verification) == "move-to-no-school");
  CHECK(verification.violations.front().fault.what.find("that is no school") != std::string::npos);
}

TEST_CASE("whoever is needed in another school's draft sees it") {
  const auto [from, to, what] = GENERATE(table<std::string, std::string, std::string>({
      {"draft: registrar at receiving", "draft: registrar at sending", "`registrar at sending` holds the draft"},
      {"submit: {to: receiving_authority}", "submit: {to: receiving_authority, by: registrar at sending}",
       "`registrar at sending` may `submit` in the draft"},
      {"withdraw: {by: registrar at receiving", "withdraw: {by: registrar at sending",
       "`registrar at sending` may `withdraw` in the draft"},
      {"overdue: {expire: expired}", "overdue: {expire: expired, tell: head at sending}",
       "`head at sending` is told of the overdue draft"},
      {"overdue: {expire: expired}", "overdue: {escalate: approver at authority of sending}",
       "`approver at authority of sending` takes over the overdue draft"},
  }));
  CAPTURE(from, to);
  const Verification verification = proved(replaced(transfer_text(), from, to));
  const auto found = std::find_if(verification.violations.begin(), verification.violations.end(),
                                  [](const Violation& each) { return each.rule == "unseen-draft"; });
  REQUIRE(found != verification.violations.end());
  CHECK(found->fault.what == what + ", and does not see another school's draft before it is submitted");
}

TEST_CASE("whoever stands above the opening school sees its drafts") {
  const std::string above = GENERATE("approver at authority of receiving",
                                     "reviewer at common superior of receiving and sending", "reviewer at ministry");
  const Verification verification = proved(
      replaced(transfer_text(), "overdue: {expire: expired}", "overdue: {expire: expired, tell: " + above + "}"));
  CHECK(rules_of(verification).empty());
}

TEST_CASE("the class of another school's pupil is not changed by who files it alone") {
  std::string text = suspension_without_term();
  text = replaced(text, "fields:\n",
                  "fields:\n  new_class: {type: text, max: 20, required: true, title: {zh: 班级, en: Class}, changes: "
                  "student.class}\n");
  text = replaced(text, "set: {student.status: suspended}", "apply_changes");
  text = replaced(text, "submit: {to: head_review}", "submit: {to: completed}");
  const auto silent = [](const std::string& yaml) {
    const Verification verification = proved(yaml);
    return std::any_of(verification.violations.begin(), verification.violations.end(),
                       [](const Violation& each) { return each.rule == "silent-approval"; });
  };
  CHECK_FALSE(silent(text));
  text = replaced(text, "  by: registrar at student.school\n", "  by: registrar at any school\n");
  text = replaced(text, "draft: registrar at student.school", "draft: registrar at initiator.office");
  text = replaced(text, "withdraw: {by: registrar at student.school", "withdraw: {by: registrar at initiator.office");
  CHECK(silent(text));
  CHECK_FALSE(silent(transfer_text()));
}

/// A route that the sending school begins, naming the other in the form; at any time of the year.
std::string route_text() {
  return replaced(file_text(repository() / "tests/routes/transfer-r7.yaml"), "  window: transfer\n", "");
}

TEST_CASE("a school that the form names is every other one, and the pupil's own") {
  const auto kinds = subject_kinds(definition_of(route_text()));
  CHECK(kinds.size() == 42);
  std::size_t itself = 0;
  for (const SubjectKind& kind : kinds) {
    CHECK(kind.is_opened_at_home());
    REQUIRE(kind.named);
    if (kind.named == kind.school) ++itself;
  }
  CHECK(itself == 4);
  CHECK(kinds.back().name.find(", that names a school directly under its province") != std::string::npos);
}

TEST_CASE("a route whose form names a school is proved for every pair of schools") {
  const Verification verification = proved(route_text());
  CHECK(rules_of(verification).empty());
}

TEST_CASE("what does not hold for some school that the form can name is told") {
  const std::string another =
      "  - rule: receiving != sending\n    else: {zh: 转入学校须为另一所学校, en: Name another school than the pupil's "
      "own}\n";
  const auto [from, to, rules] = GENERATE_COPY(table<std::string, std::string, std::string>({
      {another, "", "effect-without-change"},
      {"receiving != sending", "receiving != sending && receiving.authority == sending", "guard-never-holds"},
      {"receiving.province == sending.province", "receiving.prefecture == sending.prefecture",
       "guard-reads-empty unreachable-state"},
      {"    approval: head at receiving\n", "    approval: approver at county of receiving\n", "no-owner nobody-left"},
      {"    draft: registrar at sending\n", "    draft: registrar at receiving\n", "unseen-draft"},
      {"      discard: {to: withdrawn}\n",
       "      discard: {to: withdrawn}\n      withdraw: {to: withdrawn, by: registrar at receiving}\n", "unseen-draft"},
      {"    overdue: {expire: expired}\n", "    overdue: {tell: head at receiving, expire: expired}\n", "unseen-draft"},
  }));
  CAPTURE(from, to);
  const std::string found = rules_of(proved(replaced(route_text(), from, to)));
  CHECK(found == rules);
}

TEST_CASE("requests whose form named no school, or named it elsewhere, stay on their version") {
  const std::string migrate = "\nmigrate:\n  - from: 1\n    otherwise: same state\n";
  const std::string newer = replaced(route_text(), "version: 1\n", "version: 2\n") + migrate;
  const Definition same = definition_of(route_text());
  CHECK(rules_of(proved(newer, {&same})).empty());

  std::string renamed = replaced(route_text(), "field new_school", "field other_one");
  renamed = replaced(renamed, "  new_school:\n", "  other_one:\n");
  const Definition elsewhere = definition_of(renamed);
  const Verification moved = proved(newer, {&elsewhere});
  REQUIRE(rules_of(moved) == "migration-opener");
  CHECK(moved.violations.front().fault.what ==
        "version 1 names a place by the field `other_one`, so its requests have other places");

  const Definition none =
      definition_of(replaced(route_text(), "{office: field new_school, title", "{office: initiator.office, title"));
  const Verification without = proved(newer, {&none});
  REQUIRE(rules_of(without) == "migration-opener");
  CHECK(without.violations.front().fault.what ==
        "version 1 names no place by a field, so its requests have other places");
}

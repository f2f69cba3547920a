// A repeated group of fields: each row is checked, counted, pinned, and offers what mends it.
#include "engine/definition/rows.hpp"
#include "bench.hpp"
#include "engine/machine/migration.hpp"
#include "engine/machine/rows.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

struct RecordCheck : Bench {
  RecordCheck() : Bench(definition_in("tests/routes", "record-findings")) {}
  Open opening(const GuardRows& rows, bool submit = true) {
    return {definition.key, student.id, {{"findings", text_of_rows(rows)}}, {}, "", submit};
  }
  Perform with_rows(const std::string& action, const GuardRows& rows) const {
    Perform act = perform(action);
    act.fields = FieldValues{{"findings", text_of_rows(rows)}};
    return act;
  }
  GuardRows stored() const { return rows_of(request->fields.at("findings")).value(); }
};

std::vector<std::string> places_of_complaints(const Refusal& refusal) {
  std::vector<std::string> result;
  for (const auto& complaint : refusal.complaints) result.push_back(complaint.pointer);
  return result;
}
using Places_of = std::vector<std::string>;

const GuardRows absent{{{"kind", "absent"}}}, wrong_entry{{{"kind", "wrong_entry"}, {"note", "姓名"}}};

}  // namespace

TEST_CASE("each value of each row is checked as its own field is, wherever it is given") {
  RecordCheck bench;
  const GuardRows wrong{
      {{"kind", "abscent"}},
      {{"kind", "other"}, {"found_on", "2026-02-30"}, {"shoe/size", "42"}},
      {{"kind", "wrong_entry"}, {"right_number", "440524188001010013"}, {"note", std::string(201, 'x')}}};
  const Places_of pointers{"/fields/findings/0/kind", "/fields/findings/1/found_on", "/fields/findings/1/shoe~1size",
                           "/fields/findings/2/note", "/fields/findings/2/right_number"};
  CHECK(places_of_complaints(bench.refused("registrar", bench.opening(wrong, false))) == pointers);
  bench.by("registrar", bench.opening(absent, false));
  CHECK(places_of_complaints(bench.refused(
            "registrar", Edit{bench.request->id, bench.opening(wrong).fields, std::nullopt})) == pointers);
  CHECK(places_of_complaints(bench.refused("registrar", bench.with_rows("submit", wrong))) == pointers);
  bench.act("registrar", "submit");
  bench.act("head", "approve");
  CHECK(places_of_complaints(bench.refused("county reviewer", bench.with_rows("approve", wrong))) == pointers);
}

TEST_CASE("rows are kept as their fields write them, blank values left out") {
  RecordCheck bench;
  bench.by(
      "registrar",
      bench.opening({{{"kind", "wrong_entry"}, {"right_number", " 11010519491231002x"}, {"note", "\u3000"}}}, false));
  CHECK(bench.stored() == GuardRows{{{"kind", "wrong_entry"}, {"right_number", "11010519491231002X"}}});
  Open none = bench.opening({}, false);
  CHECK(bench.by("registrar", none).request.fields.empty());
}

TEST_CASE("what a row must have is asked at the submission, and a row in which nothing is filled in is told") {
  RecordCheck bench;
  const GuardRows gaps{{{"kind", "absent"}, {"found_on", "2026-09-01"}}, {}, {{"note", "x"}}};
  bench.by("registrar", bench.opening(gaps, false));
  const Refusal refusal = bench.refused("registrar", bench.perform("submit"));
  CHECK(places_of_complaints(refusal) == Places_of{"/fields/findings/1", "/fields/findings/2/kind"});
  CHECK(refusal.complaints[0].message.en == "Fill in this row, or remove it");
  CHECK(refusal.complaints[1].message.en == "Fill in \"Kind\"");
  bench.by("registrar", bench.with_rows("submit", absent));
  bench.act("head", "approve");
  CHECK(places_of_complaints(bench.refused("county reviewer", bench.with_rows("approve", gaps))) ==
        Places_of{"/fields/findings/1", "/fields/findings/2/kind"});
}

TEST_CASE("there are no more rows than the business takes") {
  RecordCheck bench;
  const GuardRows many(21, absent[0]);
  const Refusal refusal = bench.refused("registrar", bench.opening(many));
  CHECK(places_of_complaints(refusal) == Places_of{"/fields/findings"});
  CHECK(refusal.complaints[0].message.en == "At most 20 rows");
  bench.by("registrar", bench.opening(GuardRows(20, absent[0])));
}

TEST_CASE("one value is no rows, and rows are no value") {
  RecordCheck bench;
  Open text = bench.opening(absent);
  text.fields["findings"] = "absent";
  CHECK(bench.refused("registrar", text).complaints.at(0).message.en == "This takes a list of rows");
  Bench other(shipped("key-information-change"));
  Open change = other.name_change();
  change.fields["reason"] = text_of_rows(absent);
  const Refusal refusal = other.refused("registrar", change);
  CHECK(places_of_complaints(refusal) == Places_of{"/fields/reason"});
  CHECK(refusal.complaints[0].message.en == "This takes one value, not rows");
}

TEST_CASE("conditions about rows hold and explain themselves") {
  RecordCheck bench;
  const Refusal refusal = bench.refused("registrar", bench.opening({absent[0], {{"kind", "other"}}}));
  CHECK(places_of_complaints(refusal) == Places_of{"/fields"});
  bench.by("registrar", bench.opening(absent));
  bench.act("head", "approve");
  CHECK(bench.request->token.state == "authority_review");
  const Refusal undated = bench.refused("county reviewer", bench.perform("approve"));
  CHECK(undated.kind == RefusalKind::status_not_eligible);
  CHECK(undated.detail.en.find("row 1") != std::string::npos);
  CHECK(undated.detail.zh.find("第 1 行") != std::string::npos);
  bench.by("county reviewer", bench.with_rows("approve", {{{"kind", "absent"}, {"found_on", "2026-09-01"}}}));
  CHECK(bench.request->outcome == Outcome::completed);
  CHECK(bench.stored() == GuardRows{{{"found_on", "2026-09-01"}, {"kind", "absent"}}});
}

TEST_CASE("without rows nothing is absent, and the head ends it") {
  RecordCheck bench;
  bench.by("registrar", bench.opening({}));
  bench.act("head", "approve");
  CHECK(bench.request->outcome == Outcome::completed);
}

TEST_CASE("every submission pins the rows") {
  RecordCheck bench;
  const Decision first = bench.by("registrar", bench.opening(wrong_entry));
  bench.act("head", "return", "请核对");
  const Decision second = bench.by("registrar", bench.with_rows("submit", absent));
  REQUIRE((first.submission && second.submission));
  CHECK(rows_of(first.submission->fields.at("findings")) == wrong_entry);
  CHECK(first.request.pinned.form != second.request.pinned.form);
}

TEST_CASE("a row offers the first business whose condition holds of it") {
  const Definition definition = definition_in("tests/routes", "record-findings");
  const Field& findings = *definition.field("findings");
  REQUIRE(business_offered(findings, absent[0]));
  CHECK(*business_offered(findings, absent[0]) == "suspension");
  CHECK(*business_offered(findings, wrong_entry[0]) == "key-information-change");
  CHECK_FALSE(business_offered(findings, {{"kind", "other"}}));
  CHECK_FALSE(business_offered(findings, {}));
}

// What a decision was based on is kept: submissions, their scans, and what each act rests on.
#include "engine/machine/pinned_form.hpp"

#include "engine/machine/migration.hpp"
#include "engine/machine/submission_hash.hpp"
#include "tests/unit/machine/bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::string scan(const std::string& name) { return sha256_hex(name); }

/// The form of the request's draft anew, with that scan.
Edit with_scan(Bench& bench, const std::string& name, const std::string& new_name = "张叁") {
  return {bench.request->id, FieldValues{{"new_name", new_name}, {"ground", "register_changed"}, {"reason", "更正"}},
          std::vector{bench.upload("household_register", name)}};
}

}  // namespace

TEST_CASE("a draft pins nothing; its submission pins values and scans, and the acts that follow rest on it") {
  Bench bench(shipped("key-information-change"));
  const Decision opened = bench.by("registrar", bench.name_change(false));
  CHECK_FALSE(opened.submission);
  CHECK(opened.history.front().based_on == PinnedForm{});
  bench.by("registrar", with_scan(bench, "second"));
  CHECK(bench.request->kept_evidence.empty());

  const Decision submitted = bench.act("registrar", "submit");
  REQUIRE(submitted.submission);
  CHECK(submitted.submission->ordinal == 1);
  CHECK(submitted.submission->round == 1);
  CHECK(submitted.submission->fields == submitted.request.fields);
  CHECK(submitted.submission->before == FieldValues{{"new_name", "张三"}});
  CHECK(submitted.submission->evidence.at(0).sha256 == scan("second"));
  CHECK(submitted.request.pinned == pinned(*submitted.submission));
  CHECK(submitted.history.back().based_on == submitted.request.pinned);

  const Decision approved = bench.act("head", "approve");
  CHECK_FALSE(approved.submission);
  CHECK(approved.history.back().based_on == submitted.request.pinned);
}

TEST_CASE("opening with submit pins once") {
  Bench bench(shipped("key-information-change"));
  const Decision opened = bench.by("registrar", bench.name_change());
  REQUIRE(opened.submission);
  REQUIRE(opened.history.size() == 2);
  for (const HistoryDraft& entry : opened.history) CHECK(entry.based_on == pinned(*opened.submission));
}

TEST_CASE("after a return the first round's scan is kept, whatever is done to the draft") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const PinnedForm first = bench.request->pinned;
  bench.act("head", "return", "请更正");
  CHECK(bench.request->kept_evidence == std::vector{scan("scan")});
  bench.by("registrar", with_scan(bench, "second", "张山"));
  bench.by("registrar", with_scan(bench, "third", "张山"));
  CHECK(bench.request->kept_evidence == std::vector{scan("scan")});
  CHECK(bench.request->pinned == first);

  const Decision again = bench.act("registrar", "submit");
  REQUIRE(again.submission);
  CHECK(again.submission->ordinal == 2);
  CHECK(again.submission->round == 2);
  CHECK(again.request.kept_evidence == std::vector{scan("scan")});
  CHECK(again.history.back().based_on.form != first.form);
  CHECK(again.history.back().based_on.evidence != first.evidence);
}

TEST_CASE("a scan of an earlier round that comes back is one of the form's again") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "return", "请更正");
  bench.by("registrar", with_scan(bench, "second"));
  bench.act("registrar", "submit");
  bench.act("head", "return", "还是第一份");
  bench.by("registrar", with_scan(bench, "scan"));
  bench.act("registrar", "submit");
  CHECK(bench.request->evidence.at(0).sha256 == scan("scan"));
  CHECK(bench.request->kept_evidence == std::vector{scan("second")});
  CHECK(bench.request->pinned.submission == 3);
}

TEST_CASE("a draft that is taken back after a return pins nothing more and keeps the round's scan") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "return", "请更正");
  bench.by("registrar", with_scan(bench, "second"));
  const Decision withdrawn = bench.act("registrar", "withdraw");
  CHECK(withdrawn.request.outcome == Outcome::withdrawn);
  CHECK_FALSE(withdrawn.submission);
  CHECK(withdrawn.request.kept_evidence == std::vector{scan("scan")});
}

TEST_CASE("what was submitted before forms were pinned is pinned by its next act") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.request->pinned = {};
  const Decision approved = bench.act("head", "approve");
  REQUIRE(approved.submission);
  CHECK(approved.submission->ordinal == 1);
  CHECK(approved.history.back().based_on == pinned(*approved.submission));

  bench.act("county reviewer", "return", "请更正");
  bench.request->pinned = {};
  bench.by("registrar", with_scan(bench, "second"));
  CHECK(bench.request->pinned == PinnedForm{});
}

TEST_CASE("a change of the form by an officer is a submission of the same round") {
  Bench bench(odd("number-emptied"));
  const Action* changing = nullptr;
  const State* where = nullptr;
  for (const State& state : bench.definition.states)
    for (const Action& action : state.actions)
      if (state.kind == StateKind::approval && !action.fields.empty()) changing = &action, where = &state;
  REQUIRE(changing);
  Situation situation = bench.situation();
  Request before;
  before.id = RequestId{9};
  before.token.state = where->key;
  before.round = 1;
  before.fields = {{changing->fields.front(), "a"}};
  before.evidence = {{scan("one"), "certification", "one.jpg", "image/jpeg", 1}};
  before.pinned = pinned({1, 1, before.fields, {}, before.evidence});
  situation.request = &before;
  Decision decision;
  decision.request = before;
  decision.request.fields.at(changing->fields.front()) = "b";
  decision.request.evidence.clear();
  decision.history.emplace_back();
  pin_form(situation, decision);
  REQUIRE(decision.submission);
  CHECK(decision.submission->ordinal == 2);
  CHECK(decision.submission->round == 1);
  CHECK(decision.request.kept_evidence == std::vector{scan("one")});
  CHECK(decision.history.front().based_on == pinned(*decision.submission));
}

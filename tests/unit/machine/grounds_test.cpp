// An effect that breaks an invariant of the registry is refused, whatever the definition says.
#include "engine/machine/grounds.hpp"
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

TEST_CASE("a sex against the ID number is refused, explained, and nothing is changed") {
  Bench bench(odd("sex-against-the-number"));
  const FieldValues female{{"new_id_number", "11010519491231002X"}, {"new_sex", "male"}, {"new_birth", "1949-12-31"}};
  bench.by("registrar", Open{bench.definition.key, bench.student.id, female, {}, "", true});
  CHECK_FALSE(explain(bench.situation(), bench.world.person("county reviewer"), "approve").allowed);
  const Refusal refused = bench.refused("county reviewer", bench.perform("approve"));
  CHECK(refused.kind == RefusalKind::status_not_eligible);
  CHECK(refused.detail.en == "The ID number does not agree with the sex and the birth date");
}

TEST_CASE("an ID number that another student has is refused") {
  Bench bench(odd("sex-against-the-number"));
  const FieldValues right{{"new_id_number", "11010519491231002X"}, {"new_sex", "female"}, {"new_birth", "1949-12-31"}};
  bench.by("registrar", Open{bench.definition.key, bench.student.id, right, {}, "", true});
  Situation where = bench.situation();
  where.others_have.id_number = [](const std::string& number) { return number == "11010519491231002X"; };
  const Command approve{bench.perform("approve"), bench.world.person("county reviewer"), {}, {}};
  const auto verdict = decide(where, approve);
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  CHECK(std::get<Refusal>(verdict).detail.en == "Another student has this ID number");
  CHECK(bench.act("county reviewer", "approve").request.outcome == Outcome::completed);
}

TEST_CASE("a clear check whose effect the registry refuses counts as suspect, and says why") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change();
  open.fields = {{"new_id_number", "11010519491231002X"}, {"ground", "entry_wrong"}, {"reason", "更正"}};
  bench.by("registrar", open);
  for (const std::string who : {"head", "county reviewer", "county approver"}) bench.act(who, "approve");
  Situation where = bench.situation();
  where.others_have.id_number = [](const std::string&) { return true; };
  const AnswerChecks clear{bench.request->id,
                           "central_check",
                           bench.request->token.attempts,
                           {{"duplicate_check", CheckOutcome::clear, bench.now, "", {}},
                            {"identity_comparison", CheckOutcome::clear, bench.now, "", {}}}};
  const Decision decision = bench.kept(decide(where, {clear, std::nullopt, std::nullopt, std::nullopt}));
  CHECK(decision.request.token.state == "county_findings");
  CHECK(decision.changes.empty());
  const Finding& finding = decision.request.findings.at(0);
  CHECK(finding.outcome == CheckOutcome::suspect);
  CHECK(finding.code == "registry");
  CHECK(finding.detail.en == "Another student has this ID number");
}

namespace {

/// From J to G, up to the national checks.
struct JToG : Bench {
  JToG() : Bench(shipped("j-to-g")) {
    student.id_number.reset();
    student.numbers = {{"J210103201709011052", NumberKind::J, NumberState::current, {}}};
    Open open{definition.key,
              student.id,
              {{"ground", "id_number_issued"}, {"id_number", "440524188001010014"}},
              {},
              "",
              true};
    open.evidence = {upload("application", "application"), upload("household_register", "register")};
    by("registrar", open);
    for (const std::string who : {"head", "county reviewer", "county approver"}) act(who, "approve");
  }
  Decision clear(const Situation& where) {
    const AnswerChecks both{request->id,
                            "central_check",
                            request->token.attempts,
                            {{"duplicate_check", CheckOutcome::clear, now, "", {}},
                             {"identity_comparison", CheckOutcome::clear, now, "", {}}}};
    return kept(decide(where, {both, std::nullopt, std::nullopt, std::nullopt}));
  }
};

}  // namespace

TEST_CASE("from J to G: the number is made of the ID number that the same end writes to the record") {
  JToG bench;
  CHECK(bench.clear(bench.situation()).request.outcome == Outcome::completed);
  CHECK(bench.student.id_number == "440524188001010014");
  REQUIRE(bench.student.numbers.size() == 2);
  CHECK(bench.student.numbers[0].state == NumberState::former);
  CHECK(bench.student.numbers[1].number == "G440524188001010014");
}

TEST_CASE("whoever has the G number by now is given none, and whoever judges it reads why") {
  JToG bench;
  bench.student.id_number = "440524188001010014";
  bench.student.numbers = {{"G440524188001010014", NumberKind::G, NumberState::current, {}}};
  const Decision decision = bench.clear(bench.situation());
  CHECK(decision.request.token.state == "county_findings");
  CHECK(decision.request.findings.at(0).code == registry_code);
  CHECK(decision.request.findings.at(0).detail.zh == "该生现用的学籍号已是由此身份证件号码生成的 G 号");
}

TEST_CASE("a G number whose characters are another's goes to people with the reason, and the J number stays") {
  JToG bench;
  Situation where = bench.situation();
  where.others_have.number = [](const std::string& number) { return number == "G440524188001010014"; };
  const Decision decision = bench.clear(where);
  CHECK(decision.request.token.state == "county_findings");
  CHECK(decision.request.findings.at(0).detail.en ==
        "The eighteen characters of this number are those of another student's number, present, former or retired");
  CHECK(bench.student.numbers.size() == 1);
}

TEST_CASE("an own number that was retired does not return, and the reason is told") {
  JToG bench;
  bench.student.numbers.push_back({"G440524188001010014", NumberKind::G, NumberState::retired, {}});
  const Decision decision = bench.clear(bench.situation());
  CHECK(decision.request.token.state == "county_findings");
  CHECK(decision.request.findings.at(0).detail.en == "This number was retired and never returns");
}

TEST_CASE("only decisions that stand count towards the two officers of the ministry") {
  Bench bench(shipped("g-number-deletion"));
  bench.by("province reviewer", bench.deletion());
  bench.act("province approver", "approve");
  const auto standing = [&] { return standing_decisions(bench.definition, *bench.request).size(); };
  CHECK(standing() == 1);
  bench.act("ministry reviewer", "approve");
  CHECK(standing() == 2);
  bench.act("ministry approver", "return", "请复核", "ministry_review");
  CHECK(standing() == 1);
  bench.act("ministry reviewer", "approve");
  CHECK(standing() == 2);
  CHECK(bench.act("ministry approver", "approve").request.outcome == Outcome::completed);
}

TEST_CASE("an approver alone retires no G number") {
  Bench bench(odd("number-emptied"));
  bench.by(
      "registrar",
      Open{bench.definition.key, bench.student.id, {{"number", bench.student.numbers.front().number}}, {}, "", true});
  bench.act("county reviewer", "approve");
  CHECK(bench.refused("county approver", bench.perform("approve")).detail.en ==
        "Retiring a G number needs the approval of two different officers of the ministry");
}

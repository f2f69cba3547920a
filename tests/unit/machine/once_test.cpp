// What there may be one request for: had from the first submission on, given up where nobody has decided.
#include "engine/machine/once.hpp"

#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

struct Yearly : Bench {
  Yearly() : Bench(definition_in("tests/routes", "yearly-check")) {}
  Open check(bool submit = true) { return {definition.key, student.id, {{"finding", "一致"}}, {}, "", submit}; }
  std::string once() const { return once_of(situation(), {student.school, student.school, {}}); }
};

OnceTerm once_per_path(const std::string& name) { return {OnceTerm::Kind::path, name, name, {}}; }

}  // namespace

TEST_CASE("it is had from the first submission on, whatever was returned since") {
  Yearly bench;
  bench.by("registrar", bench.check(false));
  CHECK(bench.request->once.empty());
  bench.act("registrar", "submit");
  const std::string had = bench.request->once;
  CHECK(had.size() == 64);
  bench.act("county reviewer", "return", "请补充");
  bench.now += std::chrono::hours(24 * 365);
  bench.act("registrar", "submit");
  CHECK(bench.request->once == had);
  bench.act("county reviewer", "approve");
  CHECK(bench.request->once == had);
}

TEST_CASE("it is given up by what ends before anybody has decided, and by nothing else") {
  Yearly bench;
  bench.by("registrar", bench.check());
  bench.act("registrar", "withdraw");
  CHECK(bench.request->once.empty());

  bench.by("registrar", bench.check());
  bench.act("county reviewer", "return", "请补充");
  bench.act("registrar", "discard");
  CHECK(bench.request->once.empty());

  bench.by("registrar", bench.check());
  bench.act("county reviewer", "reject", "不符");
  CHECK_FALSE(bench.request->once.empty());

  Request decided = *bench.request;
  decided.outcome = Outcome::withdrawn;
  decided.acts.back().action = "approve";
  CHECK_FALSE(gives_up_once(bench.definition, decided));
  decided.acts.back().action = "return";
  CHECK(gives_up_once(bench.definition, decided));
  decided.acts.back().state = "gone_with_an_older_version";
  CHECK_FALSE(gives_up_once(bench.definition, decided));
}

TEST_CASE("who asks for the same again is told at the opening, and of which request as far as they may see it") {
  Yearly bench;
  bench.by("registrar", bench.check());
  bench.had_once = bench.request;
  bench.student.open_request = {};
  const Refusal refusal = bench.refused("registrar", bench.check(false));
  CHECK(refusal.kind == RefusalKind::once_per);
  CHECK(refusal.blocking_request == bench.request->id);
  CHECK(refusal.blocking_holders.size() == 1);
  CHECK(refusal.detail ==
        Text{"此业务对同一学生、学年只办理一次，已有一件（编号 1）",
             "This business is done once per student, school year, and there is a request already (number 1)"});

  const OfficeId elsewhere = bench.world.person("other registrar").posts.front().office;
  bench.had_once->school = bench.had_once->opened_as.office = elsewhere;
  const Refusal unseen = bench.refused("registrar", bench.check(false));
  CHECK(unseen.kind == RefusalKind::once_per);
  CHECK_FALSE(unseen.blocking_request);
  CHECK(unseen.detail.en == "This business is done once per student, school year, and there is a request already");
}

TEST_CASE("who lacks one of the values is like nobody else") {
  Yearly bench;
  bench.definition.once_per = {once_per_path("student.id_number")};
  CHECK(bench.once().size() == 64);
  bench.student.id_number.reset();
  CHECK(bench.once().empty());
}

TEST_CASE("a draft from before is refused when it is submitted, and can be taken back") {
  Yearly bench;
  bench.by("registrar", bench.check(false));
  const Request draft = *bench.request;
  bench.had_once = draft;
  bench.had_once->id = RequestId{99};
  CHECK(bench.refused("registrar", bench.perform("submit")).kind == RefusalKind::once_per);
  CHECK_FALSE(explain(bench.situation(), bench.world.person("registrar"), "submit").allowed);
  bench.act("registrar", "discard");
  CHECK(bench.request->outcome == Outcome::withdrawn);
}

TEST_CASE("each of what a business is once per makes another request of it") {
  Yearly bench;
  const std::string first = bench.once();
  CHECK(first == bench.once());
  bench.definition.version = 7;
  bench.definition.variant = "south";
  CHECK(first == bench.once());
  bench.definition.key = "another";
  CHECK(first != bench.once());
  bench.definition.key = "yearly-check";

  ++bench.student.id.value;
  CHECK(first != bench.once());
  --bench.student.id.value;

  bench.now = at("2026-08-31T23:59:59");
  CHECK(first != bench.once());
  bench.now = at("2027-08-31T23:59:59");
  CHECK(first == bench.once());
  bench.now = at("2027-09-01T00:00:00");
  CHECK(first != bench.once());

  bench.definition.once_per = {once_per_path("student.stage")};
  const std::string primary = bench.once();
  bench.student.grade = "4";
  CHECK(primary == bench.once());
  bench.student.grade = "7";
  CHECK(primary != bench.once());

  bench.definition.once_per = {{OnceTerm::Kind::place, "student.school", "sending", {}}};
  const std::string here = bench.once();
  bench.student.school = bench.world.person("other registrar").posts.front().office;
  CHECK(here != bench.once());

  bench.definition.once_per = {once_per_path("student.birth_date")};
  const std::string born = bench.once();
  bench.student.birth_date = *parse_date("2015-03-01");
  CHECK(born != bench.once());

  bench.definition.once_per.clear();
  CHECK(bench.once().empty());
}

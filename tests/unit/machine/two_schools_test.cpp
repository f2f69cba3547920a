// A business that any school may open: it takes the pupil from another one.
#include "bench.hpp"
#include "engine/machine/grounds.hpp"
#include "engine/machine/places.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

Open transfer(Bench& bench, bool submit, bool found = true) {
  return {bench.definition.key,
          bench.student.id,
          {{"reason", "随父母迁居"}, {"new_class", "三年级二班"}},
          {bench.upload("proof")},
          "",
          submit,
          found};
}

struct TwoSchools : Bench {
  TwoSchools() : Bench(definition_in("tests/mutation/businesses", "transfer-between-schools")) {}
  OfficeId other_school() { return world.person("other registrar").posts.front().office; }
};

}  // namespace

TEST_CASE("a pupil of another school is nobody's to ask for who has not found them") {
  TwoSchools bench;
  CHECK(bench.refused("other registrar", transfer(bench, true, false)).kind == RefusalKind::not_found);
  CHECK(bench.by("other registrar", transfer(bench, true)).request.opened_as ==
        Holder{bench.other_school(), Role::registrar});
}

TEST_CASE("another school's draft keeps nothing from the pupil's own school until it is submitted") {
  TwoSchools bench;
  CHECK_FALSE(bench.by("other registrar", transfer(bench, false)).locks_student);
  const Request draft = *bench.request;
  CHECK(bench.act("other registrar", "submit").locks_student);
  CHECK(bench.student.open_request == bench.request->id);
  CHECK(bench.refused("other registrar", transfer(bench, false)).kind == RefusalKind::open_business);

  bench.student.open_request = RequestId{99};
  bench.request = draft;
  const Refusal refusal = bench.refused("other registrar", bench.perform("submit"));
  CHECK(refusal.kind == RefusalKind::open_business);
  CHECK(bench.act("other registrar", "discard").unlocks_student == false);
  CHECK(bench.student.open_request == RequestId{99});
}

TEST_CASE("a draft that locks nothing finds the pupil changed") {
  TwoSchools bench;
  bench.by("other registrar", transfer(bench, false));
  bench.student.status = StudentStatus::suspended;
  CHECK(bench.refused("other registrar", bench.perform("submit")).kind == RefusalKind::status_not_eligible);
  bench.student.status = StudentStatus::in_school;
  bench.student.school = bench.other_school();
  const Refusal refusal = bench.refused("other registrar", bench.perform("submit"));
  CHECK(refusal.kind == RefusalKind::status_not_eligible);
  CHECK(refusal.detail.en.find("has moved to another school") != std::string::npos);
}

TEST_CASE("a returned request goes on keeping other business away") {
  TwoSchools bench;
  bench.by("other registrar", transfer(bench, true));
  bench.act("other county reviewer", "return", "请补充");
  CHECK(bench.student.open_request == bench.request->id);
  CHECK_FALSE(bench.act("other registrar", "submit").locks_student);
  CHECK(bench.act("other registrar", "withdraw").unlocks_student);
}

TEST_CASE("both schools and whoever stands above them see it") {
  TwoSchools bench;
  bench.by("other registrar", transfer(bench, true));
  for (const char* who : {"registrar", "county reviewer", "other registrar", "other county reviewer"})
    CHECK(may_see(*bench.request, bench.world.person(who), bench.world.offices(), bench.now));
}

TEST_CASE("whether a record would move to a school is asked of the offices that there are") {
  TwoSchools bench;
  bench.by("other registrar", transfer(bench, true));
  const auto to_no_school = [&](OfficeId office) {
    return grounds_of(bench.situation(), *bench.request, moving(bench.student, office)).moves_to_no_school;
  };
  CHECK_FALSE(to_no_school(bench.other_school()));
  CHECK(to_no_school(bench.world.person("county reviewer").posts.front().office));
  CHECK(to_no_school(OfficeId{999'999}));
}

TEST_CASE("another school's draft is not seen from where the pupil is until it is submitted") {
  TwoSchools bench;
  bench.by("other registrar", transfer(bench, false));
  const auto seen = [&](const char* who) {
    return may_see(*bench.request, bench.world.person(who), bench.world.offices(), bench.now);
  };
  for (const char* who : {"registrar", "county reviewer"}) CHECK_FALSE(seen(who));
  for (const char* who : {"other registrar", "other county reviewer", "province approver"}) CHECK(seen(who));
  bench.act("other registrar", "submit");
  for (const char* who : {"registrar", "county reviewer", "other registrar"}) CHECK(seen(who));
}

TEST_CASE("which business keeps a pupil from a transfer is their own school's to know") {
  TwoSchools bench;
  bench.student.open_request = RequestId{99};
  const Refusal refusal = bench.refused("other registrar", transfer(bench, false));
  CHECK(refusal.kind == RefusalKind::open_business);
  CHECK_FALSE(refusal.blocking_request);
  CHECK(refusal.detail.en.find("99") == std::string::npos);
  CHECK(refusal.detail.en.find("has an open request already") != std::string::npos);
}

TEST_CASE("opening is explained for another school's pupil to who has found them, and to nobody else") {
  TwoSchools bench;
  const Caller& caller = bench.world.person("other registrar");
  CHECK(explain(bench.situation(), caller, "open", true).allowed);
  CHECK_FALSE(explain(bench.situation(), caller, "open").allowed);
}

TEST_CASE("who has no post at a school is told who opens such a business") {
  TwoSchools bench;
  const Refusal refusal = bench.refused("county reviewer", transfer(bench, true));
  CHECK(refusal.kind == RefusalKind::not_allowed);
  CHECK(refusal.detail.zh == "此业务由学校的学籍管理员发起");
}

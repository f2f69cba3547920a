// A place that a field of the form names: nobody before the submission, and pinned by it.
#include "bench.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/sight.hpp"
#include "engine/machine/steps.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

struct Naming : Bench {
  Naming()
      : Bench(definition_in("tests/routes", "transfer-r7"),
              {"第一中学", "武侯区教育局", "成都市教育局", "四川省教育厅"}) {}

  OfficeId other_school() const { return world.other_school(); }
  OfficeId office(const char* who) { return world.person(who).posts.front().office; }
  Open opening(bool submit, OfficeId school) {
    return {definition.key, student.id, {{"new_school", to_string(school)}, {"reason", "迁居"}}, {}, "", submit};
  }
  bool sees(const char* who) { return may_see(*request, world.person(who), world.offices(), now); }
  Sight sight(const char* who) { return sight_of(*request, world.person(who), world.offices(), now); }
  std::optional<Holder> holder_ahead(std::string_view state) const {
    for (const Step& step : steps_of(definition, *request, world.offices()))
      if (step.state->key == state) return step.holder;
    return std::nullopt;
  }
};

}  // namespace

TEST_CASE("before the first submission the school that the form names takes no part") {
  Naming bench;
  bench.by("registrar", bench.opening(false, bench.other_school()));
  CHECK_FALSE(places_of(*bench.request).named);
  CHECK(offices_in_sight(*bench.request) == std::vector{bench.student.school});
  for (const char* who : {"other registrar", "other head", "other county reviewer"}) CHECK_FALSE(bench.sees(who));
  // The way ahead is that of the school named so far.
  CHECK(bench.holder_ahead("receiving_school") == Holder{bench.other_school(), Role::head});
  CHECK(explain(bench.situation(), bench.world.person("registrar"), "submit").allowed);
  bench.act("registrar", "submit");
  CHECK(places_of(*bench.request).named == bench.other_school());
  for (const char* who : {"other registrar", "other head", "other county reviewer"}) CHECK(bench.sees(who));
}

TEST_CASE("a draft that names no school yet can be submitted with one") {
  Naming bench;
  Open nothing = bench.opening(false, bench.other_school());
  nothing.fields.clear();
  bench.by("registrar", nothing);
  CHECK_FALSE(bench.holder_ahead("receiving_school"));
  CHECK(explain(bench.situation(), bench.world.person("registrar"), "submit").allowed);
  CHECK(bench.refused("registrar", bench.perform("submit")).kind == RefusalKind::validation);
  Perform submit = bench.perform("submit");
  submit.fields = bench.opening(false, bench.other_school()).fields;
  CHECK(bench.by("registrar", submit).request.named_schools == std::vector{bench.other_school()});
}

TEST_CASE("the rules of the form are asked of the school that it names") {
  Naming bench;
  const Refusal own = bench.refused("registrar", bench.opening(true, bench.student.school));
  REQUIRE(own.complaints.size() == 1);
  CHECK(own.complaints[0].message.en == "Name another school than the pupil's own");
  const Refusal county = bench.refused("registrar", bench.opening(true, bench.office("county reviewer")));
  CHECK(county.complaints[0].pointer == "/fields/new_school");
}

TEST_CASE("a returned draft keeps its place until it is submitted with another") {
  Naming bench;
  bench.by("registrar", bench.opening(true, bench.other_school()));
  bench.act("head", "approve");
  CHECK(bench.request->token.holder == Holder{bench.other_school(), Role::head});
  bench.act("other head", "return", "不是本校");
  Edit edit{bench.request->id, bench.opening(false, bench.student.school).fields, std::nullopt};
  bench.by("registrar", edit);
  CHECK(places_of(*bench.request).named == bench.other_school());
  CHECK(places_ahead(bench.definition, *bench.request).named == bench.student.school);

  Request again = *bench.request;
  again.fields["new_school"] = "77";
  pin_place(bench.definition, again);
  CHECK(places_of(again).named == OfficeId{77});
  CHECK(offices_in_sight(again) == std::vector{bench.student.school, OfficeId{77}});
  again.fields["new_school"] = to_string(bench.other_school());
  pin_place(bench.definition, again);
  CHECK(again.named_schools == std::vector{OfficeId{77}, bench.other_school()});
  CHECK(offices_in_sight(again) == std::vector{bench.student.school, OfficeId{77}, bench.other_school()});
}

TEST_CASE("the part of the school that was named ends with the return to the draft, and is seen as it stood then") {
  Naming bench;
  bench.by("registrar", bench.opening(true, bench.other_school()));
  bench.act("head", "approve");
  for (const char* who : {"other registrar", "other head", "other county reviewer"})
    CHECK(bench.sight(who).kind == Sight::Kind::whole);
  const FieldValues submitted = bench.request->fields;
  bench.act("other head", "return", "不是本校");
  const Request returned = *bench.request;
  bench.by("registrar", Edit{bench.request->id, FieldValues{{"reason", "改了"}}, std::nullopt});

  for (const char* who : {"other registrar", "other head", "other county reviewer"}) {
    INFO(who);
    const Sight sight = bench.sight(who);
    REQUIRE(sight.until);
    CHECK(sight.until->version == returned.version);
    CHECK(sight.until->submission == 1);
    const Request then = as_it_stood(*bench.request, *sight.until, {1, 1, submitted, {}, {}}, returned.pinned);
    CHECK(then.fields == submitted);
    CHECK(then.version == returned.version);
    CHECK(then.acts == returned.acts);
    CHECK(then.token.state == "draft");
    CHECK(actions_for(bench.situation(), bench.world.person(who)).empty());
    const auto told = explain(bench.situation(), bench.world.person(who), "comment");
    REQUIRE(told.reasons.size() == 1);
    CHECK(told.reasons[0].rule == "part-ended");
    Perform comment = bench.perform("comment");
    comment.comment = "再说一句";
    CHECK(bench.refused(who, comment).kind == RefusalKind::not_allowed);
  }
  for (const char* who : {"registrar", "county reviewer", "prefecture approver"})
    CHECK(bench.sight(who).kind == Sight::Kind::whole);
}

TEST_CASE("a school that is named again sees the whole again, and a draft that is discarded stays as it was returned") {
  for (const bool again : {true, false}) {
    Naming bench;
    bench.by("registrar", bench.opening(true, bench.other_school()));
    bench.act("head", "approve");
    bench.act("other head", "return", "材料不全");
    bench.act("registrar", again ? "submit" : "discard");
    CHECK(bench.sight("other head").kind == (again ? Sight::Kind::whole : Sight::Kind::part));
    CHECK(bench.request->parts_ended.size() == (again ? 0 : 1));
  }
}

TEST_CASE("of two parts that have ended whoever stands above both sees as much as the later one") {
  Naming bench;
  bench.by("registrar", bench.opening(true, bench.other_school()));
  const OfficeId county = bench.office("other county reviewer");
  bench.request->parts_ended = {{bench.other_school(), bench.now, 2, "draft", 1, 0},
                                {county, bench.now, 5, "draft", 2, 0}};
  CHECK(bench.sight("other county reviewer").until->version == 5);
  CHECK(bench.sight("other head").until->version == 2);
  CHECK(parts_in_sight(*bench.request).size() == 2);
  // The school is a place of another kind too: then it sees the whole.
  bench.request->school = bench.other_school();
  CHECK(bench.sight("other head").kind == Sight::Kind::whole);
  CHECK(parts_in_sight(*bench.request).size() == 1);
}

TEST_CASE("the record moves to the school that the form names") {
  Naming bench;
  bench.by("registrar", bench.opening(true, bench.other_school()));
  for (const char* who : {"head", "other head", "head", "county reviewer", "prefecture approver"})
    bench.act(who, "approve");
  CHECK(bench.act("other county reviewer", "approve").request.outcome == Outcome::completed);
  CHECK(bench.student.school == bench.other_school());
}

TEST_CASE("what there may be one request for is asked of the school that the form names as it is submitted") {
  Naming bench;
  bench.definition.once_per = {{OnceTerm::Kind::student, "", "student", {}},
                               {OnceTerm::Kind::place, std::string(named_school), "receiving", {}}};
  bench.by("registrar", bench.opening(true, bench.other_school()));
  bench.act("head", "approve");
  bench.act("other head", "reject", "不收");
  bench.had_once = bench.request;
  bench.student.open_request = {};
  CHECK(bench.refused("registrar", bench.opening(true, bench.other_school())).kind == RefusalKind::once_per);
  bench.by("registrar", bench.opening(false, bench.other_school()));
  CHECK(bench.refused("registrar", bench.perform("submit")).kind == RefusalKind::once_per);
}

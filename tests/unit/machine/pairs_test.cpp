// A case about two records: when the machine opens it, who holds and sees it, and how its end is made of both.
#include "engine/machine/pairs.hpp"
#include "bench.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/steps.hpp"
#include "engine/machine/subjects.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

Scenario two_schools() {
  Scenario scenario = people_of({"第一小学", "东城区教育局", "北京市教育委员会"});
  scenario.other_offices = {"第二小学", "西城区教育局", "北京市教育委员会"};
  return scenario;
}

/// Two records with one name and birth date, at schools of two counties of a province.
struct Case {
  Case() {
    for (Student* each : {&first, &second}) {
      each->name = "张三";
      each->birth_date = *parse_date("2017-09-01");
      each->status = StudentStatus::in_school;
    }
    first.id = StudentId{1};
    first.school = world.school();
    first.numbers = {{"L110101201709011052", NumberKind::L, NumberState::current, now}};
    second.id = StudentId{2};
    second.school = world.other_school();
    second.numbers = {{"G110101201709012024", NumberKind::G, NumberState::current, now}};
  }
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;

  Situation situation() const {
    Situation where{
        definition, DefinitionId{1}, request ? &*request : nullptr, &first, nullptr, world.offices(), calendar, now,
        {}};
    for (const Student* each : {&first, &second}) {
      const std::size_t at = where.subjects.size();
      where.subjects.push_back({at < subjects.size() ? subjects[at] : Subject{0, each->id, std::nullopt}, each});
    }
    return where;
  }

  Verdict find(bool again = false) const {
    Situation where = situation();
    where.was_paired = again;
    return decide(where, {OpenPair{"problem-status", first.id, second.id}, {}, {}, {}});
  }

  void open() { keep(std::get<Decision>(find())); }

  Verdict try_by(const std::string& who, const std::string& action, FieldValues fields = {}) {
    Perform what;
    what.request = request->id;
    what.action = action;
    if (action == "return" || action == "comment") what.comment = "请重新核实";
    Situation where = situation();
    if (!fields.empty()) {
      what.fields = std::move(fields);
      what.evidence = std::vector<EvidenceReference>{{"proof", "aa"}};
      where.uploads["aa"] = {"aa", "", "户口簿.jpg", "image/jpeg", 1000};
    }
    return decide(where, {what, world.person(who), std::nullopt, std::nullopt});
  }

  Decision by(const std::string& who, const std::string& action, FieldValues fields = {}) {
    auto verdict = try_by(who, action, std::move(fields));
    if (const auto* refusal = std::get_if<Refusal>(&verdict)) throw std::logic_error(refusal->detail.en);
    keep(std::get<Decision>(verdict));
    return std::get<Decision>(std::move(verdict));
  }

  void keep(const Decision& decision) {
    request = decision.request;
    request->id = RequestId{5};
    if (!decision.subjects.added.empty()) subjects = decision.subjects.added;
    for (const Subject& each : decision.subjects.added)
      if (each.locked) (each.student == first.id ? first : second).open_request = request->id;
  }

  Definition definition = shipped("problem-status");
  Scenario scenario = two_schools();
  ScenarioWorld world{scenario};
  Calendar calendar;
  Instant now = at("2026-09-01T09:00:00");
  Student first, second;
  std::vector<Subject> subjects;
  std::optional<Request> request;
};

FieldValues one_person(const std::string& survivor) {
  return {{"verdict", "one_person"}, {"survivor", survivor}, {"statement", "户口簿一致"}};
}

}  // namespace

TEST_CASE("the machine opens a request about two records that are alike, for the office above both") {
  Case about;
  const Decision opened = std::get<Decision>(about.find());
  const Request& request = opened.request;
  CHECK_FALSE(request.opened_by);
  CHECK(about.world.word_of(request.opened_as) == "province reviewer");
  CHECK(request.several->count == 2);
  CHECK(request.several->schools == std::vector{about.first.school, about.second.school});
  REQUIRE(opened.subjects.added.size() == 2);
  CHECK(opened.subjects.added[1] == Subject{2, about.second.id, std::nullopt, true});
  CHECK_FALSE(opened.locks_student);
  REQUIRE(opened.history.size() == 1);
  CHECK_FALSE(opened.history[0].by);
  CHECK(opened.history[0].comment.find("姓名、性别、出生日期") != std::string::npos);
  const auto places = offices_in_sight(request);
  for (const OfficeId school : {about.first.school, about.second.school})
    CHECK(std::find(places.begin(), places.end(), school) != places.end());
}

TEST_CASE("nothing is opened about two who are no pair, or were one before") {
  const auto is_nothing = [](const Case& about, bool again = false) {
    return std::holds_alternative<Nothing>(about.find(again));
  };
  Case about;
  CHECK(is_nothing(about, true));
  SECTION("another name") { about.second.name = "张叁"; }
  SECTION("another sex") { about.second.sex = Sex::female; }
  SECTION("merged already") { about.second.merged_into = StudentId{9}; }
  SECTION("one has died") { about.first.status = StudentStatus::deceased; }
  SECTION("the same record") { about.second.id = about.first.id; }
  SECTION("both with an ID number") {
    about.first.id_number = "110105201709010016";
    about.second.id_number = "110105201709010032";
  }
  SECTION("the business is retired") { about.definition.retired = true; }
  CHECK(is_nothing(about));
}

TEST_CASE("who has other business is not locked by the case, which goes on beside it") {
  Case about;
  about.second.open_request = RequestId{77};
  about.open();
  CHECK(about.request->several->unlocked == 1);
  CHECK_FALSE(about.subjects[1].locked);
  CHECK(about.first.open_request == about.request->id);
  CHECK(about.second.open_request == RequestId{77});
}

TEST_CASE("one record goes on with all numbers, the other is merged; each has an entry of its own") {
  Case about;
  about.open();
  about.by("province reviewer", "submit", one_person("1"));
  const Decision merged = about.by("province approver", "keep_one");
  CHECK(merged.request.outcome == Outcome::completed);
  CHECK(merged.subjects.releases_all);
  REQUIRE(merged.history.size() == 4);
  CHECK(merged.history[1].about == about.first.id);
  CHECK(merged.history[2].about == about.second.id);
  const Student goes_on = apply(about.first, merged.history[1].changes, about.now);
  const Student ended = apply(about.second, merged.history[2].changes, about.now);
  REQUIRE(goes_on.numbers.size() == 2);
  CHECK(goes_on.numbers[0].state == NumberState::former);
  CHECK(goes_on.numbers[1].number == "G110101201709012024");
  CHECK(goes_on.numbers[1].state == NumberState::current);
  CHECK(ended.numbers.empty());
  CHECK(ended.status == StudentStatus::merged);
  CHECK(ended.merged_into == about.first.id);
}

TEST_CASE("what can't be merged of both is made of neither") {
  Case about;
  about.open();
  about.by("province reviewer", "submit", one_person("1"));
  about.second.id_number = "110105201709010016";  // meanwhile, by business that was open beside the case
  const auto verdict = about.try_by("province approver", "keep_one");
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  CHECK(std::get<Refusal>(verdict).kind == RefusalKind::status_not_eligible);
}

TEST_CASE("a record with other business is not merged into another one before that ends") {
  Case about;
  about.second.open_request = RequestId{77};
  about.open();
  about.by("province reviewer", "submit", one_person("1"));
  const auto verdict = about.try_by("province approver", "keep_one");
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  CHECK(std::get<Refusal>(verdict).detail.zh.starts_with("不保留的学籍还有未办结的业务（编号 77），办结后再合并"));
  about.second.open_request = {};
  CHECK(about.by("province approver", "keep_one").request.outcome == Outcome::completed);
}

TEST_CASE("a case goes where its pupil has moved: an office above both schools of today settles it") {
  Case about;
  about.second.school = about.world.school();
  about.open();
  const OfficeId new_school = about.world.other_school();
  const auto sees = [&](OfficeId office) {
    const auto offices = offices_in_sight(*about.request);
    return std::find(offices.begin(), offices.end(), office) != offices.end();
  };
  const bool is_one_student = GENERATE(true, false);
  const std::string action = is_one_student ? "keep_one" : "keep_both";
  about.by("county reviewer", "submit",
           is_one_student ? one_person("1") : FieldValues{{"verdict", "two_persons"}, {"statement", "不是同一人"}});
  CHECK_FALSE(sees(new_school));
  about.second.school = new_school;
  const auto verdict = about.try_by("county approver", action);
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  CHECK(std::get<Refusal>(verdict).detail.zh.starts_with(
      "其中一名学生已转到他处，本单位不再是两校共同的上级，不能认定；请退回"));
  const Explanation why = explain(about.situation(), about.world.person("county approver"), action);
  CHECK_FALSE(why.allowed);
  CHECK(why.reasons.at(0).rule == "below-schools");

  SECTION("by a return the office above both has it, and the new school sees it and is told") {
    const Decision returned = about.by("county approver", "return");
    CHECK(about.world.word_of(about.request->token.holder) == "province reviewer");
    CHECK(sees(new_school));
    CHECK(sees(about.world.school()));
    CHECK(std::any_of(returned.notices.begin(), returned.notices.end(),
                      [&](const Notice& each) { return each.holder == Holder{new_school, Role::registrar}; }));
    about.by("province reviewer", "submit");
    CHECK(about.by("province approver", action).request.outcome == Outcome::completed);
  }
  SECTION("anybody may comment, and a comment decides nothing") {
    const Decision told = about.by("county approver", "comment");
    CHECK(told.history.back().action == "comment");
    CHECK(sees(new_school));
  }
  SECTION("its deadline passes, and the task is that of the office above both too") {
    for (int timer = 0; timer < 2; ++timer) {
      about.now = *about.request->token.timer;
      const FireTimer fire{about.request->id, about.request->token.state, about.now};
      about.keep(std::get<Decision>(decide(about.situation(), {fire, {}, {}, {}})));
    }
    REQUIRE(about.request->token.escalated_to);
    CHECK(about.world.word_of(*about.request->token.escalated_to) == "province approver");
  }
  SECTION("a school that the pupil has left again goes on seeing it") {
    about.by("county approver", "return");
    about.second.school = about.world.school();
    about.by("province reviewer", "submit");
    CHECK(sees(new_school));
    CHECK(about.world.word_of(about.request->token.holder) == "county approver");
  }
  SECTION("the pupil comes back, and the county settles it") {
    about.second.school = about.world.school();
    CHECK(about.by("county approver", action).request.outcome == Outcome::completed);
  }
}

TEST_CASE("no record is merged into that of a student who has died") {
  Case about;
  about.open();
  about.by("province reviewer", "submit", one_person("1"));
  about.first.status = StudentStatus::deceased;
  const auto verdict = about.try_by("province approver", "keep_one");
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  CHECK(std::get<Refusal>(verdict).detail.zh.starts_with("保留的学籍，其学生已死亡，不能再并入别的学籍"));
}

TEST_CASE("the only G number of both is not retired, whatever was meant when the form was filled in") {
  Case about;
  about.first.numbers.push_back({"G110101201709011013", NumberKind::G, NumberState::current, about.now});
  about.open();
  FieldValues form = one_person("1");
  form.emplace("given_up", "G110101201709012024");
  about.by("province reviewer", "submit", form);
  about.by("province approver", "propose");
  about.by("ministry reviewer", "approve");
  about.first.numbers.back().state = NumberState::retired;  // meanwhile, by business that was open beside the case
  const auto verdict = about.try_by("ministry approver", "approve");
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  CHECK(std::get<Refusal>(verdict).kind == RefusalKind::status_not_eligible);
  about.first.numbers.back().state = NumberState::current;
  CHECK(about.by("ministry approver", "approve").request.token.state == "number_retired");
}

TEST_CASE("nobody opens a case by hand, sets one of the two aside, or opens business about a merged record") {
  Case about;
  Open what;
  what.workflow = "problem-status";
  what.student = about.first.id;
  const auto opened = decide(about.situation(), {what, about.world.person("province reviewer"), {}, {}});
  REQUIRE(std::holds_alternative<Refusal>(opened));
  CHECK(std::get<Refusal>(opened).kind == RefusalKind::not_allowed);
  CHECK_FALSE(
      may_ever_open(about.definition, about.world.person("province reviewer"), about.world.offices(), about.now));

  about.open();
  CHECK(std::holds_alternative<Refusal>(about.try_by("province reviewer", "set_aside")));

  Bench bench(shipped("key-information-change"));
  bench.student.status = StudentStatus::merged;
  bench.student.merged_into = StudentId{1};
  const Explanation why = explain(bench.situation(), bench.world.person("registrar"), "open");
  CHECK_FALSE(why.allowed);
  CHECK(std::any_of(why.reasons.begin(), why.reasons.end(), [](const Reason& each) { return each.rule == "merged"; }));
}

TEST_CASE("the way of a case is what its form says, and nobody says before it is filled in") {
  Case about;
  about.open();
  const auto way = [&] {
    std::string text;
    for (const Step& step : steps_of(about.definition, *about.request, about.world.offices(),
                                     GuardRecords{about.world.offices(), about.first, &about.second}))
      text += (text.empty() ? "" : " ") + step.state->key + ":" + std::string(to_string(step.position));
    return text;
  };
  CHECK(way() == "settling:current confirming:ahead");
  about.by("province reviewer", "submit", one_person("1"));
  CHECK(way() == "settling:done confirming:current one_person:ahead");
  about.by("province approver", "return");
  CHECK(way() == "settling:current confirming:ahead one_person:ahead");
  about.by("province reviewer", "submit", {{"verdict", "two_persons"}, {"survivor", ""}, {"statement", "不是同一人"}});
  CHECK(way() == "settling:done confirming:current two_persons:ahead");
  about.by("province approver", "keep_both");
  CHECK(way() == "settling:done confirming:done two_persons:current");
}

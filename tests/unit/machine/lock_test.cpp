// From when on a request keeps other business from its student: from its opening, its submission, or never.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

struct Unlocked : Bench {
  Unlocked() : Bench(definition_in("tests/routes", "class-beside")) {}
  Open change(bool submit = true) { return {definition.key, student.id, {{"new_class", "5班"}}, {}, "", submit}; }
};

struct LockedLate : Bench {
  LockedLate() : Bench(definition_in("tests/routes", "yearly-check")) {}
  Open check(bool submit) { return {definition.key, student.id, {{"finding", "一致"}}, {}, "", submit}; }
};

}  // namespace

TEST_CASE("what locks nobody runs beside other business, to its end") {
  Unlocked bench;
  bench.student.open_request = RequestId{99};
  CHECK_FALSE(bench.by("registrar", bench.change(false)).locks_student);
  CHECK_FALSE(bench.request->unfiled);
  CHECK_FALSE(bench.act("registrar", "submit").locks_student);
  CHECK_FALSE(bench.request->locks);
  const Decision end = bench.act("head", "approve");
  CHECK_FALSE(end.unlocks_student);
  CHECK(bench.request->outcome == Outcome::completed);
  CHECK(bench.student.class_name == "5班");
  CHECK(bench.student.open_request == RequestId{99});
}

TEST_CASE("the draft of what locks nobody is seen as any other of the student's school") {
  Unlocked bench;
  bench.by("registrar", bench.change(false));
  for (const char* who : {"registrar", "head", "county reviewer"})
    CHECK(may_see(*bench.request, bench.world.person(who), bench.world.offices(), bench.now));
}

TEST_CASE("what locks nobody asks the rules of opening again at every submission") {
  Unlocked bench;
  bench.by("registrar", bench.change());
  bench.act("head", "return", "请核对");
  bench.student.status = StudentStatus::suspended;
  CHECK(bench.refused("registrar", bench.perform("submit")).kind == RefusalKind::status_not_eligible);
}

TEST_CASE("the school that filed it changes nothing of a record that has moved meanwhile") {
  Unlocked bench;
  bench.by("registrar", bench.change());
  bench.student.school = bench.world.person("other registrar").posts.front().office;
  const Refusal refusal = bench.refused("head", bench.perform("approve"));
  CHECK(refusal.kind == RefusalKind::status_not_eligible);
  CHECK(refusal.detail.en.find("moved to another school") != std::string::npos);
  const auto explained = explain(bench.situation(), bench.world.person("head"), "approve");
  CHECK_FALSE(explained.allowed);
  bench.act("head", "return", "学生已转走");
  CHECK(bench.refused("registrar", bench.perform("submit")).detail.en.find("moved to another school") !=
        std::string::npos);
  bench.act("registrar", "discard");
  CHECK(bench.request->outcome == Outcome::withdrawn);
}

TEST_CASE("nothing of a merged record is changed by what ran beside the case, and it can be taken back") {
  Unlocked bench;
  bench.by("registrar", bench.change());
  bench.student.merged_into = StudentId{8};
  bench.student.status = StudentStatus::merged;
  bench.definition.states.at(bench.definition.order("completed")).effects.front().when.reset();
  CHECK(bench.refused("head", bench.perform("approve")).kind == RefusalKind::status_not_eligible);
  bench.act("head", "return", "学籍已合并");
  bench.act("registrar", "discard");
  CHECK(bench.request->outcome == Outcome::withdrawn);
}

TEST_CASE(
    "a draft that locks from its submission on lets other business begin, and is told of it when it is submitted") {
  LockedLate bench;
  CHECK_FALSE(bench.by("registrar", bench.check(false)).locks_student);
  CHECK_FALSE(bench.request->unfiled);
  bench.student.open_request = RequestId{99};
  CHECK(bench.refused("registrar", bench.perform("submit")).kind == RefusalKind::open_business);
  bench.student.open_request = {};
  CHECK(bench.act("registrar", "submit").locks_student);
  CHECK(bench.request->locks);
  bench.act("county reviewer", "return", "请补充");
  CHECK(bench.student.open_request == bench.request->id);
  CHECK_FALSE(bench.act("registrar", "submit").locks_student);
  CHECK(bench.act("county reviewer", "approve").unlocks_student);
}

TEST_CASE("a draft that locks nobody is not submitted about a record that was merged meanwhile") {
  LockedLate bench;
  bench.by("registrar", bench.check(false));
  bench.student.merged_into = StudentId{8};
  bench.student.status = StudentStatus::merged;
  const Refusal refusal = bench.refused("registrar", bench.perform("submit"));
  CHECK(refusal.kind == RefusalKind::status_not_eligible);
  CHECK(refusal.detail.en.find("merged into another one") != std::string::npos);
}

TEST_CASE("what is submitted as it is opened locks at once where it locks from its submission on") {
  LockedLate bench;
  CHECK(bench.by("registrar", bench.check(true)).locks_student);
}

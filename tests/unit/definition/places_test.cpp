// Places under the author's words, who opens at any school, and conditions between offices.
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string places_of_two = R"(places:
  receiving: {office: initiator.office, title: {zh: 转入学校, en: Receiving school}}
  sending: student.school
)";

/// The small definition in the second format, with two places.
std::string with_places(const std::string& from = "", const std::string& to = "") {
  std::string text = with(small_definition, "format: 1", "format: 2");
  text = with(text, "open:\n", places_of_two + "open:\n");
  return from.empty() ? text : with(text, from, to);
}

std::string fault_of(const std::string& from, const std::string& to) {
  const std::string faults = faults_of(with_places(from, to));
  return faults.substr(0, faults.find('\n'));
}

const std::string review = "    approval: reviewer at authority of student.school\n";

}  // namespace

TEST_CASE("an author's word for a place is one of the engine's") {
  const Definition definition = loaded(with_places(review, "    approval: reviewer at county of receiving\n"));
  CHECK(definition.format == 2);
  REQUIRE(definition.places.size() == 2);
  CHECK((definition.places[0].word == "receiving" && definition.places[0].place == "initiator.office"));
  CHECK(definition.places[0].title == Text{"转入学校", "Receiving school"});
  CHECK(definition.places[1].title == Text{"学生所在学校", "The student's school"});
  const ActorExpression& reviewer = definition.state("review")->actor;
  CHECK(reviewer.office.place == "initiator.office");
  CHECK(reviewer.office.level == Level::county);
  CHECK(reviewer.source == "reviewer at county of receiving");
}

TEST_CASE("two places have a common superior") {
  const std::string both = GENERATE(as<std::string>{}, "sending, receiving", "sending and receiving");
  const Definition definition =
      loaded(with_places(review, "    approval: reviewer at common superior of " + both + "\n"));
  const OfficeExpression& office = definition.state("review")->actor.office;
  CHECK(office.step == OfficeExpression::Step::common_superior);
  CHECK((office.place == "student.school" && office.other == "initiator.office"));
}

TEST_CASE("any school may open a business, and only open it") {
  const Definition definition =
      loaded(with_places("open:\n  by: registrar at student.school", "open:\n  by: registrar at any school"));
  CHECK(definition.opened_by.office.step == OfficeExpression::Step::any_school);
  CHECK(fault_of(review, "    approval: reviewer at any school\n") ==
        "w.yaml:30:15: error: only who opens the request can be at any school; name a place, like "
        "`initiator.office`");
}

TEST_CASE("a condition between offices decides whether a state is come to") {
  const Definition definition = loaded(
      with_places(review, review + "    when: sending.authority != receiving.authority\n    otherwise: checking\n"));
  const State& state = *definition.state("review");
  REQUIRE(state.when);
  CHECK(state.when->paths() == std::vector<std::string>{"student.school.authority", "initiator.office.authority"});
  CHECK(state.otherwise == "checking");
}

TEST_CASE("who may open it can depend on the offices") {
  const Definition definition =
      loaded(with_places("    - rule: student.status == \"in_school\"", "    - rule: receiving != sending"));
  CHECK(definition.open_when.front().guard.paths() == std::vector<std::string>{"initiator.office", "student.school"});
}

TEST_CASE("the student moves to the school of a place") {
  const Definition definition =
      loaded(with_places("effects: [apply_changes]", "effects: [apply_changes, {move: student to receiving}]"));
  CHECK(definition.state("completed")->effects ==
        std::vector<EffectCall>{{"apply_changes"}, {"move", "initiator.office"}});
}

TEST_CASE("what is wrong with places is told where it stands") {
  const auto [from, to, fault] = GENERATE(table<std::string, std::string, std::string>({
      {review, "    approval: reviewer at authority of recieving\n",
       "30:40: error: there is no office `recieving`; did you mean `receiving`?"},
      {review, "    approval: reviewer at common superior of sending\n",
       "30:34: error: a common superior is that of two places; write `common superior of PLACE and PLACE`"},
      {review, "    approval: reviewer at common superior of sending, student.school\n",
       "30:55: error: `sending` and `student.school` are the same place; name two places, or write `authority of "
       "PLACE`"},
      {"  sending: student.school\n", "  county: student.school\n",
       "9:3: error: `county` means something else where offices are named; choose another word for the place"},
      {"  sending: student.school\n", "  sending: student.home\n",
       "9:12: error: a request has no place `student.home`; write `student.school`, `initiator.office` or `field "
       "FIELD`"},
      {review, review + "    when: sending.authority != receiving.authority\n",
       "29:3: error: `review` does not say what comes where `when` does not hold; add `otherwise: STATE`, a later one"},
      {review, review + "    when: student.status == \"in_school\"\n    otherwise: checking\n",
       "31:11: error: there is no field `student.status` here"},
      {review, review + "    when: sending.authority == \"11\"\n    otherwise: checking\n",
       "31:29: error: an office cannot be compared with a text; compare values of one type"},
      {review, review + "    when: sending.authority < receiving.authority\n    otherwise: checking\n",
       "31:29: error: an office has no order; only numbers and dates are less or greater; use `==`, `!=` or `in`"},
      {"count: 1..6}", "count: 1..6, when: receiving != sending}", "22:75: error: there is no field `receiving` here"},
      {"effects: [apply_changes]", "effects: [apply_changes, {move: student to sending}]",
       "44:95: error: the student is at that school already; name the other place"},
      {"effects: [apply_changes]", "effects: [apply_changes, {move: sending}]",
       "44:95: error: `sending` is no way to move a student; write `move: student to PLACE`, a place of `places`"},
      {"effects: [apply_changes]", "effects: [apply_changes, move]",
       "44:88: error: the effect `move` says nothing of how; write `move: …`"},
      {"effects: [apply_changes]", "effects: [{apply_changes: student to sending}]",
       "44:74: error: the effect `apply_changes` takes nothing; write `apply_changes` alone"},
  }));
  CAPTURE(to);
  CHECK(fault_of(from, to).substr(0, fault.size() + 7) == "w.yaml:" + fault);
}

TEST_CASE("who may open it can depend on what the school of a place teaches") {
  const std::string before = R"(student.status == "in_school")";
  const auto paths = [&](const std::string& rule) {
    return loaded(with_places(before, rule)).open_when.front().guard.paths();
  };
  using Paths = std::vector<std::string>;
  CHECK(paths("student.stage in receiving.stages") == Paths{"student.stage", "initiator.office.stages"});
  CHECK(paths(R"(has(sending.stages) && "special" in sending.stages)") == Paths{"student.school.stages"});
  CHECK(paths("student.grade in receiving.grades") == Paths{"student.grade", "initiator.office.grades"});
  CHECK(paths("student.graduating && has(receiving.stages)") == Paths{"student.graduating", "initiator.office.stages"});
  const auto [rule, fault] = GENERATE(table<std::string, std::string>({
      {"student.stage == receiving.stages",
       "a text cannot be compared with a list of texts; use `in` to look into a list"},
      {"student.stage in receiving",
       "after `in` stands an office, not a list; what its school teaches is `receiving.stages` and `receiving.grades`"},
      {R"(has(receiving.stages) && "primery" in receiving.stages)",
       "`receiving.stages` is never \"primery\"; did you mean \"primary\"?"},
      {"student.status in receiving.stages",
       "`student.status` is never one of `receiving.stages`; compare values of one kind"},
      {"receiving.stages", "a list of texts alone is no condition"},
      {R"(student.stage == "college")", "`student.stage` is never \"college\""},
      {"student.graduating == \"yes\"", "true or false cannot be compared with a text"},
      {"receiving.stage == receiving.stages",
       "there is no field `receiving.stage` here; did you mean `receiving.stages`?"},
  }));
  CAPTURE(rule);
  CHECK(fault_of(before, rule).find(fault) != std::string::npos);
  CHECK(fault_of(review, review + "    when: \"\\\"special\\\" in receiving.stages\"\n    otherwise: checking\n")
            .find("there is no field `receiving.stages` here") != std::string::npos);
}

TEST_CASE("the first format has none of it") {
  CHECK(faults_of(with(small_definition, "open:\n", places_of_two + "open:\n")).find("`places` belongs to format 2") !=
        std::string::npos);
  CHECK(faults_of(with(small_definition, review, "    approval: reviewer at any school\n"))
            .find("there is no level `any`") != std::string::npos);
  CHECK(faults_of(with(small_definition, review, review + "    when: student.school == student.school\n"))
            .find("`when` of a state belongs to format 2") != std::string::npos);
  CHECK(faults_of(with(small_definition, "effects: [apply_changes]", "effects: [{move: student to sending}]"))
            .find("belong to format 2") != std::string::npos);
}

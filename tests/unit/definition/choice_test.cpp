// A choice: what may stand in it, told with place and advice, and which way is taken.
#include "engine/definition/main_way.hpp"
#include "engine/definition/ways.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

std::string small_in_two() { return with(small_definition, "format: 1", "format: 2"); }

const std::string two_ways = "[{when: ground == \"wrong\", to: checking}, {to: completed}]";

/// With a choice of these ways behind the review, in line 37.
std::string choosing(const std::string& ways, const std::string& more = {}) {
  return with(with(small_in_two(), "approve: {to: checking}", "approve: {to: which}"), "  checking:\n",
              "  which: {choice: " + ways + more + "}\n  checking:\n");
}

std::string side(const std::string& name) {
  return "      " + name + ":\n        title: {zh: 一方, en: Side}\n        states:\n          " + name +
         "_review: {approval: reviewer at authority of student.school, title: {zh: 审核, en: Review}, otherwise: join, "
         "actions: {approve: {to: join}}}\n";
}

void check_told(const std::string& text, const std::string& fault) {
  INFO(faults_of(text));
  CHECK(faults_of(text) == fault + "\n");
}

}  // namespace

TEST_CASE("a choice has ways with conditions, the last without, and a title if the author likes") {
  const Definition definition = loaded(choosing(two_ways));
  const State& which = *definition.state("which");
  CHECK(which.kind == StateKind::choice);
  CHECK(which.title == Text{"选择", "Choice"});
  REQUIRE(which.ways.size() == 2);
  CHECK(which.ways[0].when->source() == "ground == \"wrong\"");
  CHECK(which.ways[0].to == "checking");
  CHECK_FALSE(which.ways[1].when);
  CHECK(loaded(choosing(two_ways, ", title: {zh: 去向, en: Where}")).state("which")->title == Text{"去向", "Where"});
}

TEST_CASE("a choice that is none is told with place and advice") {
  check_told(choosing("[{to: completed}]"),
             "w.yaml:36:19: error: `which` has one way, which is no choice; add a way before it, `- {when: CONDITION, "
             "to: STATE}`, or lead to that state at once");
  check_told(
      choosing("[{when: ground == \"wrong\", to: checking}, {when: has(new_name), to: completed}]"),
      "w.yaml:36:68: error: the last way of `which` has a condition, and nothing says where to go otherwise; let "
      "a last way have no `when`: `- {to: STATE}`");
  check_told(choosing("[{to: checking}, {to: completed}]"),
             "w.yaml:36:20: error: a way without `when` is always taken, so none after it ever is; add `when: "
             "CONDITION`, or let it be the last");
  check_told(choosing("[{when: has(new_name), to: review}, {to: completed}]"),
             "w.yaml:36:46: error: `review` does not come after `which`; name a later state, or an end: a choice only "
             "leads on");
  check_told(choosing("[{when: has(new_name), to: nowhere}, {to: completed}]"),
             "w.yaml:36:46: error: there is no state `nowhere`; the states are: draft, review, which, checking, "
             "completed, rejected, withdrawn");
  check_told(choosing("[{when: has(new_name)}, {to: completed}]"),
             "w.yaml:36:20: error: a way of a choice needs `to`; name the state to which it leads, `to: STATE`");
  check_told(choosing(two_ways, ", due: 5 working days"),
             "w.yaml:36:79: error: a choice has no key `due`; its keys are: title, choice");
  check_told(with(choosing(two_ways), "format: 2", "format: 1"),
             "w.yaml:36:3: error: `choice` belongs to format 2; write `format: 2` at the top");
}

TEST_CASE("a way reads record, form and places, never the comment or how often it was submitted") {
  for (const std::string path : {"comment", "request.round"}) {
    const auto text = choosing("[{when: has(" + path + "), to: checking}, {to: completed}]");
    INFO(faults_of(text));
    CHECK(faults_of(text).find("`" + path + "`") != std::string::npos);
  }
  CHECK(faults_of(choosing("[{when: has(student.school.prefecture), to: checking}, {to: completed}]")).empty());
}

TEST_CASE("several students go one way together, so none of their records chooses it") {
  const auto batch = [](const std::string& condition) {
    return with(with(shipped_file("class-change.yaml"), "approve: {to: completed}", "approve: {to: which}"),
                "  completed:\n",
                "  which:\n    choice: [{when: " + condition + ", to: completed}, {to: rejected}]\n  completed:\n");
  };
  CHECK(faults_of(batch("has(statement)")).empty());
  const std::string faults = faults_of(batch("student.status == \"in_school\""));
  INFO(faults);
  CHECK(faults.find("the request is about several students, and this way is chosen by one's record; let the way depend "
                    "on the form or the places: all of them go it together") != std::string::npos);
}

TEST_CASE("a choice lies in no branch, and nobody moves to one or speaks of standing in it") {
  const std::string chosen = choosing(two_ways);
  check_told(
      with(chosen, "  - every request ends\n", "  - which only after review.approve\n"),
      "w.yaml:54:5: error: no request stands in `which`, which is a choice; name one of the states that it leads "
      "to");
  CHECK(faults_of(with(chosen, "  - every request ends\n", "  - every path to completed passes which\n")).empty());
  check_told(
      chosen + "migrate:\n  - {from: 1, states: {review: which}, otherwise: stay}\n",
      "w.yaml:56:32: error: `which` is a choice, and no request stands in one; name a state in which the request "
      "can wait");
}

TEST_CASE("behind a choice neither a registration rejects nor a notice hides an end that completes nothing") {
  const std::string rejecting = with(choosing("[{when: has(new_name), to: checking}, {to: rejected}]"),
                                     "      reject: {to: rejected, comment: required}\n", "");
  CHECK(faults_of(rejecting).empty());
  check_told(
      with(rejecting, "    approval: reviewer at authority of student.school\n",
           "    registration: reviewer at authority of student.school\n"),
      "w.yaml:33:7: error: `review` rejects nothing, and `approve` leads by `which` to `rejected`; let it return "
      "the request, or make the state an approval");
  check_told(
      with(with(rejecting, "approve: {to: which}", "approve: {to: told}"), "  which:",
           "  told: {title: {zh: 备案, en: Told}, notice: reviewer at authority of student.school, to: which}\n  "
           "which:"),
      "w.yaml:35:3: error: the notice `told` leads by `which` to `rejected`, which completes nothing; lead there "
      "without a notice, and tell others by `inform`");
}

TEST_CASE("the first way whose condition holds is taken, through choices and notices to where a request rests") {
  const Definition definition =
      loaded(with(choosing("[{when: ground == \"wrong\", to: told}, {to: rejected}]"), "  checking:\n",
                  "  told: {title: {zh: 备案, en: Told}, notice: reviewer at authority of student.school, to: again}\n"
                  "  again: {choice: [{when: has(new_name), to: completed}, {to: checking}]}\n"
                  "  checking:\n"));
  const auto taken = [&](FieldValues fields) {
    const Guard::Lookup values = [fields = std::move(fields)](std::string_view path) -> GuardValue {
      const auto found = fields.find(std::string(path));
      return found == fields.end() ? GuardValue{} : GuardValue{found->second};
    };
    std::vector<std::string> through;
    const auto there = led_on(
        definition, led_to(definition, {"review", {}}, "review", "which").configuration,
        [&](const State& choice) { return way_taken(choice, values); }, held_everywhere, through);
    std::string text;
    for (const std::string& each : through) text += each + " ";
    return text + there.state;
  };
  CHECK(taken({{"ground", "wrong"}, {"new_name", "张叁"}}) == "which told again completed");
  CHECK(taken({{"ground", "wrong"}}) == "which told again checking");
  CHECK(taken({}) == "which rejected");
}

TEST_CASE("a join behind a choice that leads back to it is no endless way") {
  const Definition definition =
      loaded(with(choosing("[{when: has(new_name), to: sides}, {to: completed}]"), "  checking:\n",
                  "  sides:\n    parallel:\n" + side("one") + side("two") +
                      "    title: {zh: 双方, en: Sides}\n    join: all\n    to: which\n  checking:\n"));
  std::vector<std::string> through;
  const auto nobody_in_branches = [](const State& state) { return state.parallel.empty(); };
  CHECK_THROWS_AS(
      led_on(
          definition, {"which", {}}, [](const State&) { return std::size_t{0}; }, nobody_in_branches, through),
      ImpossibleMove);
}

TEST_CASE("the main way goes the way that is known, else the first that leads on") {
  const Definition definition =
      loaded(choosing("[{when: has(new_name), to: rejected}, {when: ground == \"wrong\", to: "
                      "checking}, {to: completed}]"));
  const auto keys = [&](const std::function<std::optional<std::size_t>(const State&)>& of_choice) {
    std::string text;
    for (const State* state : main_way(definition, definition.states.front(), {of_choice, {}}))
      text += state->key + " ";
    return text;
  };
  CHECK(keys({}) == "draft review which checking completed ");
  CHECK(keys([](const State&) { return std::optional<std::size_t>(2); }) == "draft review which completed ");
  CHECK(keys([](const State&) { return std::optional<std::size_t>(0); }) == "draft review which ");
  CHECK(keys([](const State&) { return std::optional<std::size_t>(); }) == "draft review which checking completed ");
}

#include <algorithm>

#include "engine/render/transitions.hpp"
#include "tests/catch.hpp"
#include "tests/unit/render/pictured.hpp"

using namespace xueji;
using namespace xueji::tests;

namespace {

std::vector<std::string> told(const Definition& definition, const std::string& from) {
  std::vector<std::string> all;
  for (const Transition& transition : transitions_of(definition))
    if (transition.from == from)
      all.push_back(transition.event + " " + transition.to + " " + std::string{to_string(transition.weight)});
  return all;
}

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("every action, outcome, moment and deadline that leads somewhere is an arrow") {
  const Definition definition = transfer();
  CHECK(told(definition, "draft") == Told{"submit both_sides main", "discard withdrawn aside"});
  CHECK(told(definition, "both_sides") == Told{"joined central_check main", "otherwise rejected aside"});
  CHECK(told(definition, "sending_review") == Told{"approve join main", "decline stop aside", "return draft aside"});
  CHECK(told(definition, "central_check") == Told{"clear until_semester main", "suspect findings other"});
  CHECK(told(definition, "findings") ==
        Told{"approve until_semester other", "return both_sides aside", "return draft choice", "expire expired aside"});
  CHECK(told(definition, "until_semester") == Told{"cancel withdrawn aside", "elapsed grace main"});
  CHECK(told(definition, "completed").empty());
}

TEST_CASE("a return within a branch may name the branch's own earlier states") {
  const auto county = told(load_from("workflows/key-information-change.yaml"), "county_approval");
  CHECK(county == Told{"approve central_check main", "return draft aside", "return county_review choice",
                       "return head_review choice", "reject rejected aside", "withdraw withdrawn aside"});
  CHECK(told(transfer(), "receiving_approval") ==
        Told{"approve join main", "return receiving_review aside", "return draft choice", "reject rejected aside"});
}

TEST_CASE("where an office may be missing, an arrow passes it by") {
  Definition definition = load_from("workflows/g-number-deletion.yaml");
  definition.states[1].otherwise = "ministry_review";
  const auto all = transitions_of(definition);
  const auto passing =
      std::find_if(all.begin(), all.end(), [](const Transition& each) { return each.event == "otherwise"; });
  REQUIRE(passing != all.end());
  CHECK(passing->from == "province_approval");
  CHECK(passing->to == "ministry_review");
  CHECK(passing->title.en == "No such office");
}

TEST_CASE("an arrow that passes a state by names the condition of the state") {
  Definition definition = load_from("workflows/transfer-sichuan.yaml");
  const auto title = [&](std::string_view from) {
    for (const Transition& each : transitions_of(definition))
      if (each.from == from && each.event == "otherwise") return each.title;
    return Text{};
  };
  const std::string condition = "receiving.province != sending.province";
  CHECK(title("sending_province").en == "Where not: " + condition);
  CHECK(title("sending_province").zh == "不符合 " + condition + " 时");
  auto& office = definition.states.at(definition.order("sending_province")).actor.office;
  office.level = Level::prefecture;
  CHECK(title("sending_province").en == "Where not: " + condition + ", or no such office");
  CHECK(title("sending_province").zh == "不符合 " + condition + " 时，或无此级机构");
}

TEST_CASE("an end is never behind, wherever its author put it") {
  Definition definition = load_from("workflows/g-number-deletion.yaml");
  std::rotate(definition.states.begin() + 1, definition.states.end() - 1, definition.states.end());
  REQUIRE(definition.states[1].key == "expired");
  for (const Transition& transition : transitions_of(definition))
    if (transition.to == "expired") CHECK_FALSE(goes_back(definition, transition));
}

TEST_CASE("each way of a choice is an arrow that says its condition") {
  const Definition definition = load_from("tests/routes/suspension-by-stage.yaml");
  CHECK(told(definition, "which_office") ==
        Told{"chosen prefecture_approval main", "chosen county_registration other", "chosen county_approval other"});
  std::vector<Text> titles;
  for (const Transition& each : transitions_of(definition))
    if (each.from == "to_be_filed") titles.push_back(each.title);
  CHECK(titles == std::vector<Text>{{"ground == \"other\"", "ground == \"other\""}, {"其他情况", "Otherwise"}});
}

// What the verifier proves of the shipped definitions, and the paths that it shows when one of them is changed.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/exploration.hpp"
#include "files.hpp"
#include "tests/unit/definition/parallel_definition.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const std::vector<std::string> shipped_keys{"key-information-change", "g-number-deletion"};

std::string report(const Definition& definition) {
  std::string text;
  for (const Violation& violation : verify(definition, national_calendar()).violations)
    text += to_string(violation) + "\n    " + to_string(violation.path) + "\n";
  return text;
}

std::string report(const std::string& yaml) { return report(definition_of(yaml)); }

State& state_of(Definition& definition, const std::string& key) {
  for (State& state : definition.states)
    if (state.key == key) return state;
  FAIL("no state " << key);
  return definition.states.front();
}

Action& action_of(Definition& definition, const std::string& state, const std::string& key) {
  for (Action& action : state_of(definition, state).actions)
    if (action.key == key) return action;
  FAIL("no action " << key);
  return state_of(definition, state).actions.front();
}

}  // namespace

TEST_CASE("everything that the shipped definitions promise holds") {
  for (const auto& key : shipped_keys) {
    const auto verification = verify(definition_of(shipped_text(key), key), national_calendar());
    CHECK(verification.violations.empty());
    CHECK(verification.states > 40);
    CHECK(verification.properties > 100);
  }
}

TEST_CASE("everything that suspension, resumption and return promise holds") {
  for (const std::string key : {"suspension", "resumption", "return"}) {
    const auto definition = definition_of(shipped_text(key), key);
    const auto verification = verify(definition, national_calendar());
    INFO(key);
    CHECK(verification.violations.empty());
    CHECK(std::all_of(verification.warnings.begin(), verification.warnings.end(),
                      [](const Violation& each) { return each.rule == migration_not_proved; }));
    CHECK(definition.always.size() == 5);
    CHECK(verification.properties > 80);
  }
}

TEST_CASE("the same definition gives the same answer") {
  const auto definition = definition_of(shipped_text("key-information-change"));
  const auto first = verify(definition, national_calendar());
  const auto second = verify(definition, national_calendar());
  CHECK(first.states == second.states);
  CHECK(first.properties == second.properties);
}

TEST_CASE("a name that changes without the county is shown on its shortest path") {
  const auto changed =
      replaced(shipped_text("key-information-change"), "approve: {to: county_review}", "approve: {to: central_check}");
  const auto verification = verify(definition_of(changed, "copy.yaml"), national_calendar());
  REQUIRE(verification.violations.size() >= 2);
  const auto county = std::find_if(
      verification.violations.begin(), verification.violations.end(),
      [](const auto& each) { return each.fault.what.find("only after county_approval.approve") != std::string::npos; });
  REQUIRE(county != verification.violations.end());
  CHECK(to_string(*county) ==
        "copy.yaml:159:5: error: always: this does not hold: effect apply_changes only after county_approval.approve; "
        "correct the states, or the sentence");
  CHECK(to_string(county->path) == "draft -submit-> head_review -approve-> central_check -clear-> completed");
}

TEST_CASE("without the line that asks for different people one officer of the county decides twice") {
  const auto changed =
      replaced(shipped_text("key-information-change"),
               "  - different people: [head_review, county_review, county_approval, province_judgement]\n", "");
  const auto text = report(changed);
  CHECK(text.find("same-person: one person can decide in `county_review` and then in `county_approval`") !=
        std::string::npos);
  CHECK(text.find("    draft -submit-> head_review -approve-> county_review -approve-> county_approval\n") !=
        std::string::npos);
}

TEST_CASE("a definition with branches and a wait is explored whole") {
  const auto definition = definition_of(parallel_definition);
  const Exploration exploration{definition};
  CHECK(exploration.is_whole());
  CHECK(exploration.configurations().contains({"both_sides", {"county_approval", "join"}}));
  CHECK(exploration.configurations().contains({"until_term", {}}));
  CHECK(exploration.configurations().contains({"rejected", {}}));
  CHECK_FALSE(exploration.configurations().contains({"both_sides", {"join", "join"}}));
  CHECK_FALSE(exploration.configurations().contains({"both_sides", {"join", "stop"}}));
}

TEST_CASE("what one person could do on two sides of a fork is shown with its branches") {
  const auto text = report(parallel_definition);
  CHECK(text.find("same-person: one person can decide in `county_review` and then in `province_review`") !=
        std::string::npos);
  CHECK(text.find("draft -submit-> head_review -approve-> both_sides+county_review+province_review "
                  "-county_review.approve-> both_sides+county_approval+province_review\n") != std::string::npos);
}

TEST_CASE("what no file can say is caught in a definition that a program built") {
  SECTION("a branch that stops where nothing says what then") {
    auto definition = definition_of(parallel_definition);
    state_of(definition, "both_sides").otherwise.clear();
    CHECK(report(definition)
              .find("no-otherwise: `both_sides` does not say what comes when too few branches can still "
                    "join") != std::string::npos);
  }
  SECTION("an action into a branch that is not its own") {
    auto definition = definition_of(parallel_definition);
    action_of(definition, "province_review", "approve").to = "county_approval";
    CHECK(report(definition).find("foreign-branch: `approve` leads from `province_review` into another branch") !=
          std::string::npos);
  }
  SECTION("an action from outside into a branch") {
    auto definition = definition_of(parallel_definition);
    action_of(definition, "head_review", "approve").to = "county_approval";
    CHECK(report(definition).find("foreign-branch: `approve` leads from `head_review` into another branch") !=
          std::string::npos);
  }
  SECTION("an effect that stands twice at an end") {
    auto definition = definition_of(shipped_text("key-information-change"));
    state_of(definition, "completed").effects.push_back({"apply_changes"});
    CHECK(report(definition).find("effect-twice: `completed` has an effect twice") != std::string::npos);
  }
}

TEST_CASE("a definition with more abstract states than the limit is refused as too large") {
  Definition definition = definition_of(parallel_definition);
  State& fork = state_of(definition, "both_sides");
  fork.branches.push_back({"third", {"三", "Third"}, "third_0", {}});
  fork.branches.push_back({"fourth", {"四", "Fourth"}, "fourth_0", {}});
  const auto at = definition.states.begin() + static_cast<std::ptrdiff_t>(definition.order("until_term"));
  std::vector<State> longer;
  for (std::size_t branch = 2; branch < 4; ++branch)
    for (int step = 0; step < 200; ++step) {
      State state = *definition.state("province_review");
      state.branch = branch;
      state.key = fmt::format("{}_{}", branch == 2 ? "third" : "fourth", step);
      state.actions.front().to =
          step == 199 ? "join" : fmt::format("{}_{}", branch == 2 ? "third" : "fourth", step + 1);
      longer.push_back(std::move(state));
    }
  definition.states.insert(at, longer.begin(), longer.end());
  const auto verification = verify(definition, national_calendar());
  REQUIRE(verification.violations.size() == 1);
  CHECK(verification.violations.front().rule == "too-large");
  CHECK(verification.states == abstract_states_max);
}

TEST_CASE(
    "whichever line of the county's approval is deleted, it is refused, or nothing is decided without the county") {
  const std::string yaml = shipped_text("key-information-change");
  const auto begin = yaml.find("  county_approval:\n");
  const auto end_of_state = yaml.find("  central_check:\n");
  std::string outcomes;
  for (auto at = begin; yaml[at] != '\n';) {
    REQUIRE(at < end_of_state);
    const auto end = yaml.find('\n', at) + 1;
    const auto result = load_definition(std::string(yaml).erase(at, end - at), "w.yaml");
    std::string outcome = "refused";
    if (const auto* definition = std::get_if<Definition>(&result)) {
      const auto violations = verify(*definition, national_calendar()).violations;
      outcome = violations.empty() ? "proved" : violations.front().rule;
    }
    const auto word = yaml.find_first_not_of(' ', at);
    outcomes += yaml.substr(word, yaml.find(':', word) - word) + " " + outcome + "\n";
    at = end;
  }
  CHECK(outcomes ==
        "county_approval refused\n"
        "approval refused\n"
        "title refused\n"
        "due refused\n"
        "remind proved\n"
        "overdue proved\n"
        "actions refused\n"
        "approve refused\n"
        "return proved\n"
        "reject proved\n");
}

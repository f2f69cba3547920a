// Parallel branches, waits and migrations, as an author writes them.
#include "tests/unit/definition/parallel_definition.hpp"

#include "engine/definition/configuration.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

/// The faults of the definition with one place changed.
std::string faults_with(const std::string& from, const std::string& to) {
  return faults_of(with(parallel_definition, from, to));
}

}  // namespace

TEST_CASE("branches lie flat in the order of the procedure and know where they belong") {
  const auto definition = loaded(parallel_definition);
  const auto* both = definition.state("both_sides");
  REQUIRE(both);
  CHECK(both->kind == StateKind::parallel);
  CHECK(both->join == 2);
  CHECK(both->to == "until_term");
  CHECK(both->otherwise == "rejected");
  REQUIRE(both->branches.size() == 2);
  CHECK(both->branches[0].first == "county_review");
  CHECK(both->branches[1].title.en == "Province");
  CHECK(definition.order("county_approval") == definition.order("both_sides") + 2);
  CHECK(definition.state("county_approval")->parallel == "both_sides");
  CHECK(definition.state("county_approval")->branch == 0);
  CHECK(definition.state("province_review")->branch == 1);
  CHECK(definition.state("draft")->parallel.empty());
  CHECK(definition.state("until_term")->wait->name == "spring");
  REQUIRE(definition.state("until_term")->action("withdraw"));
  CHECK(definition.state("province_review")->action("withdraw"));
  REQUIRE(definition.migrations.size() == 1);
  CHECK(definition.migrations[0].states.at("old_review") == "both_sides");
  CHECK(definition.migrations[0].otherwise == Migration::Otherwise::same_state);
}

TEST_CASE("a join may ask for all branches, any, or a number of them") {
  CHECK(loaded(with(parallel_definition, "join: all", "join: any")).state("both_sides")->join == 1);
  CHECK(loaded(with(parallel_definition, "join: all", "join: 2")).state("both_sides")->join == 2);
  CHECK(faults_with("join: all", "join: 3") ==
        "w.yaml:57:11: error: `join` must be a whole number from 1 to 2; write it in plain decimal digits\n");
}

TEST_CASE("what a branch may not do is told with its place") {
  CHECK(
      faults_with("approve: {to: both_sides}", "approve: {to: county_approval}") ==
      "w.yaml:22:21: error: `county_approval` lies in a branch of `both_sides`; name `both_sides`, which begins all of "
      "its branches, or a state outside\n");
  CHECK(faults_with("approve: {to: both_sides}", "approve: {to: join}") ==
        "w.yaml:22:21: error: `join` ends a branch, and this is in none; name the state that it leads to\n");
  CHECK(
      faults_with("approve: {to: county_approval}", "approve: {to: province_review}") ==
      "w.yaml:36:29: error: `province_review` lies in a branch of `both_sides`; name `both_sides`, which begins all of "
      "its branches, or a state outside\n");
  CHECK(
      faults_with("reject: {to: rejected, comment: required}", "reject: {to: both_sides}") ==
      "w.yaml:38:28: error: `both_sides` cannot be begun anew from one of its branches; lead to a state outside, from "
      "which it is begun again\n");
  CHECK(faults_with("    otherwise: rejected\n", "") ==
        "w.yaml:24:3: error: `province_review` can stop its branch, and `both_sides` does not say what comes then; add "
        "`otherwise: STATE`, for when too few branches can still join\n");
  CHECK(faults_with("decline: {to: stop, title: {zh: 不同意, en: Decline}}",
                    "decline: {to: draft, title: {zh: 不同意, en: Decline}}") ==
        "w.yaml:24:3: error: no branch of `both_sides` can stop, so `otherwise` never comes; remove `otherwise`, or "
        "let a "
        "branch lead `to: stop`\n");
  CHECK(faults_with("default: county_review", "default: province_review") ==
        "w.yaml:45:46: error: `province_review` is no state before `county_approval` that waits for a person; name one "
        "of: draft, head_review, county_review\n");
}

TEST_CASE("a wait names its moment, and only people with a post of their own act meanwhile") {
  CHECK(loaded(with(parallel_definition, "first day of spring semester", "10 working days"))
            .state("until_term")
            ->wait->working_days == 10);
  CHECK(loaded(with(parallel_definition, "first day of spring semester", "window transfer opens"))
            .state("until_term")
            ->wait->kind == WaitMoment::Kind::window_opens);
  CHECK(faults_with("first day of spring semester", "first day of sprng semester") ==
        "w.yaml:61:24: error: there is no semester `sprng`; did you mean `spring`?\n");
  CHECK(faults_with("first day of spring semester", "tomorrow") ==
        "w.yaml:61:11: error: `tomorrow` is no moment to wait for; write `first day of spring semester`, `5 working "
        "days`, "
        "`window transfer opens` or `closes`\n");
  CHECK(faults_with("    to: completed\n", "    to: completed\n    actions: {approve: {to: completed}}\n") ==
        "w.yaml:64:15: error: nobody holds `until_term`, so `approve` needs `by`; say who may do it while it waits, "
        "`by: ROLE at OFFICE`\n");
}

TEST_CASE("what the registry refuses may be led elsewhere, to where nothing is refused again") {
  constexpr auto place = "    to: completed\n";
  CHECK(loaded(with(parallel_definition, place, "    to: completed\n    refused: draft\n"))
            .state("until_term")
            ->refused == "draft");
  CHECK(faults_with(place, "    to: completed\n    refused: until_term\n") ==
        "w.yaml:64:14: error: `until_term` can't be where it goes once that is refused; name a state in which people "
        "decide anew, or an end without effects\n");
  CHECK(faults_with(place, "    to: completed\n    refused: completed\n") ==
        "w.yaml:64:14: error: `completed` can't be where it goes once that is refused; name a state in which people "
        "decide anew, or an end without effects\n");
  CHECK(faults_with(place, "    to: rejected\n    refused: draft\n")
            .find("w.yaml:60:3: error: `rejected` has no effect, so "
                  "`refused` never comes; remove `refused`\n") != std::string::npos);
  CHECK(faults_with("    otherwise: rejected\n", "    otherwise: rejected\n    refused: draft\n")
            .find("error: `until_term` has no effect, so `refused` never comes") != std::string::npos);
}

TEST_CASE("a migration comes from an older version and ends nothing") {
  CHECK(faults_with("from: 1", "from: 2") ==
        "w.yaml:73:11: error: version 2 is not older than this one; name a version below 2\n");
  CHECK(
      faults_with("{old_review: both_sides}", "{old_review: completed}") ==
      "w.yaml:74:26: error: `completed` is an end, and a migration ends no request; name a state in which the request "
      "goes on\n");
  CHECK(faults_with("otherwise: same state", "otherwise: go on") ==
        "w.yaml:75:16: error: `otherwise` cannot be `go on`; write one of: stay, same state\n");
}

TEST_CASE("a configuration forks, joins, stops and is left") {
  const auto definition = loaded(parallel_definition);
  const auto whole = [](StateConfiguration there) { return Moved{std::move(there), std::nullopt}; };
  const auto at = led_to(definition, initial_configuration(definition), "draft", "head_review");
  CHECK(at == whole({"head_review", {}}));
  const auto fork = led_to(definition, at.configuration, "head_review", "both_sides");
  CHECK(fork == whole({"both_sides", {"county_review", "province_review"}}));
  CHECK(active_states(fork.configuration) == std::vector<std::string>{"county_review", "province_review"});
  const auto one_joined = led_to(definition, fork.configuration, "province_review", "join");
  CHECK(one_joined == Moved{{"both_sides", {"county_review", "join"}}, 1});
  CHECK(active_states(one_joined.configuration) == std::vector<std::string>{"county_review"});
  const auto moved = led_to(definition, one_joined.configuration, "county_review", "county_approval");
  CHECK(moved == Moved{{"both_sides", {"county_approval", "join"}}, 0});
  CHECK(led_to(definition, moved.configuration, "county_approval", "join") == whole({"until_term", {}}));
  CHECK(led_to(definition, fork.configuration, "province_review", "stop") == whole({"rejected", {}}));
  CHECK(led_to(definition, moved.configuration, "county_approval", "draft") == whole({"draft", {}}));
  CHECK(earlier_states(definition, "county_approval") ==
        std::vector<std::string>{"county_review", "head_review", "draft"});
  CHECK(earlier_states(definition, "until_term") == std::vector<std::string>{"both_sides", "head_review", "draft"});
}

TEST_CASE("coming to the very state that it is in moves the whole, also a parallel state from one of its branches") {
  const auto definition = loaded(parallel_definition);
  const StateConfiguration fork{"both_sides", {"county_approval", "join"}};
  CHECK(led_to(definition, fork, "county_approval", "both_sides") ==
        Moved{{"both_sides", {"county_review", "province_review"}}, std::nullopt});
  CHECK(led_to(definition, {"head_review", {}}, "head_review", "head_review") ==
        Moved{{"head_review", {}}, std::nullopt});
}

TEST_CASE("what cannot be is refused as impossible, and never read from where nothing stands") {
  const auto definition = loaded(parallel_definition);
  const StateConfiguration outside{"head_review", {}}, fork{"both_sides", {"county_review", "province_review"}};
  CHECK_THROWS_AS(led_to(definition, outside, "head_review", "county_review"), ImpossibleMove);
  CHECK_THROWS_AS(led_to(definition, outside, "head_review", "join"), ImpossibleMove);
  CHECK_THROWS_AS(led_to(definition, outside, "county_review", "join"), ImpossibleMove);
  CHECK_THROWS_AS(led_to(definition, {"both_sides", {"county_review"}}, "province_review", "join"), ImpossibleMove);
  CHECK_THROWS_AS(led_to(definition, fork, "county_review", "no_such_state"), ImpossibleMove);
  CHECK_THROWS_AS(led_to(definition, outside, "no_such_state", "draft"), ImpossibleMove);
}

TEST_CASE("joins that lead on to each other are told as impossible instead of being followed for ever") {
  auto definition = loaded(parallel_definition);
  for (State& state : definition.states) {
    if (!state.parallel.empty()) state.otherwise = join_word;
    if (state.kind == StateKind::parallel) state.to = state.key;
  }
  const auto nowhere_in_branches = [](const State& state) { return state.parallel.empty(); };
  CHECK_THROWS_AS(arrived_at(definition, "both_sides", nowhere_in_branches), ImpossibleMove);
}

TEST_CASE("an approval that some schools have no office for names where it is passed on to, further on") {
  const auto yaml = with(parallel_definition, "approval: reviewer at province of student.school",
                         "approval: reviewer at prefecture of student.school\n            otherwise: join");
  const auto definition = loaded(yaml);
  const auto without = [](const State& state) { return state.key != "province_review"; };
  CHECK(led_to(definition, {"head_review", {}}, "head_review", "both_sides", without).configuration ==
        StateConfiguration{"both_sides", {"county_review", "join"}});
  CHECK(led_to(definition, {"head_review", {}}, "head_review", "both_sides").configuration ==
        StateConfiguration{"both_sides", {"county_review", "province_review"}});
  CHECK(faults_with("    due: 3 working days\n", "    due: 3 working days\n    otherwise: draft\n") ==
        "w.yaml:21:16: error: `draft` does not come after `head_review`; name a later state, taken where there is no "
        "such "
        "office\n");
}

TEST_CASE("an approval in a branch is passed on within it") {
  const auto passed_on_to = [](const std::string& state) {
    return faults_with("approval: reviewer at province of student.school",
                       "approval: reviewer at prefecture of student.school\n            otherwise: " + state);
  };
  for (const std::string state : {"rejected", "completed"})
    CHECK(passed_on_to(state).find("error: `province_review` lies in a branch of `both_sides`, and `" + state +
                                   "` lies outside; name a later state of the same branch, or `join` or `stop`, which "
                                   "end it\n") != std::string::npos);
  CHECK(passed_on_to("join").empty());
}

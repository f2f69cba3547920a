#include "engine/definition/main_way.hpp"

#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

using Keys = std::vector<std::string>;

Keys way_of(const Definition& definition, std::string_view from) {
  Keys keys;
  for (const State* state : main_way(definition, *definition.state(from))) keys.push_back(state->key);
  return keys;
}

}  // namespace

TEST_CASE("the shipped definitions are gone through by consent") {
  CHECK(way_of(loaded(shipped_file("key-information-change.yaml")), "draft") ==
        Keys{"draft", "head_review", "county_review", "county_approval", "central_check", "completed"});
  CHECK(way_of(loaded(shipped_file("g-number-deletion.yaml")), "draft") ==
        Keys{"draft", "province_approval", "ministry_review", "ministry_approval", "completed"});
}

TEST_CASE("from a state off the main way it goes on to the end too") {
  const auto definition = loaded(shipped_file("key-information-change.yaml"));
  CHECK(way_of(definition, "county_findings") == Keys{"county_findings", "province_judgement", "completed"});
  CHECK(way_of(definition, "rejected") == Keys{"rejected"});
}

TEST_CASE("what turns back or ends without result is not the main way, even where it is written first") {
  const auto reject_first = with(small_definition,
                                 "      approve: {to: checking}\n"
                                 "      return: {to: earlier, default: draft, comment: required}\n"
                                 "      reject: {to: rejected, comment: required}\n",
                                 "      return: {to: earlier, default: draft, comment: required}\n"
                                 "      reject: {to: rejected, comment: required}\n"
                                 "      approve: {to: checking}\n");
  CHECK(way_of(loaded(reject_first), "draft") == Keys{"draft", "review", "checking", "completed"});
}

TEST_CASE("where nothing leads on the main way stops") {
  auto definition = loaded(small_definition);
  std::erase_if(definition.states[1].actions, [](const Action& action) { return action.key == "approve"; });
  CHECK(way_of(definition, "draft") == Keys{"draft", "review"});
}

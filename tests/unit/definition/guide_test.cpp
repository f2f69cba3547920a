// The guide for authors: what it shows is cut from files that are tested, and its tutorial makes a whole definition.
#include "engine/scenario/runner.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string tutorial_file = "../docs/tutorial/suspension-of-study.yaml";

std::string guide() {
  std::ifstream file{XUEJI_SOURCE_DIR "/docs/workflows.md"};
  REQUIRE(file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string> examples_in(const std::string& text) {
  const std::string opening = "```yaml\n", closing = "```\n";
  std::vector<std::string> examples;
  for (auto at = text.find(opening); at != std::string::npos; at = text.find(opening, at)) {
    at += opening.size();
    examples.push_back(text.substr(at, text.find(closing, at) - at));
  }
  return examples;
}

std::string without_empty_lines(std::string text) {
  for (auto at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n")) text.erase(at, 1);
  return text;
}

}  // namespace

TEST_CASE("every example in the guide for authors is cut from a tested file") {
  std::string sources;
  for (const auto* file : {"key-information-change.yaml",
                           "g-number-deletion.yaml",
                           "../docs/tutorial/suspension-of-study.yaml",
                           "../docs/tutorial/suspension-of-study.completed.scenario.yaml",
                           "../tests/schema/whole.yaml",
                           "../tests/mutation/businesses/transfer-between-schools.yaml",
                           "resumption.yaml",
                           "transfer.yaml",
                           "class-change.yaml",
                           "class-division.yaml",
                           "problem-status.yaml",
                           "suspension.yaml",
                           "j-to-g.yaml",
                           "../tests/routes/suspension-2013.yaml",
                           "../tests/routes/suspension-by-stage.yaml",
                           "../tests/routes/class-beside.yaml",
                           "../tests/routes/yearly-check.yaml",
                           "../tests/routes/transfer-r7.yaml",
                           "../tests/routes/two-g-numbers.yaml",
                           "../tests/routes/record-findings.yaml",
                           "../tests/routes/both-schools-prove.yaml",
                           "../tests/routes/first-number.yaml"})
    sources += shipped_file(file);
  const auto examples = examples_in(guide());
  CHECK(examples.size() > 20);
  for (const auto& example : examples) {
    CAPTURE(example);
    CHECK(sources.find(example) != std::string::npos);
  }
}

TEST_CASE("the pieces of the tutorial make its file, which is a definition") {
  const auto text = guide();
  const auto from = text.find("\n# From nothing to running\n"), until = text.find("\n## Check it\n");
  REQUIRE(from < until);
  std::string pieces;
  for (const auto& example : examples_in(text.substr(from, until - from))) pieces += example;
  CHECK(without_empty_lines(pieces) == without_empty_lines(shipped_file(tutorial_file)));
  CHECK(loaded(shipped_file(tutorial_file)).key == "suspension-of-study");
}

TEST_CASE("the story of the tutorial comes out as told") {
  const auto definition = loaded(shipped_file(tutorial_file));
  const auto story =
      load_scenario(shipped_file("../docs/tutorial/suspension-of-study.completed.scenario.yaml"), "s.yaml", definition);
  REQUIRE(std::holds_alternative<Scenario>(story));
  CHECK(run_scenario(std::get<Scenario>(story), definition, Calendar{}).faults.empty());
}

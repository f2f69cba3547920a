#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

/// The pieces of YAML in the guide for authors.
std::vector<std::string> examples_of_the_guide() {
  std::ifstream file{XUEJI_SOURCE_DIR "/docs/workflows.md"};
  REQUIRE(file);
  const std::string guide{std::istreambuf_iterator<char>{file}, {}};
  const std::string opening = "```yaml\n", closing = "```\n";
  std::vector<std::string> examples;
  for (auto at = guide.find(opening); at != std::string::npos; at = guide.find(opening, at)) {
    at += opening.size();
    examples.push_back(guide.substr(at, guide.find(closing, at) - at));
  }
  return examples;
}

}  // namespace

TEST_CASE("every example in the guide for authors is cut from a shipped definition") {
  const auto shipped = shipped_file("key-information-change.yaml") + shipped_file("g-number-deletion.yaml");
  const auto examples = examples_of_the_guide();
  CHECK(examples.size() > 10);
  for (const auto& example : examples) {
    CAPTURE(example);
    CHECK(shipped.find(example) != std::string::npos);
  }
}

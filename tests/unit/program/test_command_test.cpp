// What `xueji test` reports.

#include "cli/test_command.hpp"
#include "cli/scenario_report.hpp"
#include "tests/catch.hpp"
#include "tests/unit/program/output.hpp"

using namespace xueji;
using namespace xueji::tests;

namespace {

const std::string tutorial = XUEJI_SOURCE_DIR "/docs/tutorial";

Output tested(ScenarioArguments arguments) {
  return output_of([&] { return run_scenarios(arguments); });
}

}  // namespace

TEST_CASE("scenarios are reported as TAP with what was tried") {
  const auto output = tested({{tutorial}, "", true, 100});
  CHECK(output.status == 0);
  CHECK(output.errors == "");
  CHECK(output.out.starts_with("TAP version 13\n1..6\nok 1 - suspension-of-study: "));
  CHECK(output.out.find("# suspension-of-study: 20 of 20 transitions taken\n") != std::string::npos);
  CHECK(output.out.find("# suspension-of-study: 100.0 % guards tried\n") != std::string::npos);
}

TEST_CASE("less than the wanted coverage fails, and names what no scenario tries") {
  const std::string one = tutorial + "/suspension-of-study.not-eligible.scenario.yaml";
  CHECK(tested({{one}, "", false, 0}).status == 0);
  const auto output = tested({{one}, "", false, 50});
  CHECK(output.status == 1);
  CHECK(
      output.errors.find("xueji test: suspension-of-study: only 0.0 % transitions taken, 50 % wanted; write scenarios "
                         "that try: ") == 0);
  CHECK(output.errors.find("only 16.7 % guards tried, 50 % wanted") != std::string::npos);
  CHECK(output.errors.find("open.when 1 holds") != std::string::npos);
}

TEST_CASE("JUnit has a suite for each definition, and the fault of each scenario that failed") {
  const TemporaryFolder folder;
  const auto file = folder.path / "report.xml";
  CHECK(tested({{tutorial}, file.string(), false, 0}).status == 0);
  CHECK(content_of(file).find("<testsuite name=\"suspension-of-study\" tests=\"6\" failures=\"0\" errors=\"0\"") !=
        std::string::npos);
  CHECK(to_junit({{"a", "good <1>", {}, 0.5},
                  {"a", "bad", {{"s.yaml", {3, 5}, "it \"went\" wrong", "look"}}, 0.25},
                  {"b", "other", {}, 1}}) ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="xueji test" tests="3" failures="1" errors="0" time="1.750000">
  <testsuite name="a" tests="2" failures="1" errors="0" time="0.750000">
    <testcase classname="a" name="good &lt;1&gt;" time="0.500000"/>
    <testcase classname="a" name="bad" time="0.250000">
      <failure message="s.yaml:3:5: error: it &quot;went&quot; wrong; look" type="scenario">s.yaml:3:5: error: it &quot;went&quot; wrong; look
</failure>
    </testcase>
  </testsuite>
  <testsuite name="b" tests="1" failures="0" errors="0" time="1.000000">
    <testcase classname="b" name="other" time="1.000000"/>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("a path without scenarios is wrong usage") {
  CHECK(tested({{tutorial + "/nothing"}, "", false, 0}).status == 2);
  CHECK(tested({{XUEJI_SOURCE_DIR "/config"}, "", false, 0}).status == 2);
}

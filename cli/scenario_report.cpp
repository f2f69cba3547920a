#include "cli/scenario_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <numeric>

#include "engine/base/markup.hpp"

namespace xueji {
namespace {

std::string testcase(const ScenarioResult& result) {
  const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.6f}\"",
                                       escape_markup(result.suite), escape_markup(result.name), result.seconds);
  if (result.faults.empty()) return head + "/>\n";
  std::string body;
  for (const Fault& fault : result.faults) body += fault.to_string() + "\n";
  return fmt::format("{}>\n      <failure message=\"{}\" type=\"scenario\">{}</failure>\n    </testcase>\n", head,
                     escape_markup(result.faults.front().to_string()), escape_markup(body));
}

struct Sum {
  std::size_t tests = 0, failures = 0;
  double seconds = 0;
  void add(const ScenarioResult& result) {
    ++tests;
    if (!result.faults.empty()) ++failures;
    seconds += result.seconds;
  }
  std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{:.6f}\"", tests, failures, seconds);
  }
};

}  // namespace

TapReport::TapReport(std::size_t tests) { std::cout << "TAP version 13\n1.." << tests << '\n'; }

void TapReport::result(const ScenarioResult& result) {
  std::cout << (result.faults.empty() ? "ok " : "not ok ") << ++number_ << " - " << result.name << '\n';
  for (const Fault& fault : result.faults) {
    std::cout << "# " << fault.to_string() << '\n';
    std::cerr << fault.to_string() << '\n';
  }
  std::cout.flush();
}

void TapReport::comment(const std::string& text) { std::cout << "# " << text << '\n'; }

std::string to_junit(const std::vector<ScenarioResult>& results) {
  Sum all;
  std::string suites;
  for (auto first = results.begin(); first != results.end();) {
    const auto last =
        std::find_if(first, results.end(), [&](const ScenarioResult& each) { return each.suite != first->suite; });
    Sum suite;
    std::string cases;
    for (auto each = first; each != last; ++each) {
      suite.add(*each);
      all.add(*each);
      cases += testcase(*each);
    }
    suites += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", escape_markup(first->suite),
                          suite.attributes(), cases);
    first = last;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"xueji test\" {}>\n{}</testsuites>\n",
      all.attributes(), suites);
}

}  // namespace xueji

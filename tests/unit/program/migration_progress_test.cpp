#include "cli/migration_progress.hpp"

#include <vector>

#include "tests/catch.hpp"

using namespace xueji;

TEST_CASE("a log hears of each step, and of each tenth of its rows") {
  std::vector<std::string> lines;
  const auto progress = tell_migration([&](const std::string& line) { lines.push_back(line); });
  progress({"0002 two", 0, 0});
  progress({"0003 three", 0, 0});
  for (int done = 1; done <= 200; ++done) progress({"0003 three", done, 200});
  REQUIRE(lines.size() == 12);
  CHECK(lines[0] == "schema step 0002 two");
  CHECK(lines[1] == "schema step 0003 three");
  CHECK(lines[2] == "schema step 0003 three: 20 of 200 rows");
  CHECK(lines.back() == "schema step 0003 three: 200 of 200 rows");
}

TEST_CASE("work that goes on says where it goes on from") {
  std::vector<std::string> lines;
  const auto progress = tell_migration([&](const std::string& line) { lines.push_back(line); });
  progress({"0003 three", 150, 200});
  CHECK(lines == std::vector<std::string>{"schema step 0003 three: 150 of 200 rows"});
}

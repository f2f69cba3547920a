// What two programs' measurements say about each other.
#include "cli/bench/comparison.hpp"

#include <boost/json.hpp>
#include <string_view>

#include "tests/catch.hpp"

using namespace xueji::bench;

namespace {

const Figure& figure(std::string_view key) {
  for (const Figure& each : compared_figures())
    if (each.key == key) return each;
  throw std::logic_error("no figure " + std::string(key));
}

/// The other program at 1,000 approvals a second, 2 ms and 50 MB, today's at these multiples of it.
std::vector<Pair> pairs(const std::vector<double>& multiples) {
  std::vector<Pair> all;
  for (const double by : multiples) all.push_back({{1000, 2, 50}, {1000 * by, 2 * by, 50 * by}});
  return all;
}

}  // namespace

TEST_CASE("the median stands between the middle two") {
  CHECK(median({3, 1, 2}) == 2);
  CHECK(median({4, 1, 2, 3}) == 2.5);
}

TEST_CASE("a ratio is the median of the pairs', with the least and the greatest") {
  const Ratio ratio = ratio_of(figure("processorMsPerRequest"), pairs({1.5, 1, 1.25}));
  CHECK(ratio.median == 1.25);
  CHECK(ratio.least == 1);
  CHECK(ratio.greatest == 1.5);
}

TEST_CASE("a regression is worse by more than the percent, in every pair") {
  const Figure& time = figure("processorMsPerRequest");
  CHECK(is_regression(time, pairs({1.2, 1.3, 1.4}), 20));
  CHECK_FALSE(is_regression(time, pairs({1.2, 1.3, 1.4}), 30));
  CHECK_FALSE(is_regression(time, pairs({0.99, 1.3, 1.4}), 20));
  CHECK_FALSE(is_regression(time, pairs({0.5, 0.5}), 20));
  const Figure& speed = figure("approvalsPerSecond");
  CHECK(is_regression(speed, pairs({0.5, 0.6, 0.7}), 50));
  CHECK_FALSE(is_regression(speed, pairs({0.5, 0.6, 1.01}), 50));
  CHECK_FALSE(is_regression(speed, pairs({1.5, 1.5}), 0));
}

TEST_CASE("the table names both sides and every ratio") {
  CHECK(table_of(pairs({1.5, 1, 1.25}), "3ffc72b") ==
        "                                     3ffc72b       today   ratio (of 3 pairs: least to greatest)\n"
        "approvals a second                      1000        1250   1.250 (1.000 to 1.500)\n"
        "processor, a whole request, ms          2.00        2.50   1.250 (1.000 to 1.500)\n"
        "peak memory, MB                         50.0        62.5   1.250 (1.000 to 1.500)\n");
  const auto json = json_of(pairs({2}), "3ffc72b");
  CHECK(json.at("pairs").to_number<int>() == 1);
  CHECK(json.at("figures").at("peakMemoryMb").at("ratio").at("median").to_number<double>() == 2);
}

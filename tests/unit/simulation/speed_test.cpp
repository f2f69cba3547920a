// Run by hand: build/release/unit_simulation "[.speed]".
#include <chrono>
#include <iostream>

#include "tests/unit/simulation/simulated.hpp"

using namespace xueji;

TEST_CASE("a million requests take less than a minute", "[.speed]") {
  auto options = small_options();
  options.requests = 1'000'000;
  options.days = 365;
  options.offices = {};
  const auto definition = shipped("key-information-change.yaml");
  const auto began = std::chrono::steady_clock::now();
  const auto report = simulate(definition, Calendar{}, options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::cout << to_text(report) << report.events << " events in " << took.count() << " s\n";
  CHECK(took.count() < 60);
}

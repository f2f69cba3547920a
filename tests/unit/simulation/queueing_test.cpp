// Where the theory of queues has a formula, the simulation finds its value.
#include <cmath>

#include "tests/unit/simulation/simulated.hpp"

using namespace xueji;

namespace {

constexpr double minutes_of_working_day = 480;

/// Poisson arrivals at one office of so many officers, each busy `load` of their time with decisions of five minutes.
SimulationOptions one_office(int officers, double load) {
  SimulationOptions options;
  options.days = 3'650;
  options.offices = {10, 10, 1, 1, 100'000};
  options.shares = {0, 0, 0, 0, 0};
  set(options.officers, "registrar=1, reviewer=" + std::to_string(officers));
  set(options.minutes, "reviewer=5");
  const double working_days = 2'608;
  options.requests = static_cast<std::int64_t>(load * officers * working_days * minutes_of_working_day / 5);
  return options;
}

double minutes_waited(const SimulationReport& report) {
  return post_of(report, Level::province, Role::reviewer).wait.mean * minutes_of_working_day;
}

/// Chance of having to wait among so many officers (Erlang C).
double chance_of_waiting(int officers, double load) {
  const double offered = officers * load;
  double sum = 0, term = 1;
  for (int busy = 0; busy < officers; ++busy) {
    sum += term;
    term *= offered / (busy + 1);
  }
  return term / (1 - load) / (sum + term / (1 - load));
}

}  // namespace

TEST_CASE("the wait before one officer is that of M/M/1") {
  const auto options = one_office(1, 0.7);
  const auto report = simulate(loaded(one_queue_definition), Calendar{}, options);
  CHECK(report.opened == options.requests);
  CHECK(report.working_days == 2'608);
  CHECK(minutes_waited(report) == Catch::Approx(0.7 / (1 - 0.7) * 5).epsilon(0.05));
  CHECK(post_of(report, Level::province, Role::reviewer).utilisation == Catch::Approx(0.7).epsilon(0.01));
  CHECK(state_of(report, "review").time.p50 * minutes_of_working_day ==
        Catch::Approx(5 / (1 - 0.7) * std::log(2)).epsilon(0.05));
}

TEST_CASE("the wait before several officers is Erlang's") {
  const auto report = simulate(loaded(one_queue_definition), Calendar{}, one_office(3, 0.8));
  CHECK(minutes_waited(report) == Catch::Approx(chance_of_waiting(3, 0.8) * 5 / (3 * (1 - 0.8))).epsilon(0.06));
}

TEST_CASE("the length of a queue is arrivals times the time in it") {
  const auto report = simulate(loaded(one_queue_definition), Calendar{}, one_office(2, 0.6));
  const auto& review = state_of(report, "review");
  const double arrivals_a_day = static_cast<double>(review.visits) / static_cast<double>(report.working_days);
  REQUIRE(report.levels.back().level == Level::province);
  CHECK(report.levels.back().mean == Catch::Approx(arrivals_a_day * review.time.mean).epsilon(0.001));
}

TEST_CASE("more than can be done makes the bottleneck, and its queue grows") {
  auto options = small_options();
  options.requests = 6'000;
  options.offices.prefectures_of_province = 100;
  set(options.officers, "province reviewer=1");
  set(options.minutes, "registrar=1, province reviewer=4");
  const auto definition = loaded(one_queue_definition);
  const auto usual = simulate(definition, Calendar{}, options);
  CHECK(bottleneck(usual)->offered < 1.2);
  options.requests *= 2;
  const auto doubled = simulate(definition, Calendar{}, options);
  REQUIRE(bottleneck(doubled));
  CHECK(bottleneck(doubled)->role == Role::reviewer);
  CHECK(bottleneck(doubled)->level == Level::province);
  CHECK(bottleneck(doubled)->offered == Catch::Approx(2 * bottleneck(usual)->offered).epsilon(0.1));
  CHECK(doubled.levels.back().at_end > 5 * usual.levels.back().at_end);
  CHECK(state_of(doubled, "review").breaches > 0);
}

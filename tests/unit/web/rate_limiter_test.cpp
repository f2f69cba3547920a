#include "web/sessions/rate_limiter.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace std::chrono_literals;

TEST_CASE("a burst is granted, then one for each interval") {
  RateLimiter limiter(2, 3);
  const SteadyTime start{1s};
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a", start));
  CHECK(limiter.take("a", start) == 1);
  CHECK_FALSE(limiter.take("a", start + 500ms));
  CHECK(limiter.take("a", start + 500ms));
}

TEST_CASE("the wait is told in whole seconds, rounded up") {
  RateLimiter limiter(1.0 / 6, 1);
  CHECK_FALSE(limiter.take("a", SteadyTime{}));
  CHECK(limiter.take("a", SteadyTime{}) == 6);
  CHECK(limiter.take("a", SteadyTime{1500ms}) == 5);
}

TEST_CASE("names do not share, and what did not count is given back") {
  RateLimiter limiter(0.001, 1);
  CHECK_FALSE(limiter.take("a", SteadyTime{}));
  CHECK_FALSE(limiter.take("b", SteadyTime{}));
  CHECK(limiter.take("a", SteadyTime{}));
  limiter.give_back("a");
  CHECK_FALSE(limiter.take("a", SteadyTime{}));
}

TEST_CASE("a moment that comes late grants nothing") {
  RateLimiter limiter(1, 1);
  CHECK_FALSE(limiter.take("a", SteadyTime{100s}));
  CHECK(limiter.take("a", SteadyTime{50s}));
}

TEST_CASE("names that could do everything again are forgotten before memory runs out") {
  RateLimiter limiter(1, 1);
  for (std::size_t i = 0; i < rate_limiter_names_max; ++i) limiter.take(std::to_string(i), SteadyTime{});
  CHECK(limiter.size() == rate_limiter_names_max);
  limiter.take("one more", SteadyTime{10s});
  CHECK(limiter.size() == 1);
}

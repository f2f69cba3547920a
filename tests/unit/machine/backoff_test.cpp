// Pauses between the attempts of a check.
#include "engine/machine/backoff.hpp"

#include "tests/catch.hpp"

using namespace xueji;
using namespace std::chrono_literals;

TEST_CASE("pauses grow up to the longest") {
  const Backoff backoff{5s, 2, 60s};
  CHECK(pause_before_retry(backoff, 0) == 5s);
  CHECK(pause_before_retry(backoff, 1) == 10s);
  CHECK(pause_before_retry(backoff, 9) == 60s);
}

TEST_CASE("an attempt is put off when it lies further ahead than its pause") {
  const Backoff backoff{5s, 2, 60s};
  const Instant now{1h};
  Token token;
  CHECK_FALSE(is_put_off(token, backoff, now));
  token.timer = now;
  CHECK_FALSE(is_put_off(token, backoff, now));
  CHECK(is_put_off(token, backoff, now - 1us));
  token.attempts = 2;
  token.timer = now + 10s;
  CHECK_FALSE(is_put_off(token, backoff, now));
  CHECK(is_put_off(token, backoff, now - 1us));
}

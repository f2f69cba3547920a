#include "engine/base/time.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace std::chrono;

namespace {

Instant at(const char* text) { return parse_rfc3339(text).value(); }

}  // namespace

TEST_CASE("an instant is written with its microseconds, and without them when they are zero") {
  CHECK(to_rfc3339(sys_days{2026y / 9 / 1} + 1h + 2min + 3s + 4us) == "2026-09-01T01:02:03.000004Z");
  CHECK(to_rfc3339(sys_days{2026y / 9 / 1}) == "2026-09-01T00:00:00Z");
}

TEST_CASE("an instant is read with any offset and up to six digits of a second") {
  CHECK(at("2026-09-01T09:00:00+08:00") == sys_days{2026y / 9 / 1} + 1h);
  CHECK(at("2026-08-31T20:30:00-04:30") == sys_days{2026y / 9 / 1} + 1h);
  CHECK(at("2026-09-01T00:00:00.5Z") == sys_days{2026y / 9 / 1} + 500ms);
  CHECK(at("1969-12-31T23:59:59.999999Z") == Instant{-1us});
}

TEST_CASE("an instant that was written is read back as it was") {
  const auto micros = GENERATE(0LL, 1LL, 999'999LL, 1'767'225'600'000'000LL, -62'000'000'000'000'001LL);
  const Instant instant{microseconds{micros}};
  CHECK(parse_rfc3339(to_rfc3339(instant)) == instant);
}

TEST_CASE("what is no RFC 3339 instant is refused") {
  const auto bad =
      GENERATE(as<std::string>{}, "", "2026-09-01", "2026-09-01T00:00:00", "2026-09-01 00:00:00Z",
               "2026-02-30T00:00:00Z", "2026-09-01T24:00:00Z", "2026-09-01T00:60:00Z", "2026-09-01T00:00:60Z",
               "2026-9-1T00:00:00Z", "2026-09-01T00:00:00.Z", "2026-09-01T00:00:00.1234567Z",
               "2026-09-01T00:00:00+0800", "2026-09-01T00:00:00Z ", "+2026-09-01T00:00:00Z");
  CAPTURE(bad);
  CHECK_FALSE(parse_rfc3339(bad));
}

TEST_CASE("only real days are dates") {
  CHECK(parse_date("2024-02-29") == 2024y / 2 / 29);
  const auto bad =
      GENERATE(as<std::string>{}, "", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20260101", "2026-01-01 ");
  CAPTURE(bad);
  CHECK_FALSE(parse_date(bad));
}

TEST_CASE("a day in China begins eight hours before the same day in UTC") {
  CHECK(china_date(at("2026-09-01T15:59:59.999999Z")) == 2026y / 9 / 1);
  CHECK(china_date(at("2026-09-01T16:00:00Z")) == 2026y / 9 / 2);
  CHECK(start_of_day_in_china(2026y / 9 / 2) == at("2026-09-01T16:00:00Z"));
  CHECK(to_string(Date{2026y / 9 / 2}) == "2026-09-02");
}

// The simulation's clock says what the business calendar says.

#include "engine/simulation/working_time.hpp"
#include "engine/simulation/random_stream.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace std::chrono;

namespace {

constexpr Seconds hour = 3'600;

Calendar with_holidays() {
  Calendar calendar;
  for (unsigned day = 1; day <= 7; ++day) calendar.holidays.insert(year(2026) / October / day);
  calendar.working_weekends = {year(2026) / September / 20, year(2026) / October / 10};
  return calendar;
}

const Date tuesday = year(2026) / September / 1;

}  // namespace

TEST_CASE("deadlines and reminders are those of the calendar") {
  const Calendar calendar = with_holidays();
  const WorkingTime time(calendar, tuesday, 400);
  RandomStream random(7);
  for (int round = 0; round < 2'000; ++round) {
    const auto arrived = static_cast<Seconds>(random.below(400 * seconds_of_day));
    const int days = static_cast<int>(random.below(30)) + 1;
    const int before = static_cast<int>(random.below(static_cast<std::uint64_t>(days)));
    CAPTURE(arrived, days, before);
    const Instant due = calendar.add_working_days(time.instant(arrived), days);
    REQUIRE(time.instant(time.due(arrived, days)) == due);
    REQUIRE(time.instant(time.reminder(arrived, days, before)) ==
            calendar.working_days_before(due, before, time.instant(arrived)));
  }
}

TEST_CASE("work goes on only while offices are open") {
  const WorkingTime time(with_holidays(), tuesday, 60);
  CHECK(time.worked(8 * hour) == 0);
  CHECK(time.worked(12 * hour + 1'000) == 3 * hour + hour / 2);
  CHECK(time.worked(seconds_of_day) == seconds_of_working_day);
  CHECK(time.after(11 * hour, hour) == 12 * hour);
  CHECK(time.after(11 * hour, hour + 1) == 13 * hour + hour / 2 + 1);
  CHECK(time.after(17 * hour, 2 * hour) == seconds_of_day + 9 * hour + hour / 2);
  CHECK(time.after(3 * seconds_of_day + 17 * hour, 2 * hour) == 6 * seconds_of_day + 9 * hour + hour / 2);
  CHECK(time.next_opening(10 * hour) == 10 * hour);
  CHECK(time.next_opening(12 * hour) == 13 * hour + hour / 2);
  CHECK(time.next_opening(3 * seconds_of_day + 18 * hour) == 6 * seconds_of_day + 8 * hour + hour / 2);
  CHECK(time.is_working(19 * seconds_of_day + 9 * hour));
  CHECK_FALSE(time.is_working(30 * seconds_of_day + 9 * hour));
}

TEST_CASE("time that work takes is time worked") {
  const WorkingTime time(with_holidays(), tuesday, 100);
  RandomStream random(8);
  for (int round = 0; round < 2'000; ++round) {
    const auto at = static_cast<Seconds>(random.below(60 * seconds_of_day));
    const auto work = static_cast<Seconds>(random.below(4 * seconds_of_working_day)) + 1;
    REQUIRE(time.worked(time.after(at, work)) - time.worked(at) == work);
  }
}

#include <fstream>
#include <iterator>
#include <map>

#include "engine/registry/calendar.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace std::chrono;

namespace {

Calendar shipped_calendar() {
  std::ifstream file{XUEJI_SOURCE_DIR "/config/calendar.yaml"};
  const std::string yaml{std::istreambuf_iterator<char>{file}, {}};
  auto loaded = load_calendar(yaml, "calendar.yaml");
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) FAIL(faults->front().to_string());
  return std::get<Calendar>(std::move(loaded));
}

/// China's time of day.
Instant in_china(const char* text) { return parse_rfc3339(std::string{text} + "+08:00").value(); }

std::string china_text(Instant instant) { return to_rfc3339(instant + 8h).substr(0, 19); }

}  // namespace

TEST_CASE("working days of 2026 follow the State Council's notice") {
  const auto calendar = shipped_calendar();
  for (const auto free : {2026y / 1 / 2, 2026y / 2 / 16, 2026y / 2 / 23, 2026y / 4 / 6, 2026y / 5 / 5, 2026y / 6 / 19,
                          2026y / 9 / 25, 2026y / 10 / 7, 2026y / 11 / 21})
    CHECK_FALSE(calendar.is_working_day(free));
  for (const auto working : {2026y / 1 / 4, 2026y / 2 / 14, 2026y / 2 / 28, 2026y / 5 / 9, 2026y / 9 / 20,
                             2026y / 10 / 10, 2026y / 10 / 8, 2026y / 11 / 20})
    CHECK(calendar.is_working_day(working));
}

TEST_CASE("every day of the shipped years is what two packages kept by others say") {
  const auto calendar = shipped_calendar();
  CHECK(calendar.known_years == std::set{2024y, 2025y, 2026y});
  for (const std::string name : {"chinesecalendar", "holiday-cn"}) {
    INFO(name);
    std::ifstream file{XUEJI_SOURCE_DIR "/tests/unit/registry/holidays/" + name + ".tsv"};
    std::map<Date, bool> works;
    for (std::string day, word; file >> day >> word;) works[parse_date(day).value()] = word == "work";
    REQUIRE(works.size() == 108);
    for (sys_days day{2024y / 1 / 1}; day < sys_days{2027y / 1 / 1}; day += days{1}) {
      const weekday of_week{day};
      const auto told = works.find(Date{day});
      const bool expected = told == works.end() ? of_week != Saturday && of_week != Sunday : told->second;
      INFO(to_string(Date{day}));
      CHECK(calendar.is_working_day(Date{day}) == expected);
    }
  }
}

TEST_CASE("a deadline ends at 24:00 of its last working day, and the day of arrival does not count") {
  const auto calendar = shipped_calendar();
  CHECK(china_text(calendar.add_working_days(in_china("2026-09-01T09:00:00"), 5)) == "2026-09-09T00:00:00");
  CHECK(china_text(calendar.add_working_days(in_china("2026-09-01T23:59:59"), 1)) == "2026-09-03T00:00:00");
  CHECK(china_text(calendar.add_working_days(in_china("2026-09-30T12:00:00"), 3)) == "2026-10-11T00:00:00");
}

TEST_CASE("a reminder comes at the start of the day so many working days before, and not before the task itself") {
  const auto calendar = shipped_calendar();
  const auto start = in_china("2026-09-01T09:00:00");
  CHECK(china_text(calendar.working_days_before(in_china("2026-09-09T00:00:00"), 2, start)) == "2026-09-04T00:00:00");
  CHECK(calendar.working_days_before(in_china("2026-09-03T00:00:00"), 2, start) == start);
}

TEST_CASE("working days left are counted without weekends and holidays, and with the weekends on which people work") {
  const auto calendar = shipped_calendar();
  const auto left = [&](const char* last_day, const char* now) {
    return calendar.working_days_until(in_china(last_day) + 24h, in_china(now));
  };
  CHECK(left("2026-09-04T00:00:00", "2026-09-04T00:00:00") == 0);
  CHECK(left("2026-09-04T00:00:00", "2026-09-04T23:59:59") == 0);
  CHECK(left("2026-09-04T00:00:00", "2026-09-03T23:59:59") == 1);
  CHECK(left("2026-09-07T00:00:00", "2026-09-04T09:00:00") == 1);
  CHECK(left("2026-09-07T00:00:00", "2026-09-05T09:00:00") == 1);
  CHECK(left("2026-10-08T00:00:00", "2026-09-30T09:00:00") == 1);
  CHECK(left("2026-10-12T00:00:00", "2026-10-08T09:00:00") == 3);
}

TEST_CASE("working days overdue are negative from the moment a deadline has passed") {
  const auto calendar = shipped_calendar();
  const auto left = [&](const char* last_day, const char* now) {
    return calendar.working_days_until(in_china(last_day) + 24h, in_china(now));
  };
  CHECK(left("2026-09-04T00:00:00", "2026-09-05T00:00:00") == -1);
  CHECK(left("2026-09-04T00:00:00", "2026-09-07T23:59:59") == -1);
  CHECK(left("2026-09-04T00:00:00", "2026-09-08T00:00:00") == -2);
  CHECK(left("2026-09-30T00:00:00", "2026-10-07T12:00:00") == -1);
  CHECK(left("2026-10-09T00:00:00", "2026-10-12T12:00:00") == -2);
}

TEST_CASE("a deadline of so many working days is so many away on the day of arrival") {
  const auto calendar = shipped_calendar();
  for (const auto* arrival : {"2026-09-01T09:00:00", "2026-09-05T09:00:00", "2026-09-30T23:59:59"})
    for (const int days : {1, 5, 20})
      CHECK(calendar.working_days_until(calendar.add_working_days(in_china(arrival), days), in_china(arrival)) == days);
}

TEST_CASE("transfers are closed from 15 July to 14 August 24:00") {
  const auto calendar = shipped_calendar();
  const auto last = calendar.window("transfer", in_china("2026-07-14T23:59:59"));
  CHECK(last.open);
  CHECK(last.until == in_china("2026-07-15T00:00:00"));
  const auto closed = calendar.window("transfer", in_china("2026-07-15T00:00:00"));
  CHECK_FALSE(closed.open);
  CHECK(closed.from == in_china("2026-08-15T00:00:00"));
  CHECK(closed.reason.en == "Transfers cannot be started from 15 July to 14 August; what was started before goes on");
  CHECK(closed.reason.zh.find("此前已发起的继续办理") != std::string::npos);
  CHECK(calendar.window("transfer", in_china("2026-08-15T00:00:00")).until == in_china("2027-07-15T00:00:00"));
}

TEST_CASE("study in another province opens twice a year") {
  const auto calendar = shipped_calendar();
  CHECK(calendar.window("inter-provincial-study", in_china("2026-02-14T23:59:59")).open);
  CHECK(calendar.window("inter-provincial-study", in_china("2026-02-15T00:00:00")).from ==
        in_china("2026-03-01T00:00:00"));
  CHECK(calendar.window("inter-provincial-study", in_china("2026-05-31T23:59:59")).until ==
        in_china("2026-06-01T00:00:00"));
  CHECK(calendar.window("inter-provincial-study", in_china("2026-06-01T00:00:00")).from ==
        in_china("2026-08-15T00:00:00"));
}

TEST_CASE("a business without a window is always open") {
  const auto answer = shipped_calendar().window("", in_china("2026-07-20T00:00:00"));
  CHECK(answer.open);
  CHECK_FALSE(answer.until);
}

TEST_CASE("intervals that touch are one, and 29 February is 1 March in years without it") {
  Calendar calendar;
  calendar.windows["w"] = {"w", {{January / 1, February / 29}, {February / 29, April / 1}}, {}};
  CHECK(calendar.window("w", in_china("2026-01-10T00:00:00")).until == in_china("2026-04-01T00:00:00"));
  calendar.windows["w"].open.pop_back();
  CHECK(calendar.window("w", in_china("2026-01-10T00:00:00")).until == in_china("2026-03-01T00:00:00"));
  CHECK(calendar.window("w", in_china("2028-01-10T00:00:00")).until == in_china("2028-02-29T00:00:00"));
}

TEST_CASE("a broken calendar is refused with line, column and advice") {
  const auto fault_of = [](std::string_view yaml) {
    const auto loaded = load_calendar(yaml, "c.yaml");
    REQUIRE(std::holds_alternative<std::vector<Fault>>(loaded));
    return std::get<1>(loaded).front().to_string();
  };
  CHECK(fault_of("format: 1\nholidays: {2026: {free: [2026-02-30]}}\n") ==
        "c.yaml:2:26: error: `2026-02-30` is no day; write days like 2026-10-01, and from to like "
        "2026-10-01..2026-10-07");
  CHECK(fault_of("format: 1\nholidays: {2026: {free: [2027-01-01]}}\n") ==
        "c.yaml:2:26: error: 2027-01-01 is not in 2026; put it under its own year");
  CHECK(fault_of("format: 1\nholidays: {2026: {free: [2026-10-07..2026-10-01]}}\n") ==
        "c.yaml:2:26: error: `2026-10-07..2026-10-01` does not run from a day to a later one; let it run forward, at "
        "most 31 days");
  CHECK(fault_of("format: 1\nholidays: {2026: {free: [2026-10-01], working: [2026-10-09]}}\n") ==
        "c.yaml:2:49: error: 2026-10-09 is a working day anyway; list only weekends on which people work");
  CHECK(fault_of("format: 1\nholidays: {2026: {free: [2026-10-10], working: [2026-10-10]}}\n") ==
        "c.yaml:2:49: error: 2026-10-10 is free and a working day; keep what the notice says of that day");
  CHECK(fault_of("format: 1\nholidays: {2026: {free: [2026-10-01]}}\nwindow: {}\n") ==
        "c.yaml:3:1: error: a calendar has no key `window`; did you mean `windows`?");
  CHECK(fault_of("format: 1\nholidays: {2026: {free: [2026-10-01]}}\nwindows: {w: {open: [{from: 8-15, until: 02-15}], "
                 "reason: {zh: 关, en: closed}, source: FAQ 9}}\n") ==
        "c.yaml:3:29: error: `8-15` is no day of the year; write it like 08-15");
}

// A year's holidays come into a calendar's text, and nothing else of it changes.
#include "engine/registry/calendar_addition.hpp"

#include "engine/registry/calendar.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace std::chrono;

namespace {

const std::string before = R"(# Ours
format: 1

holidays:
  # kept
  2026:
    source: a notice
    free: [2026-10-01..2026-10-07]
    working: [2026-10-10]

# Semesters
terms: {spring: 03-01, autumn: 09-01}
)";

std::string year_file(const std::string& number,
                      const std::string& source = "    source: 国办发明电〔2026〕9号 \"x\"\n") {
  return "format: 1\nholidays:\n  " + number + ":\n" + source + "    free:\n      - " + number + "-01-01\n      - " +
         number + "-10-01.." + number + "-10-07\n";
}

CalendarAddition added(const std::string& calendar, const std::string& years) {
  auto result = with_years({"calendar.yaml", calendar}, {"years.yaml", years});
  if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(faults->front().to_string());
  return std::get<CalendarAddition>(std::move(result));
}

std::string fault(const std::string& calendar, const std::string& years) {
  const auto result = with_years({"calendar.yaml", calendar}, {"years.yaml", years});
  REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
  return std::get<1>(result).front().to_string();
}

}  // namespace

TEST_CASE("a year comes behind the others, and every other line stays") {
  const auto addition = added(before, year_file("2027"));
  CHECK(addition.added == std::vector{2027y});
  CHECK(addition.text == R"(# Ours
format: 1

holidays:
  # kept
  2026:
    source: a notice
    free: [2026-10-01..2026-10-07]
    working: [2026-10-10]
  2027:
    source: "国办发明电〔2026〕9号 \"x\""
    free:
      - 2027-01-01
      - 2027-10-01..2027-10-07

# Semesters
terms: {spring: 03-01, autumn: 09-01}
)");
  const auto calendar = std::get<Calendar>(load_calendar(addition.text, "calendar.yaml"));
  CHECK(calendar.known_years == std::set{2026y, 2027y});
  CHECK_FALSE(calendar.is_working_day(2027y / 10 / 6));
}

TEST_CASE("an earlier year comes before the later one with its comment") {
  const auto text = added(before, year_file("2025")).text;
  CHECK(text.find("  2025:\n") < text.find("  # kept\n  2026:\n"));
  CHECK(text.find("  # kept\n  2026:\n") != std::string::npos);
}

TEST_CASE("several years come in their order, in whatever order the file has them") {
  const std::string both =
      "format: 1\nholidays:\n  2028: {source: b, free: [2028-10-02]}\n  2027: {source: a, free: [2027-10-01]}\n";
  const auto addition = added(before, both);
  CHECK(addition.added == std::vector{2027y, 2028y});
  const auto first = addition.text.find("  2027:\n"), second = addition.text.find("  2028:\n"),
             terms = addition.text.find("# Semesters");
  CHECK(first < second);
  CHECK(second < terms);
  CHECK(terms != std::string::npos);
}

TEST_CASE("the same year again changes nothing, and with other days it is refused by name") {
  const auto once = added(before, year_file("2027"));
  const auto twice = added(once.text, year_file("2027"));
  CHECK(twice.added.empty());
  CHECK(twice.there == std::vector{2027y});
  CHECK(twice.text == once.text);
  CHECK(fault(before, year_file("2026")) ==
        "years.yaml:3:3: error: 2026 stands in calendar.yaml with other days: 2026-01-01, 2026-10-10; correct this "
        "file; where the notice was changed, correct the calendar by hand");
}

TEST_CASE("what is no year's file is refused with its place and advice") {
  CHECK(fault(before, year_file("2027", "")) ==
        "years.yaml:3:3: error: 2027 does not say where its days come from; cite the notice, like `source: "
        "国办发明电〔2025〕7号`");
  CHECK(fault(before, year_file("2027") + "terms: {spring: 03-02, autumn: 09-01}\n") ==
        "years.yaml:8:1: error: a file of years has no `terms`; keep `format` and `holidays`");
  CHECK(fault("format: 1\nholidays: {2026: {free: [2026-10-01]}}\n", year_file("2027")) ==
        "calendar.yaml:2:12: error: the years stand between braces, and there is no place for another; write each year "
        "on a line of its own below `holidays:`");
}

// What is missing is said thirty days before it is needed: holidays of a year, and a calendar at all.
#include "engine/verify/missing.hpp"

#include <algorithm>

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;
using namespace std::chrono;

namespace {

/// Of a business whose longest deadline has so many working days.
std::vector<std::string> missing_on(Date today, const std::string& days,
                                    const Calendar& calendar = national_calendar()) {
  const auto definition = definition_of(replaced(
      replaced(shipped_text("g-number-deletion"), "version: 2", "version: 3"),
      "    due: 10 working days\n    remind: 2 working days before\n", "    due: " + days + " working days\n"));
  std::vector<std::string> told;
  for (const Missing& each : missing_for(calendar, {&definition}, today)) told.push_back(each.what.en);
  return told;
}

}  // namespace

TEST_CASE("a year without holidays is said thirty days before a deadline reaches into it, and every day after") {
  // 40 working days are left from 6 November 2026 on: a task of that day is due in 2027.
  const Date first = 2026y / November / 6, told_from{sys_days{first} - days{30}};
  CHECK(missing_on(Date{sys_days{told_from} - days{1}}, "40").empty());
  for (const Date day : {told_from, first, Date{2026y / December / 31}}) {
    INFO(to_string(day));
    CHECK(missing_on(day, "40") ==
          std::vector<std::string>{"the calendar has no holidays of 2027, and from 2026-11-06 on deadlines come "
                                   "out wrong (`province_approval` of g-number-deletion has 40 working days)"});
  }
  CHECK(missing_on(2027y / June / 1, "40").size() == 1);
  CHECK(missing_on(2027y / December / 1, "40").size() == 2);
}

TEST_CASE("what is known is not missing, and neither is what nothing counts by") {
  Calendar calendar = national_calendar();
  calendar.known_years.insert(2027y);
  CHECK(missing_on(2026y / December / 31, "40", calendar).empty());
  CHECK(missing_for(national_calendar(), {}, 2030y / January / 1).empty());
}

TEST_CASE("without any calendar that is said, in both languages, with what to do") {
  const auto definition = definition_of(shipped_text("key-information-change"));
  const auto missing = missing_for(Calendar{}, {&definition}, 2026y / March / 1);
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].rule == "calendar-not-found");
  CHECK(missing[0].what == Text{"找不到业务日历，期限只扣除周末，不扣除节假日",
                                "there is no business calendar: deadlines know weekends and no holidays"});
}

TEST_CASE("a deadline that nothing follows and a draft without an end are warned of, at their state") {
  const auto warned = [](const std::string& yaml) {
    std::string told;
    for (const Violation& warning : verify(definition_of(yaml), national_calendar()).warnings)
      if (warning.rule != "migration-not-proved") told += to_string(warning) + "\n";
    return told;
  };
  const auto yaml =
      replaced(shipped_text("g-number-deletion"), "    overdue: {tell: admin at province of student.school}\n", "");
  const auto without_end = yaml.find("expire: ") == std::string::npos;
  CHECK_FALSE(without_end);
  CHECK(warned(shipped_text("g-number-deletion")) == "");
  CHECK(warned(yaml).find(
            ": warning: due-without-overdue: once `province_approval` is overdue nobody is told and nothing "
            "follows; say what comes then: `overdue: {escalate: office above}`, `{tell: ROLE at OFFICE}` or "
            "`{expire: END}`\n") != std::string::npos);
}

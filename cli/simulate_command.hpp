// `xueji simulate`: plays a population of schools and officers through a definition and says what to expect.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace xueji {

/// As given on the command line; what is empty or not given keeps the simulation's own.
struct SimulateArguments {
  std::string file;
  std::int64_t requests = 10'000;
  int days = 90;
  std::string from = "2026-09-01";
  std::string shape = "even";
  std::uint64_t seed = 1;
  std::string officers, minutes;
  int schools = 2'000, schools_of_county = 40, counties_of_prefecture = 8, prefectures_of_province = 5;
  int students_of_school = 500;
  double returned = 7, rejected = 3, taken_back = 1, suspect = 2, unavailable = 1;  ///< in hundredths
  std::vector<std::string> chosen;                                                  ///< STATE.ACTION=SHARE
  std::string calendar;         ///< file; empty for the one that find_calendar() finds
  std::string plot;             ///< file for the picture; empty for none
  std::string language = "zh";  ///< of the picture
  bool json = false;
};

int run_simulate(const SimulateArguments& arguments);

}  // namespace xueji

#include "engine/simulation/arrivals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/definition/windows.hpp"

namespace xueji {
namespace {

using namespace std::chrono;

double weight_of(Date date, ArrivalShape shape) {
  if (shape == ArrivalShape::even) return 1;
  const sys_days day{date};
  sys_days september{date.year() / September / 1};
  if (september > day) september = sys_days{(date.year() - years{1}) / September / 1};
  constexpr double rush = 3, days_of_rush = 10;
  return 1 + rush * std::exp(-static_cast<double>((day - september).count()) / days_of_rush);
}

/// Position of the first entry that is greater than a random share of the last, which is the sum.
std::size_t drawn(const std::vector<double>& sums, RandomStream& random) {
  const auto place = std::upper_bound(sums.begin(), sums.end(), random.share() * sums.back());
  return std::min(static_cast<std::size_t>(place - sums.begin()), sums.size() - 1);
}

}  // namespace

std::vector<Arrival> make_arrivals(const Definition& definition, const Calendar& calendar,
                                   const SimulationOptions& options, const WorkingTime& time,
                                   const SimulatedOffices& offices, const Playbook& book, RandomStream& random) {
  std::vector<double> days, students;
  double sum = 0;
  for (int day = 0; day < options.days; ++day) {
    const Instant noon = time.instant(day * seconds_of_day + seconds_of_day / 2);
    if (time.is_working_day(day) && window_of(definition, calendar, noon).open)
      sum += weight_of(china_date(noon), options.shape);
    days.push_back(sum);
  }
  if (!(sum > 0))
    throw UnplayableSimulation(
        "nothing can be opened on these days: there is no working day, or the window is closed; "
        "take more days or another first one");
  sum = 0;
  for (const std::uint32_t school : book.schools) students.push_back(sum += offices.schools[school].students);
  std::vector<Arrival> arrivals(static_cast<std::size_t>(options.requests));
  for (Arrival& arrival : arrivals) {
    const auto day = static_cast<Seconds>(drawn(days, random));
    const auto work = static_cast<Seconds>(random.below(static_cast<std::uint64_t>(seconds_of_working_day)));
    arrival.at = time.after(day * seconds_of_day, work + 1) - 1;
    arrival.school = book.schools[drawn(students, random)];
  }
  std::sort(arrivals.begin(), arrivals.end(),
            [](const Arrival& a, const Arrival& b) { return a.at != b.at ? a.at < b.at : a.school < b.school; });
  return arrivals;
}

}  // namespace xueji

#include "engine/simulation/simulation.hpp"

#include <fmt/format.h>

#include "engine/definition/identity.hpp"
#include "engine/simulation/play.hpp"

namespace xueji {
namespace {

void check_within(std::string_view what, double value, double least, double most) {
  if (!(value >= least) || !(value <= most))
    throw UnplayableSimulation(fmt::format("{} must be from {} to {}, not {}", what, least, most, value));
}

void check(const SimulationOptions& options, const Definition& definition) {
  const OfficeProportions& offices = options.offices;
  check_within("the requests", static_cast<double>(options.requests), 1, static_cast<double>(requests_most));
  check_within("the days", options.days, 1, simulated_days_most);
  check_within("the schools", offices.schools, 1, schools_most);
  check_within("the schools of a county", offices.schools_of_county, 1, children_most);
  check_within("the counties of a prefecture", offices.counties_of_prefecture, 1, children_most);
  check_within("the prefectures of a province", offices.prefectures_of_province, 1, children_most);
  check_within("the students of a school", offices.students_of_school, 1,
               static_cast<double>(students_most / offices.schools));
  const Shares& shares = options.shares;
  for (const double share : {shares.returned, shares.rejected, shares.taken_back, shares.suspect})
    check_within("each share", share, 0, 1);
  check_within("the shares returned, rejected and taken back, together,",
               shares.returned + shares.rejected + shares.taken_back, 0, 1);
  check_within("the share of questions without an answer", shares.unavailable, 0, 0.99);
  check_within("the seconds of a check", options.check_seconds, 0, seconds_of_day);
  check_within("the days until a request is taken back", options.taken_back_days, 0, simulated_days_most);
  if (const auto complaint = complaint_about(options.chosen, definition)) throw UnplayableSimulation(*complaint);
}

}  // namespace

SimulationReport simulate(const Definition& definition, const Calendar& calendar, const SimulationOptions& options,
                          const SimulationWatch& watch) {
  check(options, definition);
  RandomStream random(options.seed);
  const WorkingTime time(calendar, options.from, options.days);
  const SimulatedOffices offices = make_offices(options.offices, random);
  Playbook book(definition, options, offices);
  const auto arrivals = make_arrivals(definition, calendar, options, time, offices, book, random);

  SimulationReport report;
  report.definition = name_with_variant(definition);
  report.version = definition.version;
  report.title = definition.title;
  report.seed = options.seed;
  report.from = options.from;
  report.days = options.days;
  report.working_days = time.worked(options.days * seconds_of_day) / seconds_of_working_day;
  report.schools = static_cast<std::int64_t>(offices.schools.size());
  report.offices = static_cast<std::int64_t>(offices.tree.all().size());
  report.students = offices.students;
  report.wanted = options.requests;
  Play(definition, calendar, options, offices, book, time, watch, random).run(arrivals, report);
  return report;
}

const PostFigures* bottleneck(const SimulationReport& report) {
  return report.posts.empty() || !(report.posts.front().offered > 0) ? nullptr : &report.posts.front();
}

}  // namespace xueji

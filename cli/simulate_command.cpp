#include "cli/simulate_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>

#include "cli/missing_warnings.hpp"
#include "cli/setup/calendar_file.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/simulation_json.hpp"
#include "engine/definition/loader.hpp"
#include "engine/definition/windows.hpp"
#include "engine/simulation/plot.hpp"
#include "engine/simulation/simulation.hpp"

namespace xueji {
namespace {

constexpr double hundredth = 0.01;

Calendar calendar_of(const SimulateArguments& arguments) {
  const auto file = find_calendar(arguments.calendar, std::filesystem::absolute(arguments.file).parent_path());
  return file ? read_calendar(*file) : Calendar{};
}

Definition definition_of(const SimulateArguments& arguments, const Calendar& calendar) {
  auto loaded = load_definition(read_whole_file(arguments.file), arguments.file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&loaded)) throw FaultyFiles{std::move(*faults)};
  auto& definition = std::get<Definition>(loaded);
  if (auto faults = unknown_windows(definition, calendar); !faults.empty()) throw FaultyFiles{std::move(faults)};
  return std::move(definition);
}

void take(RoleNumbers& numbers, std::string_view usual, const std::string& given, const NumberRange& range,
          std::string_view option) {
  for (const std::string_view specification : {usual, std::string_view{given}})
    if (const auto wrong = numbers.take(specification, range)) throw UsageError(fmt::format("{}: {}", option, *wrong));
}

/// A plain number of minutes is that of every role.
std::string minutes_of(const std::string& given) {
  if (given.empty() || given.find('=') != std::string::npos) return given;
  std::string all;
  for (const auto role : role_words) all += fmt::format("{}{}={}", all.empty() ? "" : ", ", role, given);
  return all;
}

ChosenShares chosen_of(const std::vector<std::string>& given) {
  ChosenShares chosen;
  for (const std::string& each : given) {
    const auto equals = each.find('=');
    double share = 0;
    const char* end = each.data() + each.size();
    if (equals == std::string::npos || std::from_chars(each.data() + equals + 1, end, share).ptr != end ||
        equals + 1 == each.size())
      throw UsageError(fmt::format("--chance: `{}` is no share; write it as head_review.return=0.2", each));
    chosen[each.substr(0, equals)] = share;
  }
  return chosen;
}

SimulationOptions options_of(const SimulateArguments& arguments) {
  SimulationOptions options;
  options.requests = arguments.requests;
  options.days = arguments.days;
  const auto from = parse_date(arguments.from);
  if (!from) throw UsageError(fmt::format("--from: `{}` is no day; write it as 2026-09-01", arguments.from));
  options.from = *from;
  options.shape = arguments.shape == "september" ? ArrivalShape::september : ArrivalShape::even;
  options.seed = arguments.seed;
  options.offices = {arguments.schools, arguments.schools_of_county, arguments.counties_of_prefecture,
                     arguments.prefectures_of_province, arguments.students_of_school};
  take(options.officers, usual_officers, arguments.officers, range_of_officers, "--officers");
  take(options.minutes, usual_minutes, minutes_of(arguments.minutes), range_of_minutes, "--minutes");
  options.shares = {arguments.returned * hundredth, arguments.rejected * hundredth, arguments.taken_back * hundredth,
                    arguments.suspect * hundredth, arguments.unavailable * hundredth};
  options.chosen = chosen_of(arguments.chosen);
  return options;
}

}  // namespace

int run_simulate(const SimulateArguments& arguments) {
  const SimulationOptions options = options_of(arguments);
  const Calendar calendar = calendar_of(arguments);
  const Definition definition = definition_of(arguments, calendar);
  warn_without_calendar(calendar, definition);
  const bool terminal = ::isatty(STDERR_FILENO) == 1;
  SimulationWatch watch;
  if (terminal)
    watch.progress = [](std::int64_t opened, std::int64_t all) {
      std::cerr << fmt::format("\r{:>3} %  {} of {} requests opened", opened * 100 / all, opened, all) << std::flush;
    };
  try {
    const SimulationReport report = simulate(definition, calendar, options, watch);
    if (terminal) std::cerr << '\r' << std::string(60, ' ') << '\r';
    std::cout << (arguments.json ? to_json(report) + "\n" : to_text(report));
    if (!arguments.plot.empty())
      write_whole_file(arguments.plot, to_svg(report, arguments.language == "en" ? Language::en : Language::zh));
    return exit_done;
  } catch (const UnplayableSimulation& error) {
    throw UsageError(error.what());
  }
}

}  // namespace xueji

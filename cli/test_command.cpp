#include "cli/test_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "cli/definition_files.hpp"
#include "cli/missing_warnings.hpp"
#include "cli/scenario_report.hpp"
#include "cli/setup/console.hpp"
#include "engine/definition/identity.hpp"
#include "engine/definition/loader.hpp"
#include "engine/scenario/runner.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view scenario_ending = ".scenario.yaml";

/// The scenarios to run, by the file of their definition.
using Plan = std::map<fs::path, std::set<fs::path>>;

bool is_scenario(const fs::path& path) { return path.filename().string().ends_with(scenario_ending); }

fs::path definition_of(const fs::path& scenario) {
  const std::string name = scenario.filename().string();
  return scenario.parent_path() / (name.substr(0, name.find('.')) + ".yaml");
}

/// How many were added; nothing where the path does not exist.
std::optional<std::size_t> add_to(Plan& plan, const fs::path& path) {
  std::error_code error;
  const bool folder = fs::is_directory(path, error);
  if (!folder && !fs::is_regular_file(path, error)) return std::nullopt;
  if (!folder && is_scenario(path)) return plan[definition_of(path)].insert(path), 1;
  std::size_t added = 0;
  const auto consider = [&](const fs::directory_entry& entry) {
    const bool wanted = entry.is_regular_file(error) && is_scenario(entry.path());
    if (!wanted || (!folder && definition_of(entry.path()) != path)) return;
    plan[definition_of(entry.path())].insert(entry.path());
    ++added;
  };
  if (folder)
    for (const auto& entry :
         fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error))
      consider(entry);
  else
    for (const auto& entry : fs::directory_iterator(fs::absolute(path).parent_path(), error)) {
      consider(fs::directory_entry(path.parent_path() / entry.path().filename()));
    }
  return added;
}

template <class Value>
std::optional<Value> loaded(std::variant<Value, std::vector<Fault>> result, std::vector<Fault>& faults) {
  if (auto* value = std::get_if<Value>(&result)) return std::move(*value);
  faults = std::move(std::get<std::vector<Fault>>(result));
  return std::nullopt;
}

std::vector<Fault> unreadable(const fs::path& path) {
  return {{path.string(), {1, 1}, "the file cannot be read", "check that it exists and that you may read it"}};
}

struct Business {
  Definition definition;
  Calendar calendar;
};

std::optional<Business> load_business(const fs::path& path, const std::string& calendar_given,
                                      std::vector<Fault>& faults) {
  const auto content = read_definition_file(path);
  if (!content) return faults = unreadable(path), std::nullopt;
  auto definition = loaded(load_definition(*content, path.string()), faults);
  auto calendar = definition ? loaded(calendar_for(path, calendar_given), faults) : std::nullopt;
  if (!calendar) return std::nullopt;
  warn_without_calendar(*calendar, *definition);
  return Business{std::move(*definition), std::move(*calendar)};
}

/// What the scenarios of one definition tried.
struct Tried {
  Transitions transitions;
  GuardSightings guards;
};

class Run {
 public:
  Run(const ScenarioArguments& arguments, const Plan& plan) : arguments_(arguments), tap_(size_of(plan)) {
    for (const auto& [definition, scenarios] : plan) run(definition, scenarios);
  }

  bool failed() const { return failed_; }
  const std::vector<ScenarioResult>& results() const { return results_; }

 private:
  static std::size_t size_of(const Plan& plan) {
    return std::accumulate(plan.begin(), plan.end(), std::size_t{0},
                           [](std::size_t sum, const auto& each) { return sum + each.second.size(); });
  }

  void run(const fs::path& path, const std::set<fs::path>& scenarios) {
    std::vector<Fault> faults;
    const auto business = load_business(path, arguments_.calendar, faults);
    Tried tried;
    for (const auto& scenario : scenarios) {
      const auto began = std::chrono::steady_clock::now();
      ScenarioResult result = business ? run_one(scenario, *business, tried)
                                       : ScenarioResult{path.filename().string(), scenario.filename().string(), faults};
      result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      failed_ = failed_ || !result.faults.empty();
      tap_.result(result);
      results_.push_back(std::move(result));
    }
    if (!business) return;
    const Definition& definition = business->definition;
    cover(name_with_variant(definition), "transitions taken", transitions_of(definition), tried.transitions);
    cover(name_with_variant(definition), "guards tried", guards_of(definition), tried.guards);
  }

  static ScenarioResult run_one(const fs::path& path, const Business& business, Tried& tried) {
    ScenarioResult result{name_with_variant(business.definition), path.filename().string(), {}};
    const auto content = read_definition_file(path);
    if (!content) return result.faults = unreadable(path), result;
    const auto scenario = loaded(load_scenario(*content, path.string(), business.definition), result.faults);
    if (!scenario) return result;
    auto verdict = run_scenario(*scenario, business.definition, business.calendar);
    tried.transitions.merge(verdict.taken);
    tried.guards.merge(verdict.guards);
    result.name = fmt::format("{}: {} / {} ({} steps)", name_with_variant(business.definition), scenario->title.zh,
                              scenario->title.en, scenario->steps.size());
    result.faults = std::move(verdict.faults);
    return result;
  }

  void cover(const std::string& key, std::string_view what, const std::set<std::string>& all,
             const std::set<std::string>& tried) {
    std::set<std::string> never;
    std::set_difference(all.begin(), all.end(), tried.begin(), tried.end(), std::inserter(never, never.end()));
    const auto seen = all.size() - never.size();
    const double share = all.empty() ? 100 : 100.0 * static_cast<double>(seen) / static_cast<double>(all.size());
    const bool lacking = share < arguments_.required_coverage;
    tap_.comment(fmt::format("{}: {} of {} {}{}{}", key, seen, all.size(), what,
                             never.empty() ? "" : "; never: ", fmt::join(never, ", ")));
    if (arguments_.coverage) tap_.comment(fmt::format("{}: {:.1f} % {}", key, share, what));
    if (!lacking) return;
    failed_ = true;
    std::cerr << fmt::format("xueji test: {}: only {:.1f} % {}, {} % wanted; write scenarios that try: {}\n", key,
                             share, what, arguments_.required_coverage, fmt::join(never, ", "));
  }

  const ScenarioArguments& arguments_;
  TapReport tap_;
  std::vector<ScenarioResult> results_;
  bool failed_ = false;
};

}  // namespace

int run_scenarios(const ScenarioArguments& arguments) {
  if (arguments.paths.empty()) {
    std::cerr << "xueji test: no path given; name scenarios, definitions, or folders of them\n";
    return exit_usage;
  }
  Plan plan;
  bool usable = true;
  for (const auto& path : arguments.paths) {
    const auto added = add_to(plan, path);
    if (added && *added > 0) continue;
    std::cerr << (added ? fmt::format("xueji test: {} has no scenario; scenarios are called KEY.STORY.scenario.yaml\n",
                                      path)
                        : fmt::format("xueji test: {} cannot be found; check the path\n", path));
    usable = false;
  }
  if (!usable) return exit_usage;
  const Run run(arguments, plan);
  if (!arguments.junit.empty()) write_whole_file(arguments.junit, to_junit(run.results()));
  return run.failed() ? exit_fault : exit_done;
}

}  // namespace xueji

#include "cli/test_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <set>

#include "cli/definition_files.hpp"
#include "engine/definition/loader.hpp"
#include "engine/scenario/runner.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;

constexpr int all_good = 0, found_fault = 1, wrong_usage = 2;
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

class Tap {
 public:
  explicit Tap(std::size_t tests) { std::cout << "TAP version 13\n1.." << tests << '\n'; }
  void result(const std::string& name, const std::vector<Fault>& faults) {
    std::cout << (faults.empty() ? "ok " : "not ok ") << ++number_ << " - " << name << '\n';
    for (const Fault& fault : faults) {
      std::cout << "# " << fault.to_string() << '\n';
      std::cerr << fault.to_string() << '\n';
    }
    std::cout.flush();
    failed_ = failed_ || !faults.empty();
  }
  static void comment(const std::string& text) { std::cout << "# " << text << '\n'; }
  bool failed() const { return failed_; }

 private:
  int number_ = 0;
  bool failed_ = false;
};

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

std::optional<Business> load_business(const fs::path& path, std::vector<Fault>& faults) {
  const auto content = read_definition_file(path);
  if (!content) return faults = unreadable(path), std::nullopt;
  auto definition = loaded(load_definition(*content, path.string()), faults);
  auto calendar = definition ? loaded(calendar_for(path), faults) : std::nullopt;
  if (!calendar) return std::nullopt;
  return Business{std::move(*definition), std::move(*calendar)};
}

void run_one(const fs::path& path, const Business& business, Transitions& taken, Tap& tap) {
  const auto content = read_definition_file(path);
  if (!content) return tap.result(path.filename().string(), unreadable(path));
  std::vector<Fault> faults;
  const auto scenario = loaded(load_scenario(*content, path.string(), business.definition), faults);
  if (!scenario) return tap.result(path.filename().string(), faults);
  auto verdict = run_scenario(*scenario, business.definition, business.calendar);
  taken.merge(verdict.taken);
  tap.result(fmt::format("{}: {} / {} ({} steps)", business.definition.key, scenario->title.zh, scenario->title.en,
                         scenario->steps.size()),
             verdict.faults);
}

void report_coverage(const Definition& definition, const Transitions& taken) {
  const Transitions all = transitions_of(definition);
  Transitions never;
  std::set_difference(all.begin(), all.end(), taken.begin(), taken.end(), std::inserter(never, never.end()));
  Tap::comment(fmt::format("{}: {} of {} transitions taken{}{}", definition.key, all.size() - never.size(), all.size(),
                           never.empty() ? "" : "; never: ", fmt::join(never, ", ")));
}

bool run_plan(const Plan& plan) {
  std::size_t tests = 0;
  for (const auto& [definition, scenarios] : plan) tests += scenarios.size();
  Tap tap(tests);
  for (const auto& [path, scenarios] : plan) {
    std::vector<Fault> faults;
    const auto business = load_business(path, faults);
    Transitions taken;
    for (const auto& scenario : scenarios) {
      if (business)
        run_one(scenario, *business, taken, tap);
      else
        tap.result(scenario.filename().string(), faults);
    }
    if (business) report_coverage(business->definition, taken);
  }
  return !tap.failed();
}

}  // namespace

int run_scenarios(const std::vector<std::string>& paths) {
  if (paths.empty()) {
    std::cerr << "xueji test: no path given; name scenarios, definitions, or folders of them\n";
    return wrong_usage;
  }
  Plan plan;
  bool usable = true;
  for (const auto& path : paths) {
    const auto added = add_to(plan, path);
    if (added && *added > 0) continue;
    std::cerr << (added ? fmt::format("xueji test: {} has no scenario; scenarios are called KEY.STORY.scenario.yaml\n",
                                      path)
                        : fmt::format("xueji test: {} cannot be found; check the path\n", path));
    usable = false;
  }
  if (!usable) return wrong_usage;
  return run_plan(plan) ? all_good : found_fault;
}

}  // namespace xueji

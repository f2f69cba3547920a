#include "tests/mutation/trial.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "engine/definition/loader.hpp"
#include "engine/scenario/runner.hpp"
#include "engine/verify/verify.hpp"

namespace xueji::mutation {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) throw std::runtime_error(path.string() + " cannot be read");
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// Whether the story no longer comes out as told.
bool notices(const Business& business, const Definition& definition, const std::string& name,
             const std::string& scenario) {
  const auto loaded = load_scenario(scenario, name, definition);
  if (!std::holds_alternative<Scenario>(loaded)) return true;
  try {
    return !run_scenario(std::get<Scenario>(loaded), definition, business.calendar).faults.empty();
  } catch (const std::exception&) {
    return true;
  }
}

}  // namespace

std::string_view to_string(Killer killer) {
  switch (killer) {
    case Killer::loader:
      return "loader";
    case Killer::verifier:
      return "verifier";
    case Killer::always:
      return "always";
    case Killer::scenario:
      return "scenario";
    case Killer::nobody:
      return "nobody";
  }
  return "";
}

Business read_business(const fs::path& folder, const std::string& key, const fs::path& calendar) {
  Business business;
  business.key = key;
  business.yaml = text_of(folder / (key + ".yaml"));
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(key + ".") && name.ends_with(".scenario.yaml"))
      business.scenarios.emplace_back(name, text_of(entry.path()));
  }
  std::sort(business.scenarios.begin(), business.scenarios.end());
  business.calendar = std::get<Calendar>(load_calendar(text_of(calendar), calendar.string()));
  return business;
}

Killer killer_of(const Business& business, const std::string& yaml) {
  const auto loaded = load_definition(yaml, business.key + ".yaml");
  if (!std::holds_alternative<Definition>(loaded)) return Killer::loader;
  const auto& definition = std::get<Definition>(loaded);
  const auto violations = verify(definition, business.calendar).violations;
  if (std::any_of(violations.begin(), violations.end(), [](const Violation& each) { return each.rule != "always"; }))
    return Killer::verifier;
  if (!violations.empty()) return Killer::always;
  for (const auto& [name, scenario] : business.scenarios)
    if (notices(business, definition, name, scenario)) return Killer::scenario;
  return Killer::nobody;
}

std::vector<Mutant> mutants_of(const Business& business) {
  return mutants_of(std::get<YamlDocument>(read_strict_yaml(business.yaml, business.key + ".yaml")).root);
}

}  // namespace xueji::mutation

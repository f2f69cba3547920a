#include "tests/mutation/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "engine/definition/loader.hpp"
#include "engine/machine/migration.hpp"
#include "engine/machine/places.hpp"
#include "engine/scenario/runner.hpp"
#include "engine/scenario/world.hpp"
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

std::string some_value(const Field& field) {
  switch (field.type) {
    case FieldType::person_name:
      return "张三";
    case FieldType::id_number:
      return "11010519491231002X";
    case FieldType::student_number:
      return "G440524188001010014";
    case FieldType::date:
      return "2026-09-01";
    case FieldType::choice:
      return field.choices.front().key;
    case FieldType::status:
      return "in_school";
    default:
      return "1";
  }
}

/// With all fields and files that there can be.
Request request_in(const Definition& definition, const State& state, const ScenarioWorld& world) {
  Request request;
  request.school = world.school();
  request.opened_as = {world.school(), Role::registrar};
  for (const Field& field : definition.fields) request.fields[field.key] = some_value(field);
  for (const EvidenceKind& kind : definition.evidence)
    request.evidence.insert(request.evidence.end(), std::max<std::size_t>(kind.min, 1),
                            {"", kind.kind, "", kind.media_types.front(), 1});
  request.token.state = state.key;
  request.token.holder = holder_of(state, places_of(request), world.offices()).value_or(request.opened_as);
  return request;
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
    case Killer::dry_run:
      return "dry run";
    case Killer::nobody:
      return "nobody";
  }
  return "";
}

Business read_business(const fs::path& folder, const std::string& key, const fs::path& calendar,
                       const fs::path& older) {
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
  for (int version = 1; fs::exists(older / fmt::format("{}.{}.yaml", key, version)); ++version) {
    business.older.push_back(
        std::get<Definition>(load_definition(text_of(older / fmt::format("{}.{}.yaml", key, version)), key)));
    business.moves.push_back(text_of(older / fmt::format("{}.{}.moves.txt", key, version)));
  }
  return business;
}

Killer killer_of(const Business& business, const std::string& yaml) {
  const auto loaded = load_definition(yaml, business.key + ".yaml");
  if (!std::holds_alternative<Definition>(loaded)) return Killer::loader;
  const auto& definition = std::get<Definition>(loaded);
  std::vector<const Definition*> older;
  for (const Definition& each : business.older) {
    if (!check_migration(each, definition).empty()) return Killer::loader;
    older.push_back(&each);
  }
  const auto violations = verify(definition, business.calendar, older).violations;
  if (std::any_of(violations.begin(), violations.end(), [](const Violation& each) { return each.rule != "always"; }))
    return Killer::verifier;
  if (!violations.empty()) return Killer::always;
  for (const auto& [name, scenario] : business.scenarios)
    if (notices(business, definition, name, scenario)) return Killer::scenario;
  for (std::size_t place = 0; place < business.older.size(); ++place)
    if (moves_of(business.older[place], definition) != business.moves[place]) return Killer::dry_run;
  return Killer::nobody;
}

std::string moves_of(const Definition& older, const Definition& newer) {
  Scenario scenario;
  scenario.offices = {"第一小学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"};
  const ScenarioWorld world{scenario};
  std::string text;
  for (const State& state : older.states) {
    if (state.kind == StateKind::end) continue;
    const auto plan = plan_migration(older, newer, request_in(older, state, world), world.offices(),
                                     Date{std::chrono::year{2026} / 9 / 1});
    text += state.key + (plan.kind == MigrationPlan::Kind::moves   ? ": moves to " + plan.state
                         : plan.kind == MigrationPlan::Kind::stays ? ": stays"
                                                                   : ": stuck");
    if (!plan.losses.empty()) text += (plan.keeps ? ", keeps " : ", without ") + to_string(plan.losses);
    text += "\n";
  }
  return text;
}

std::vector<Mutant> mutants_of(const Business& business) {
  return mutants_of(std::get<YamlDocument>(read_strict_yaml(business.yaml, business.key + ".yaml")).root);
}

}  // namespace xueji::mutation

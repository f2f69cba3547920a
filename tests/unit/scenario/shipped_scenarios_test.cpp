// Every story that is shipped comes out as told, and together they take every transition of their definition and see
// every guard hold and refuse.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "engine/definition/loader.hpp"
#include "engine/scenario/runner.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

namespace fs = std::filesystem;

const fs::path workflows = fs::path(XUEJI_SOURCE_DIR) / "workflows";
constexpr std::string_view ending = ".scenario.yaml";

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string text_of(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) text += fault.to_string() + "\n";
  return text;
}

struct Tried {
  Transitions transitions;
  GuardSightings guards;
};

Tried run_stories_of(const std::string& key, const Definition& definition) {
  Tried tried;
  const auto calendar = std::get<Calendar>(load_calendar(read(workflows / "../config/calendar.yaml"), "calendar.yaml"));
  for (const auto& entry : fs::directory_iterator(workflows)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(ending) || !name.starts_with(key + ".")) continue;
    const auto loaded = load_scenario(read(entry.path()), name, definition);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded))
      FAIL_CHECK(text_of(*faults));
    else {
      auto verdict = run_scenario(std::get<Scenario>(loaded), definition, calendar);
      CHECK(text_of(verdict.faults) == "");
      tried.transitions.merge(verdict.taken);
      tried.guards.merge(verdict.guards);
    }
  }
  return tried;
}

}  // namespace

TEST_CASE("the shipped scenarios hold, take every transition and try every guard") {
  for (const std::string key : {"key-information-change", "g-number-deletion", "suspension", "resumption", "return",
                                "class-change", "class-division", "j-to-g", "g-number-change"}) {
    INFO(key);
    const auto loaded = load_definition(read(workflows / (key + ".yaml")), key);
    REQUIRE(std::holds_alternative<Definition>(loaded));
    const auto& definition = std::get<Definition>(loaded);
    const auto tried = run_stories_of(key, definition);
    CHECK(tried.transitions == transitions_of(definition));
    CHECK(tried.guards == guards_of(definition));
  }
}

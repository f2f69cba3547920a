// The broken definitions of tests/verify/broken: each is caught by the rules and at the places that its first line
// names, and by nothing else. What a file migrates from stands under the same name in `older`.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

constexpr std::size_t corpus_min = 150;

/// The rules that some file of the corpus breaks; the others cannot be written in YAML, since the loader refuses them.
const std::vector<std::string> rules_in_yaml{"unreachable-state",
                                             "no-way-to-an-end",
                                             "machine-cycle",
                                             "no-owner",
                                             "escalation-to-itself",
                                             "no-deadline",
                                             "no-way-on",
                                             "nobody-left",
                                             "silent-approval",
                                             "unchecked-id-number",
                                             "registry-agreement",
                                             "terminal-status",
                                             "term-of-suspension",
                                             "g-number",
                                             "unchecked-number",
                                             "number-without-id-number",
                                             "number-there-already",
                                             "number-beside-id-number",
                                             "own-submission",
                                             "own-post",
                                             "same-person",
                                             "fork-never-joins",
                                             "effect-on-bad-end",
                                             "effect-without-field",
                                             "guard-never-holds",
                                             "guard-reads-empty",
                                             "unknown-window",
                                             "text-language",
                                             "refused-effect",
                                             "unlocked-effect",
                                             "migration-lock",
                                             "always",
                                             "load"};

std::string found(const std::string& rule, const Position& place) {
  return fmt::format("{} {}:{}", rule, place.line, place.column);
}

/// `rule line:column` for each fault, sorted.
std::vector<std::string> findings(const std::string& yaml, const std::string& file, const Calendar& calendar,
                                  const std::vector<const Definition*>& older) {
  std::vector<std::string> all;
  const auto loaded = load_definition(yaml, file);
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) {
    for (const Fault& fault : *faults) all.push_back(found("load", fault.position));
  } else {
    for (const Violation& violation : verify(std::get<Definition>(loaded), calendar, older).violations)
      all.push_back(found(violation.rule, violation.fault.position));
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// From the first line, `# rule line:column, rule line:column`.
std::vector<std::string> expectations(const std::string& yaml) {
  std::vector<std::string> all;
  const std::string line = yaml.substr(2, yaml.find('\n') - 2);
  for (std::size_t at = 0; at < line.size();) {
    const auto end = std::min(line.find(", ", at), line.size());
    all.push_back(line.substr(at, end - at));
    at = end + 2;
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("every broken definition is caught by the right rule at the right place") {
  const Calendar calendar = national_calendar();
  std::map<std::string, int> caught;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(repository() / "tests/verify/broken"))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() >= corpus_min);
  for (const auto& path : files) {
    const std::string name = path.stem().string();
    INFO(name);
    const std::string yaml = file_text(path);
    REQUIRE(yaml.starts_with("# "));
    const auto older_file = path.parent_path() / "older" / path.filename();
    std::vector<Definition> older;
    if (std::filesystem::exists(older_file)) older.push_back(definition_of(file_text(older_file), name));
    std::vector<const Definition*> versions;
    for (const Definition& version : older) versions.push_back(&version);
    const auto all = findings(yaml, name, calendar, versions);
    std::cout << fmt::format("{:<42} {}\n", name, fmt::join(all, ", "));
    CHECK(all == expectations(yaml));
    for (const auto& each : all) ++caught[each.substr(0, each.find(' '))];
  }
  for (const auto& [rule, number] : caught) std::cout << fmt::format("{:>4} {}\n", number, rule);
  for (const auto& rule : rules_in_yaml) {
    INFO(rule);
    CHECK(caught[rule] > 0);
  }
}

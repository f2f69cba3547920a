// A sample of what script/mutation does with every mutant of the shipped definitions.
#include "tests/mutation/trial.hpp"

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;
using namespace xueji::mutation;

namespace {

Business business(const std::string& folder, const std::string& key) {
  return read_business(repository() / folder, key, repository() / "config/calendar.yaml",
                       repository() / "tests/mutation/older");
}

std::string written_again(const std::string& yaml) {
  return written(std::get<YamlDocument>(read_strict_yaml(yaml, "w.yaml")).root);
}

}  // namespace

TEST_CASE("what is mutated is noticed by nobody, as it stands and written anew") {
  for (const auto& [folder, key] : businesses) {
    const Business shipped = business(folder, key);
    CHECK(shipped.scenarios.size() >= 5);
    CHECK(killer_of(shipped, shipped.yaml) == Killer::nobody);
    CHECK(killer_of(shipped, written_again(shipped.yaml)) == Killer::nobody);
  }
}

TEST_CASE("each part of the proof notices what is its own") {
  const Business shipped = business("workflows", "key-information-change");
  const auto killer = [&](const std::string& from, const std::string& to) {
    return killer_of(shipped, replaced(shipped.yaml, from, to));
  };
  CHECK(killer("approve: {to: county_review}", "approve: {to: county_revue}") == Killer::loader);
  CHECK(killer("approval: approver at province of student.school", "approval: head at province of student.school") ==
        Killer::verifier);
  CHECK(killer("before: central_check", "before: county_approval") == Killer::always);
  const std::string first = "  - from: 1\n    states: {draft: draft}\n    otherwise: ";
  CHECK(killer(first + "stay", first + "same state") == Killer::dry_run);
  CHECK(killer("  - on: suspect\n    who: [initiator]\n", "") == Killer::scenario);
}

TEST_CASE("a sample of mutants, one of each seven, is noticed") {
  for (const auto& [folder, key] : businesses) {
    const Business shipped = business(folder, key);
    const auto mutants = mutants_of(shipped);
    CHECK(mutants.size() > 200);
    std::size_t tried = 0, survived = 0;
    for (std::size_t index = 0; index < mutants.size(); index += 7, ++tried)
      if (killer_of(shipped, mutants[index].yaml) == Killer::nobody) ++survived;
    CHECK(survived * 20 <= tried);
  }
}

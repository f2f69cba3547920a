// What a proof costs follows the size of the definition, not the number of its paths.
#include <fmt/format.h>

#include <chrono>
#include <iostream>

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::string head() {
  return R"(format: 1
key: large
version: 1
title: {zh: 大流程, en: Large}
source: made for the tests of the verifier
subject: student
open: {by: registrar at student.school}
fields:
  new_class: {type: text, max: 20, required: true, title: {zh: 新班级, en: New class}, changes: student.class}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
)";
}

std::string ends() {
  return R"(  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
  withdrawn: {end: withdrawn, title: {zh: 撤回, en: Withdrawn}}
separation:
  - decides: nobody their own submission
)";
}

std::string approval(const std::string& key, const std::string& actions, int indent) {
  const std::string space(static_cast<std::size_t>(indent), ' ');
  return fmt::format(
      "{0}{1}:\n{0}  approval: reviewer at authority of student.school\n"
      "{0}  title: {{zh: 审核, en: Review}}\n{0}  due: 5 working days\n{0}  actions: {2}\n",
      space, key, actions);
}

std::string states_in_a_row(int count, bool returned) {
  std::string text = head() + "    actions: {submit: {to: s0}, discard: {to: withdrawn}}\n";
  for (int at = 0; at < count; ++at)
    text += approval(fmt::format("s{}", at),
                     fmt::format("{{approve: {{to: {}}}{}}}", at + 1 < count ? fmt::format("s{}", at + 1) : "completed",
                                 returned ? ", return: {to: earlier, default: draft}" : ""),
                     2);
  return text + ends();
}

std::string three_branches_of(int count) {
  std::string text = head() +
                     "    actions: {submit: {to: fork}, discard: {to: withdrawn}}\n"
                     "  fork:\n    title: {zh: 会审, en: Fork}\n    parallel:\n";
  for (int branch = 0; branch < 3; ++branch) {
    text += fmt::format("      b{}:\n        title: {{zh: 分支, en: Branch}}\n        states:\n", branch);
    for (int at = 0; at < count; ++at)
      text += approval(
          fmt::format("b{}s{}", branch, at),
          fmt::format("{{approve: {{to: {}}}}}", at + 1 < count ? fmt::format("b{}s{}", branch, at + 1) : "join"), 10);
  }
  return text + "    join: all\n    to: completed\n" + ends();
}

/// Seconds that it takes to prove; everything holds.
double seconds_to_prove(const std::string& yaml) {
  const auto definition = definition_of(yaml);
  const auto started = std::chrono::steady_clock::now();
  const auto verification = verify(definition, national_calendar());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  for (const auto& violation : verification.violations) FAIL_CHECK(to_string(violation));
  std::cout << verification.states << " states in " << took.count() << " s\n";
  return took.count();
}

}  // namespace

TEST_CASE("a thousand states in a row cost about ten times what a hundred do") {
  const double hundred = seconds_to_prove(states_in_a_row(100, false));
  CHECK(seconds_to_prove(states_in_a_row(1000, false)) < hundred * 50);
}

TEST_CASE("of hundreds of states each may be returned to from all behind it") {
  const double hundred = seconds_to_prove(states_in_a_row(100, true));
  CHECK(seconds_to_prove(states_in_a_row(800, true)) < hundred * 300);
}

TEST_CASE("more people in each post cost more, and stay far from the limit") {
  std::string yaml = shipped_text("key-information-change");
  const std::string before = "\nseparation:\n";
  for (int people = 1; people <= 4; ++people) {
    std::string with = yaml;
    with.replace(with.find(before), 1, fmt::format("\nstaffing: {{persons: {{default: {}}}}}\n", people));
    const auto verification = verify(definition_of(with), national_calendar());
    CHECK(verification.violations.empty());
    CHECK(verification.states < abstract_states_max / 10);
  }
}

TEST_CASE("three branches of thirty states are proved in all their combinations") {
  const double ten = seconds_to_prove(three_branches_of(10));
  CHECK(seconds_to_prove(three_branches_of(30)) < ten * 27 * 4);
}

// A small whole definition that tests break in one place, and the shipped ones.
#pragma once
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/definition/loader.hpp"
#include "tests/catch.hpp"

namespace xueji {

inline const std::string small_definition = R"(format: 1
key: small-business
version: 3
title: {zh: 小业务, en: Small business}
source: FAQ 1
subject: student
open:
  by: registrar at student.school
  when:
    - rule: student.status == "in_school"
      else: {zh: 须在校, en: In school only}
fields:
  new_name: {type: person_name, title: {zh: 新姓名, en: New name}, changes: student.name}
  ground: {type: choice, title: {zh: 事由, en: Ground}, choices: {wrong: {zh: 错误, en: Wrong}, other: {zh: 其他, en: Other}}}
require:
  - rule: has(new_name) && ground != "other"
    else: {zh: 请填写, en: Fill it in}
evidence:
  household_register: {title: {zh: 户口簿, en: Register}, count: 1..6}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: review}
  review:
    approval: reviewer at authority of student.school
    title: {zh: 审核, en: Review}
    due: 5 working days
    remind: 2 working days before
    overdue: {escalate: approver at authority of student.school}
    actions:
      approve: {to: checking}
      return: {to: earlier, default: draft, comment: required}
      reject: {to: rejected, comment: required}
  checking:
    check: [duplicate_check]
    title: {zh: 查重, en: Check}
    retry: {first: 5 seconds, factor: 2, at_most: 1 hour}
    outcomes: {clear: {to: completed}, suspect: {to: review}}
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
anywhere:
  withdraw: {by: registrar at student.school, before: checking, to: withdrawn}
separation:
  - decides: nobody their own submission
inform:
  - on: return
    who: [initiator, head at student.school]
always:
  - effect apply_changes only after checking.clear or review.approve
  - every request ends
)";

/// The text with `from`, which must stand in it once, replaced.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  return text.replace(at, from.size(), to);
}

/// The faults of that text, one a line.
inline std::string faults_of(const std::string& yaml) {
  const auto loaded = load_definition(yaml, "w.yaml");
  std::string lines;
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded))
    for (const auto& fault : *faults) lines += fault.to_string() + "\n";
  return lines;
}

inline Definition loaded(const std::string& yaml) {
  auto result = load_definition(yaml, "w.yaml");
  if (std::holds_alternative<std::vector<Fault>>(result)) FAIL(faults_of(yaml));
  return std::get<Definition>(std::move(result));
}

inline std::string shipped_file(const std::string& name) {
  std::ifstream file{XUEJI_SOURCE_DIR "/workflows/" + name, std::ios::binary};
  REQUIRE(file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace xueji

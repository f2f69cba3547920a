// Definitions and options for simulations that tests look at.
#pragma once
#include "engine/simulation/simulation.hpp"
#include "tests/unit/definition/small_definition.hpp"

namespace xueji {

/// A registrar files in no time; the reviewers of one office at one place decide.
inline const std::string one_queue_definition = R"(format: 1
key: one-queue
version: 1
title: {zh: 单一环节, en: One queue}
source: FAQ 1
subject: student
open: {by: registrar at student.school}
fields:
  note: {type: text, title: {zh: 说明, en: Note}}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: review}
      discard: {to: withdrawn}
  review:
    approval: reviewer at province of student.school
    title: {zh: 省级审核, en: Review}
    due: 5 working days
    actions:
      approve: {to: completed}
      reject: {to: rejected, comment: required}
  completed: {end: completed, title: {zh: 办结, en: Completed}}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
)";

inline Definition shipped(const std::string& name) { return loaded(shipped_file(name)); }

/// Some schools of two provinces, the second a municipality.
inline SimulationOptions small_options() {
  SimulationOptions options;
  options.requests = 2'000;
  options.days = 60;
  options.offices = {60, 5, 3, 2, 300};
  REQUIRE_FALSE(options.officers.take(usual_officers, range_of_officers));
  REQUIRE_FALSE(options.minutes.take(usual_minutes, range_of_minutes));
  return options;
}

inline void set(RoleNumbers& numbers, std::string_view text) { REQUIRE_FALSE(numbers.take(text, {0, 10'000, false})); }

inline const StateFigures& state_of(const SimulationReport& report, std::string_view key) {
  for (const StateFigures& state : report.states)
    if (state.key == key) return state;
  FAIL("the report has no state " << key);
  throw 0;
}

inline const PostFigures& post_of(const SimulationReport& report, Level level, Role role) {
  for (const PostFigures& post : report.posts)
    if (post.level == level && post.role == role) return post;
  FAIL("the report has no such post");
  throw 0;
}

}  // namespace xueji

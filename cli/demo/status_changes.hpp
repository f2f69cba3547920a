// What people file where only a student's status changes: suspension, resumption, return.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/demo/demo_random.hpp"
#include "cli/demo/demo_world.hpp"

namespace xueji::demo {

struct StatusChange {
  std::string_view workflow;
  std::string_view zh, en;              ///< what examples are called
  std::span<const StudentStatus> from;  ///< of whom it can be begun
  StudentStatus not_from;               ///< of whom an example shows that it can't
  StudentStatus to;                     ///< what they are afterwards
  std::span<const std::string_view> grounds, statements;
};

std::span<const StatusChange> status_changes();

/// What is filled in for that student, by the definition's rules.
FieldValues fields_of(const StatusChange& change, const Student& student, DemoRandom& random);

/// Kinds of evidence for what is filled in.
std::vector<std::string> evidence_of(const FieldValues& fields);

/// Whether it can be begun for the student.
bool may_begin(const StatusChange& change, const Student& student);

}  // namespace xueji::demo

// What a step of a story fills in for each of several students, whom it knows by name.
#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/machine/command.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

/// By their order among the students that could be named; empty where the step says nothing.
std::vector<FieldValues> each_in_order(const std::map<std::string, FieldValues>& each,
                                       std::span<const Student> students);

/// By their ordinals in the request. Who is none of the request's stands under 0, which no student has.
std::vector<ForOne> each_by_ordinal(const std::map<std::string, FieldValues>& each, std::span<const Student> students,
                                    std::span<const Subject> subjects);

}  // namespace xueji

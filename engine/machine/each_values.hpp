// What is filled in for each of several students: the values of the fields that are `each`.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "engine/machine/command.hpp"
#include "engine/machine/form.hpp"

namespace xueji {

/// Whether the command is decided on all students of the request: some of them are filled in, or a draft is submitted
/// in which each has values of their own.
bool asks_for_all(const Definition& definition, const Request& request, const Command& command);

/// What stands for each, SHA-256 in lower-case hex, by the ordinals; who is set aside counts too. Pinned with every
/// submission, so that no value is changed afterwards.
std::string digest_of_values(std::span<const Subject> subjects);

/// What was given at the opening for the student at that place, in canonical text.
FieldValues take_each_at(const Situation& situation, const Open& what, std::size_t position, FormFaults& faults);

/// Fills the named students in, and says so in the request: the students as they are then. `situation.subjects` are
/// all.
std::vector<Subject> take_each(const Situation& situation, const std::vector<ForOne>& each, Request& request,
                               FormFaults& faults);

/// Complains of every required field that is empty for somebody who takes part: of how many, and of the first by name.
/// `situation.subjects` are all.
void check_each_filled(const Situation& situation, FormFaults& faults);

}  // namespace xueji

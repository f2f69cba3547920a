#include "engine/scenario/story_end.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/scenario/told_words.hpp"

namespace xueji {
namespace {

constexpr std::string_view numbers_member = "numbers";

[[noreturn]] void fail(const Position& position, std::string what, std::string advice) {
  throw Otherwise{position, std::move(what), std::move(advice)};
}

std::string name_of(std::optional<OfficeId> office, const OfficeTree& offices) {
  const Office* found = office ? offices.find(*office) : nullptr;
  return found ? found->name : "none";
}

/// Offices by their names, as authors write them.
std::vector<RegistryChange> told(std::vector<RegistryChange> changes, const OfficeTree& offices) {
  for (RegistryChange& change : changes)
    if (change.member == school_member)
      for (std::string* value : {&change.old_value, &change.new_value})
        *value = name_of(parse_id<OfficeId>(*value), offices);
  return changes;
}

}  // namespace

void compare(const ScenarioEnd& then, const EndOfStory& story) {
  const auto& request = story.request;
  const auto& students = story.students;
  const Student& first = students.front();
  const auto same = [&](std::string_view what, const std::string& wanted, const std::string& seen) {
    if (wanted != seen)
      fail(then.position, fmt::format("in the end {} should be {}, but is {}", what, wanted, seen),
           "correct `then` or the definition");
  };
  if (then.outcome)
    same("the outcome", *then.outcome,
         request && request->outcome ? std::string(to_string(*request->outcome)) : std::string("open"));
  if (then.opened)
    same("what is opened", *then.opened,
         story.opened.empty() ? std::string("none") : fmt::format("{}", fmt::join(story.opened, ", ")));
  if (!then.student.empty() && story.is_pair)
    fail(then.position, "`then` tells of one student, and there are two", "name both under `students`");
  for (const auto& [member, value] : then.student)
    same("the student's " + member, value,
         member == school_member ? name_of(first.school, story.offices) : member_text(first, member));
  if (then.students.size() > students.size())
    fail(then.position,
         fmt::format("there are {} students, and `then` tells of {}", students.size(), then.students.size()),
         "leave out those that there are not");
  for (std::size_t position = 0; position < then.students.size(); ++position)
    for (const auto& [member, value] : then.students[position])
      if (member == numbers_member)
        same(fmt::format("the numbers of student {}", position + 1), joined(sorted(split(value))),
             joined(sorted(numbers_of(students[position]))));
      else
        same(fmt::format("the {} of student {}", member, position + 1), value, member_text(students[position], member));
  if (then.set_aside) {
    std::vector<int> aside;
    for (const Subject& each : story.subjects)
      if (each.set_aside) aside.push_back(each.ordinal);
    same("those set aside", fmt::format("{}", fmt::join(*then.set_aside, ", ")),
         fmt::format("{}", fmt::join(aside, ", ")));
  }
  for (const auto& wanted : then.number_state) {
    std::string state = "unknown";
    for (const Student& student : students)
      for (const StudentNumber& each : student.numbers)
        if (each.number == wanted.first) state = to_string(each.state);
    same(wanted.first, wanted.second, state);
  }
  if (then.history)
    same("the history of the student", text_of(*then.history), text_of(told(story.changes, story.offices)));
  const bool locked = request && std::any_of(students.begin(), students.end(),
                                             [&](const Student& each) { return each.open_request == request->id; });
  if (locked && request->outcome)
    fail(then.position, "the student is still locked by a request that has ended", "this is a fault of the engine");
}

}  // namespace xueji

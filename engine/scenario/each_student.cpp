#include "engine/scenario/each_student.hpp"

#include <algorithm>

namespace xueji {

std::vector<FieldValues> each_in_order(const std::map<std::string, FieldValues>& each,
                                       std::span<const Student> students) {
  std::vector<FieldValues> in_order;
  if (each.empty()) return in_order;
  for (const Student& student : students) {
    const auto named = each.find(student.name);
    in_order.push_back(named == each.end() ? FieldValues{} : named->second);
  }
  return in_order;
}

std::vector<ForOne> each_by_ordinal(const std::map<std::string, FieldValues>& each, std::span<const Student> students,
                                    std::span<const Subject> subjects) {
  std::vector<ForOne> by_ordinal;
  for (const auto& [name, values] : each) {
    const auto student =
        std::find_if(students.begin(), students.end(), [&](const Student& one) { return one.name == name; });
    const auto subject = std::find_if(subjects.begin(), subjects.end(), [&](const Subject& one) {
      return student != students.end() && one.student == student->id;
    });
    by_ordinal.push_back({subject == subjects.end() ? 0 : subject->ordinal, values});
  }
  return by_ordinal;
}

}  // namespace xueji

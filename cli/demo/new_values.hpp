// New names and ID numbers that nobody has, so that a change to them meets no duplicate.
#pragma once
#include <set>
#include <string>
#include <tuple>

#include "cli/demo/demo_random.hpp"
#include "cli/demo/demo_world.hpp"

namespace xueji::demo {

class NewValues {
 public:
  explicit NewValues(const std::vector<Student>& students);
  std::string name(const Student& student);
  /// With the student's own division, birth date and sex.
  std::string id_number(const Student& student);
  /// Why: what people choose as the ground, and what they write under it.
  void give_reason(FieldValues& fields);

 private:
  std::set<std::tuple<std::string, Date, Sex>> people_;
  std::set<std::string> id_numbers_;
  DemoRandom random_{5};
};

}  // namespace xueji::demo

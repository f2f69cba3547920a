#include "cli/demo/new_values.hpp"

#include <array>

#include "cli/demo/demo_parts.hpp"

namespace xueji::demo {
namespace {

struct Reason {
  std::string_view ground;
  std::string_view text;
};
constexpr std::array reasons{Reason{"register_changed", "户口簿登记姓名有误，现按更正后的户口簿变更"},
                             Reason{"register_changed", "父母协商一致，已在公安机关办理更名"},
                             Reason{"register_changed", "出生医学证明与户口簿不一致，已更正"},
                             Reason{"entry_wrong", "原登记时录入错误"},
                             Reason{"register_changed", "公安机关出具变更证明"}};

}  // namespace

NewValues::NewValues(const std::vector<Student>& students) {
  for (const Student& student : students) {
    people_.emplace(student.name, student.birth_date, student.sex);
    if (student.id_number) id_numbers_.insert(*student.id_number);
    for (const StudentNumber& number : student.numbers) id_numbers_.insert(number.number.substr(1));
  }
}

std::string NewValues::name(const Student& student) {
  std::string name;
  do name = corrected_name(student.name, random_);
  while (!people_.emplace(name, student.birth_date, student.sex).second);
  return name;
}

std::string NewValues::id_number(const Student& student) {
  std::string number;
  do number = make_id_number(student.id_number->substr(0, 6), student.birth_date, student.sex, random_);
  while (!id_numbers_.insert(number).second);
  return number;
}

void NewValues::give_reason(FieldValues& fields) {
  const Reason& reason = random_.pick(reasons);
  fields["ground"] = reason.ground;
  fields["reason"] = reason.text;
}

FieldValues transfer_fields(DemoRandom& random) {
  static constexpr std::array<std::string_view, 3> reasons{"随父母迁居，就近入学", "户籍迁入本地，申请转入",
                                                           "监护人工作调动，全家搬迁"};
  return {{"ground", "household_moved"},
          {"reason", std::string{random.pick(reasons)}},
          {"new_class", std::to_string(1 + random.below(6)) + "班"}};
}

}  // namespace xueji::demo

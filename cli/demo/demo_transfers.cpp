#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "cli/demo/demo_parts.hpp"
#include "cli/demo/demo_ways.hpp"

namespace xueji::demo {
namespace {

/// A school that asks another for a pupil, by the codes of both.
struct Asked {
  std::string_view receiving;
  std::string_view sending;
  std::string_view rejected{};  ///< why; empty where it is completed
  bool is_refused = false;      ///< about a pupil who may not transfer
};

constexpr std::array asked{
    Asked{another_of_the_county, first_school_code},
    Asked{another_of_the_county, first_school_code, "学区内转学事由不成立，不予办理"},
    Asked{in_tianhe, in_yuexiu},
    Asked{in_tianhe, in_yuexiu, "", true},
    Asked{in_nanshan, in_yuexiu},
    Asked{in_yuexiu, first_school_code},
    Asked{in_xicheng, in_yuexiu},
    Asked{in_xicheng, in_yuexiu, "经核实居住情况不实，不予办理"},
    Asked{in_sichuan, first_school_code},
};

DemoExample asked_for(const Student& student, const DemoAccount& asking, DemoRandom& random) {
  return {fmt::format("转学：{} · transfer", student.name),
          "transfer",
          student.id,
          transfer_fields(random),
          "",
          asking.account.username,
          {"application", "household_register"},
          "",
          true};
}

/// Nobody in the last grade of a stage, with whom nothing is begun for half of the summer.
bool may_be_about(const Student& student, bool is_refused) {
  const bool may_not = student.status == StudentStatus::suspended || student.status == StudentStatus::missing ||
                       student.status == StudentStatus::deceased;
  return is_refused ? may_not : student.status == StudentStatus::in_school && student.grade != last_grade_of_primary;
}

/// Of the school that is asked; neither an example nor under way, and no other record has that ID number. Throws
/// std::logic_error where there is none.
const Student& free_pupil(const DemoWorld& world, const Asked& wanted) {
  std::set<StudentId> taken;
  for (const DemoExample& each : world.examples) taken.insert(each.student);
  for (const DemoJourney& each : world.journeys) taken.insert(each.student);
  const OfficeId school = office_by_code(world.offices, wanted.sending).id;
  const auto found = std::find_if(world.students.begin(), world.students.end(), [&](const Student& each) {
    return each.school == school && may_be_about(each, wanted.is_refused) && each.id_number &&
           !taken.contains(each.id) &&
           std::count_if(world.students.begin(), world.students.end(),
                         [&](const Student& other) { return other.id_number == each.id_number; }) == 1;
  });
  if (found == world.students.end())
    throw std::logic_error(fmt::format("no pupil of school {} is left to try a transfer with", wanted.sending));
  return *found;
}

}  // namespace

DemoExample transfer_example(const DemoWorld& world, const Student& student, const DemoAccount& asking,
                             DemoRandom& random, std::string rejected) {
  DemoExample example = asked_for(student, asking, random);
  const OfficeId receiving = asking.posts.front().office;
  const auto deciders = deciders_of_transfer(world, receiving, student.school);
  if (!rejected.empty()) {
    example.way = rejected_by(deciders, std::move(rejected));
    example.then.outcome = "rejected";
    return example;
  }
  example.way = approved_by(deciders);
  if (!are_of_one_province(world, receiving, student.school)) example.way.push_back({example.account, "fetch"});
  example.then = {"completed",
                  {{"status", std::string{to_string(student.status)}}, {"class", example.fields.at("new_class")}},
                  receiving};
  return example;
}

DemoExample refused_transfer_example(const Student& student, const DemoAccount& asking, DemoRandom& random) {
  DemoExample example = asked_for(student, asking, random);
  example.title = fmt::format("转学（不予受理）：{} · transfer, refused", student.name);
  example.refused = "status-not-eligible";
  return example;
}

void add_transfers_elsewhere(DemoWorld& world) {
  DemoRandom random{16};
  for (const Asked& each : asked) {
    const Student& student = free_pupil(world, each);
    const DemoAccount& asking = *account_for(world, Role::registrar, office_by_code(world.offices, each.receiving).id);
    world.examples.push_back(each.is_refused
                                 ? refused_transfer_example(student, asking, random)
                                 : transfer_example(world, student, asking, random, std::string{each.rejected}));
  }
}

}  // namespace xueji::demo

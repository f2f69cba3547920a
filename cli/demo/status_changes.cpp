#include "cli/demo/status_changes.hpp"

#include <algorithm>
#include <array>

namespace xueji::demo {
namespace {

constexpr std::array in_school{StudentStatus::in_school};
constexpr std::array suspended{StudentStatus::suspended};
constexpr std::array away{StudentStatus::abroad, StudentStatus::left, StudentStatus::dropped_out,
                          StudentStatus::missing};

constexpr std::array<std::string_view, 3> suspension_grounds{"illness", "family", "other"};
constexpr std::array<std::string_view, 3> resumption_grounds{"recovered", "term_ended", "other"};
constexpr std::array<std::string_view, 1> return_grounds{"other"};

constexpr std::array<std::string_view, 2> suspension_statements{"监护人已到校说明情况，学校核实无误",
                                                                "家庭情况变化，监护人书面申请休学"};
constexpr std::array<std::string_view, 2> resumption_statements{"休学事由已消除，监护人申请复学",
                                                                "监护人已到校说明，学校核实后编班"};
constexpr std::array<std::string_view, 2> return_statements{"随监护人返回，要求继续就读",
                                                            "学生已到校上课，监护人书面申请返校"};

constexpr std::array changes{
    StatusChange{"suspension", "休学", "suspension of study", in_school, StudentStatus::suspended,
                 StudentStatus::suspended, suspension_grounds, suspension_statements},
    StatusChange{"resumption", "复学", "resumption of study", suspended, StudentStatus::in_school,
                 StudentStatus::in_school, resumption_grounds, resumption_statements},
    StatusChange{"return", "返校", "return to school", away, StudentStatus::suspended, StudentStatus::in_school,
                 return_grounds, return_statements}};

std::string ground_of(const StatusChange& change, const Student& student, DemoRandom& random) {
  if (student.status == StudentStatus::abroad) return "from_abroad";
  if (student.status == StudentStatus::dropped_out) return "persuaded";
  if (student.status == StudentStatus::missing) return "found";
  return std::string{change.grounds[random.below(change.grounds.size())]};
}

}  // namespace

std::span<const StatusChange> status_changes() { return changes; }

FieldValues fields_of(const StatusChange& change, const Student& student, DemoRandom& random) {
  FieldValues fields{{"ground", ground_of(change, student, random)},
                     {"statement", std::string{random.pick(change.statements)}}};
  if (change.workflow == changes[0].workflow) {
    fields.insert({{"from", "2026-09-01"}, {"until", random.one_in(2) ? "2027-01-31" : "2027-08-31"}});
  } else {
    fields.insert({{"back_on", "2026-09-01"}, {"new_grade", student.grade}});
    if (random.one_in(2)) fields["new_class"] = "4班";
  }
  return fields;
}

std::vector<std::string> evidence_of(const FieldValues& fields) {
  std::vector<std::string> kinds{"application"};
  const std::string& ground = fields.at("ground");
  if (ground == "illness") kinds.emplace_back("hospital_certificate");
  if (ground == "recovered") kinds.emplace_back("health_certificate");
  if (ground == "from_abroad") kinds.emplace_back("entry_papers");
  return kinds;
}

bool may_begin(const StatusChange& change, const Student& student) {
  return std::find(change.from.begin(), change.from.end(), student.status) != change.from.end();
}

}  // namespace xueji::demo

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "cli/demo/demo_parts.hpp"

namespace xueji::demo {
namespace {

constexpr std::string_view problem_status = "problem-status";

/// What is found out about two records.
enum class FoundOut { two_students, one_student, one_with_two_g_numbers };

/// Two records of one name, sex and birth date: where they are, what was found, and what became of it.
struct PairCase {
  std::string_view first_school, second_school;
  FoundOut finding;
  std::string_view acts;  ///< by whoever holds it, one after the other
  int working_days_ago;
};

constexpr std::array pairs_under_way{
    PairCase{first_school_code, first_school_code, FoundOut::one_student, "", 2},
    PairCase{first_school_code, in_yuexiu, FoundOut::one_student, "", 3},
    PairCase{in_xicheng, in_tianhe, FoundOut::two_students, "", 13},
    PairCase{first_school_code, another_of_the_county, FoundOut::one_student, "submit", 4},
    PairCase{in_xicheng, in_sichuan, FoundOut::two_students, "submit return", 6},
    PairCase{first_school_code, in_xicheng, FoundOut::one_with_two_g_numbers, "submit propose", 7},
    PairCase{in_yuexiu, in_tianhe, FoundOut::one_with_two_g_numbers, "submit propose approve", 9},
    PairCase{first_school_code, another_of_the_county, FoundOut::two_students, "submit keep_both", 15},
    PairCase{first_school_code, first_school_code, FoundOut::one_student, "submit keep_one", 18},
    PairCase{in_xicheng, in_yuexiu, FoundOut::one_student, "submit return submit keep_one", 25},
    PairCase{first_school_code, another_of_the_county, FoundOut::one_with_two_g_numbers,
             "submit propose approve approve", 22},
    PairCase{in_xicheng, in_xicheng, FoundOut::one_with_two_g_numbers, "submit propose reject", 20},
};

/// Something to try: who does what, and how it ends; with `refused` the last act is refused so.
struct PairToTry {
  PairCase opened;
  std::string_view title;
  std::vector<std::string> accounts;
  std::vector<std::string> actions;
  std::string_view outcome;
  std::string_view refused{};
};

const std::vector<PairToTry>& pairs_to_try() {
  static const std::vector<PairToTry> all{
      {{first_school_code, first_school_code, FoundOut::one_student, "", 1},
       "合并同一学校的两条学籍 · two records of one school, merged",
       {"county", "county-approver"},
       {"submit", "keep_one"},
       "completed"},
      {{first_school_code, another_of_the_county, FoundOut::two_students, "", 1},
       "两校两名学生，各自保留 · two students of two schools, both kept",
       {"county", "county-approver"},
       {"submit", "keep_both"},
       "completed"},
      {{first_school_code, in_xicheng, FoundOut::one_with_two_g_numbers, "", 2},
       "两条都有 G 号，停用一个后合并 · both with a G number: one is retired, then merged",
       {"province", "province-approver", "ministry", "ministry-approver"},
       {"submit", "propose", "approve", "approve"},
       "completed"},
      {{in_xicheng, in_xicheng, FoundOut::one_with_two_g_numbers, "", 2},
       "报教育部停用 G 号，不予办理 · retiring a G number, rejected",
       {"county2", "approver-110102", "ministry"},
       {"submit", "propose", "reject"},
       "rejected"},
      {{first_school_code, in_yuexiu, FoundOut::two_students, "", 1},
       "核实为两人的不得合并 · two students can't be merged",
       {"ministry", "ministry-approver"},
       {"submit", "keep_one"},
       "",
       "status-not-eligible"},
  };
  return all;
}

class PairMaker {
 public:
  explicit PairMaker(DemoWorld& world) : world_(world) {
    for (const DemoExample& each : world.examples) taken_.insert(each.student);
    for (const DemoJourney& each : world.journeys) {
      taken_.insert(each.student);
      taken_.insert(each.students.begin(), each.students.end());
    }
  }

  /// A request under way; answers whom it is about, the first the lower id.
  DemoJourney& add(const PairCase& wanted) {
    const bool both_g = wanted.finding == FoundOut::one_with_two_g_numbers;
    Student& one = take(wanted.first_school, [&](const Student& each) {
      return each.id_number && (!both_g || current_g_number(each)) && is_alone(each);
    });
    Student& other = take(wanted.second_school, [&](const Student& each) {
      return each.id > one.id && each.grade == one.grade && each.sex == one.sex && is_alone(each);
    });
    make_twin(other, one, both_g);
    DemoJourney journey;
    journey.workflow = problem_status;
    journey.student = one.id;
    journey.students = {one.id, other.id};
    journey.by_machine = true;
    journey.working_days_ago = wanted.working_days_ago;
    journey.fields = fields_of(wanted.finding, other);
    journey.evidence = {"proof"};
    journey.steps = steps(wanted);
    world_.journeys.push_back(std::move(journey));
    return world_.journeys.back();
  }

  void add(const PairToTry& wanted) {
    const DemoJourney& journey = add(wanted.opened);
    DemoExample example{std::string{wanted.title}, std::string{problem_status}, journey.student, {}, ""};
    example.is_open = true;
    for (std::size_t act = 0; act < wanted.actions.size(); ++act) {
      DemoAct done{wanted.accounts[act], wanted.actions[act]};
      if (act == 0) {
        done.fields = journey.fields;
        done.evidence = journey.evidence;
      }
      if (done.action == "reject") done.comment = "佐证材料不足，不予停用";
      example.way.push_back(std::move(done));
    }
    example.way.back().refused = wanted.refused;
    example.then.outcome = wanted.outcome;
    world_.examples.push_back(std::move(example));
  }

 private:
  template <class Wanted>
  Student& take(std::string_view school_code, Wanted wanted) {
    const OfficeId school = office_by_code(world_.offices, school_code).id;
    for (std::size_t position = reserved_students; position < world_.students.size(); ++position) {
      Student& student = world_.students[position];
      if (student.school == school && student.status == StudentStatus::in_school && wanted(student) &&
          taken_.insert(student.id).second)
        return student;
    }
    throw std::logic_error(fmt::format("no pupil of school {} is left to be one of a pair", school_code));
  }

  /// Nobody else has the ID number, or the name with the birth date.
  bool is_alone(const Student& student) const {
    return std::none_of(world_.students.begin(), world_.students.end(), [&](const Student& other) {
      const bool is_like = other.name == student.name && other.birth_date == student.birth_date;
      return other.id != student.id && (is_like || (other.id_number && other.id_number == student.id_number));
    });
  }

  /// The other record has no ID number: by a G number that was made of it, or by none but a J number.
  void make_twin(Student& twin, const Student& of, bool has_g) {
    const Instant since = twin.numbers.front().since;
    const std::string division = twin.numbers.front().number.substr(1, 6);
    twin.name = of.name;
    twin.birth_date = of.birth_date;
    twin.id_number.reset();
    if (has_g)
      twin.numbers = {
          {'G' + make_id_number(division, of.birth_date, of.sex, random_), NumberKind::G, NumberState::current, since}};
    else
      twin.numbers = {
          {make_temporary_number('J', division, of.birth_date, random_), NumberKind::J, NumberState::current, since}};
  }

  static FieldValues fields_of(FoundOut finding, const Student& other) {
    if (finding == FoundOut::two_students)
      return {{"verdict", "two_persons"}, {"statement", "经两校核对户口簿，系同名同日出生的两名学生。"}};
    FieldValues fields{{"verdict", "one_person"},
                       {"survivor", "1"},
                       {"statement", "经两校核对户口簿并与监护人核实，系同一名学生，重复建立学籍。"}};
    if (finding == FoundOut::one_with_two_g_numbers) fields["given_up"] = current_g_number(other)->number;
    return fields;
  }

  static std::vector<DemoStep> steps(const PairCase& wanted) {
    constexpr double hours_a_day = 8;
    const auto acts = words_of(wanted.acts);
    const double apart = hours_a_day * wanted.working_days_ago / (static_cast<double>(acts.size()) + 1);
    std::vector<DemoStep> made;
    for (const std::string& act : acts) {
      const std::string_view comment = act == "return"   ? "请补充两校的核对意见"
                                       : act == "reject" ? "佐证材料不足，不予停用"
                                                         : "";
      made.push_back({act, std::string{comment}, apart});
    }
    return made;
  }

  DemoWorld& world_;
  std::set<StudentId> taken_;
  DemoRandom random_{31};
};

}  // namespace

void add_pairs(DemoWorld& world) {
  PairMaker maker{world};
  for (const PairCase& each : pairs_under_way) maker.add(each);
  for (const PairToTry& each : pairs_to_try()) maker.add(each);
}

}  // namespace xueji::demo

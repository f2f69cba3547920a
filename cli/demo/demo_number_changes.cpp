#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "cli/demo/demo_parts.hpp"
#include "cli/demo/demo_ways.hpp"
#include "cli/demo/new_values.hpp"
#include "engine/registry/changes.hpp"

namespace xueji::demo {
namespace {

constexpr std::string_view from_j_to_g = "j-to-g", change_of_g = "g-number-change";

/// What becomes of a request, by whoever holds it, one after the other, and when it began.
struct NumberCase {
  std::string_view acts;
  int working_days_ago;
};

struct NumberBusiness {
  std::string_view workflow;
  std::span<const NumberCase> under_way;
};

constexpr std::array j_to_g_under_way{NumberCase{"", 2},
                                      NumberCase{"submit", 2},
                                      NumberCase{"submit", 9},
                                      NumberCase{"submit approve", 4},
                                      NumberCase{"submit return", 5},
                                      NumberCase{"submit approve approve", 6},
                                      NumberCase{"submit approve approve approve unavailable", 4},
                                      NumberCase{"submit approve approve approve suspect", 7},
                                      NumberCase{"submit approve approve approve clear", 12},
                                      NumberCase{"submit approve approve approve clear", 20},
                                      NumberCase{"submit approve approve approve suspect reject", 16},
                                      NumberCase{"submit reject", 10},
                                      NumberCase{"submit withdraw", 8},
                                      NumberCase{"", 36}};

constexpr std::array g_change_under_way{NumberCase{"", 2},
                                        NumberCase{"submit", 2},
                                        NumberCase{"submit approve", 4},
                                        NumberCase{"submit approve return", 6},
                                        NumberCase{"submit approve approve", 6},
                                        NumberCase{"submit approve approve approve", 9},
                                        NumberCase{"submit approve approve approve approve", 12},
                                        NumberCase{"submit approve approve approve approve approve unavailable", 9},
                                        NumberCase{"submit approve approve approve approve approve suspect", 13},
                                        NumberCase{"submit approve approve approve approve approve clear", 20},
                                        NumberCase{"submit approve approve reject", 14},
                                        NumberCase{"submit withdraw", 8},
                                        NumberCase{"", 36}};

constexpr std::array businesses{NumberBusiness{from_j_to_g, j_to_g_under_way},
                                NumberBusiness{change_of_g, g_change_under_way}};

class NumberChangeMaker {
 public:
  NumberChangeMaker(DemoWorld& world, NewValues& values) : world_(world), values_(values) {
    for (const DemoExample& each : world.examples) taken_.insert(each.student);
    for (const DemoJourney& each : world.journeys) {
      taken_.insert(each.student);
      taken_.insert(each.students.begin(), each.students.end());
    }
    for (const Office& each : world.offices)
      if (each.level == Level::school && each.code != township_school_code) schools_.push_back(each.id);
  }

  void add_under_way(std::string_view workflow, const NumberCase& wanted) {
    const bool suspect = wanted.acts.find("suspect") != std::string_view::npos;
    DemoJourney journey;
    journey.workflow = workflow;
    journey.working_days_ago = wanted.working_days_ago;
    Student& student = taken_at(schools_[++turn_ % schools_.size()]);
    journey.student = student.id;
    journey.fields = filed(workflow, student, suspect ? "unknown_person" : "");
    journey.evidence = {"application", "household_register"};
    if (workflow == change_of_g) journey.evidence.emplace_back("certificate");
    if (suspect) journey.cause = "unknown_person";
    journey.steps = steps(wanted);
    world_.journeys.push_back(std::move(journey));
  }

  /// Clear; not known to the nation, so that the J number stays; and one whose G number leaves nothing to ask for.
  void add_j_to_g_examples() {
    const std::vector<std::string> deciders{"head", "county", "county-approver"};
    for (int added = 0; added < 2; ++added)
      finish(begun(from_j_to_g, {"J 号变更为 G 号", "from a J number to a G number"}), deciders, true);
    DemoExample& kept =
        begun(from_j_to_g, {"核查存疑，维持 J 号", "suspect to the checks, the J number stays"}, "unknown_person");
    kept.way = approved_by(deciders);
    kept.way.push_back({"county", "reject", "人口库查无此号，继续使用 J 号"});
    kept.then.outcome = "rejected";
    add_refused(from_j_to_g, {"已有 G 号，不予受理", "there is a G number already, refused"});
  }

  /// Completed; rejected by the ministry; for a ground that is none; and one where nothing differs.
  void add_g_change_examples() {
    const std::vector<std::string> deciders{"head", "county", "county-approver", "province-approver",
                                            "ministry-approver"};
    for (int added = 0; added < 2; ++added)
      finish(begun(change_of_g, {"变更 G 号", "change of a G number"}), deciders, true);
    finish(begun(change_of_g, {"变更 G 号，不予办理", "change of a G number, rejected"}), deciders, false);
    DemoExample& no_ground =
        begun(change_of_g, {"与身份证件号码一致不是变更事由", "to agree with the ID number is no ground"});
    no_ground.fields["ground"] = "agree_with_id_number";
    no_ground.refused = "validation";
    no_ground.then.student.clear();
    add_refused(change_of_g, {"没有可变更的，不予受理", "nothing to change, refused"});
  }

 private:
  DemoExample& begun(std::string_view workflow, const Text& title, std::string cause = {}) {
    Student& student = taken_at(office_by_code(world_.offices, first_school_code).id);
    DemoExample example{titled(title, student), std::string{workflow}, student.id, {}, std::move(cause)};
    example.fields = filed(workflow, student, example.cause);
    example.account = "registrar";
    example.evidence = {"application", "household_register"};
    if (workflow == change_of_g) example.evidence.emplace_back("certificate");
    example.then.student = {{"status", "in_school"}};
    world_.examples.push_back(std::move(example));
    return world_.examples.back();
  }

  static std::string titled(const Text& title, const Student& student) {
    return fmt::format("{}：{} · {}", title.zh, student.name, title.en);
  }

  static void finish(DemoExample& example, const std::vector<std::string>& deciders, bool is_completed) {
    example.way = is_completed ? approved_by(deciders) : rejected_by(deciders, "所述理由不足以变更 G 号，不予办理");
    example.then.outcome = is_completed ? "completed" : "rejected";
    const auto id_number = example.fields.find("id_number");
    if (is_completed && id_number != example.fields.end()) example.then.student["idNumber"] = id_number->second;
  }

  /// One whose G number is that of the ID number.
  void add_refused(std::string_view workflow, const Text& title) {
    const Student& student = taken_at(office_by_code(world_.offices, first_school_code).id);
    DemoExample example{titled(title, student), std::string{workflow}, student.id, fields_of(workflow), ""};
    if (workflow == from_j_to_g) example.fields["id_number"] = *student.id_number;
    example.account = "registrar";
    example.evidence = {"application", "household_register"};
    example.refused = "status-not-eligible";
    world_.examples.push_back(std::move(example));
  }

  /// In school, not in the last grade, with the G number of their ID number.
  Student& taken_at(OfficeId school) {
    for (std::size_t position = reserved_students; position < world_.students.size(); ++position) {
      Student& student = world_.students[position];
      const StudentNumber* number = current_g_number(student);
      if (student.school == school && student.status == StudentStatus::in_school && student.id_number && number &&
          number->number == g_number_of(student) && student.grade != last_grade_of_primary && student.grade != "9" &&
          student.grade != "12" && taken_.insert(student.id).second)
        return student;
    }
    throw std::logic_error("no pupil is left whose number could be changed");
  }

  static FieldValues fields_of(std::string_view workflow) {
    if (workflow == from_j_to_g) return {{"ground", "id_number_issued"}};
    return {{"ground", "anothers_number"},
            {"statement", "原 G 号由他人的身份证件号码生成，公安机关已出具证明，申请变更。"}};
  }

  /// The record is made such as it would be; what the nation is to know of it is added.
  FieldValues filed(std::string_view workflow, Student& student, std::string_view cause) {
    FieldValues fields = fields_of(workflow);
    const std::string another = values_.id_number(student);
    if (workflow == from_j_to_g) {
      fields["id_number"] = another;
      const std::string division = student.id_number->substr(0, 6);
      const Instant since = student.numbers.back().since;
      student.id_number.reset();
      student.numbers = {{make_temporary_number('J', division, student.birth_date, random_), NumberKind::J,
                          NumberState::current, since}};
    } else {
      std::find_if(student.numbers.begin(), student.numbers.end(), [](const StudentNumber& each) {
        return each.kind == NumberKind::G && each.state == NumberState::current;
      })->number = "G" + another;
    }
    const std::string& asked = student.id_number ? *student.id_number : another;
    if (cause.empty())
      world_.population[asked] = student.name;
    else
      world_.population.erase(asked);
    return fields;
  }

  static std::vector<DemoStep> steps(const NumberCase& wanted) {
    constexpr double hours_a_day = 8, hours_of_a_check = 0.02;
    const auto acts = words_of(wanted.acts);
    const double apart = hours_a_day * std::min(wanted.working_days_ago, 20) / (static_cast<double>(acts.size()) + 1);
    std::vector<DemoStep> made;
    for (const std::string& act : acts) {
      const bool by_machine = act == "clear" || act == "suspect" || act == "unavailable";
      const std::string_view comment = act == "return"   ? "证明材料不清晰，请重新上传"
                                       : act == "reject" ? "证明材料不足，学籍号不变"
                                                         : "";
      made.push_back({act, std::string{comment}, by_machine ? hours_of_a_check : apart});
    }
    return made;
  }

  DemoWorld& world_;
  NewValues& values_;
  std::set<StudentId> taken_;
  std::vector<OfficeId> schools_;
  std::size_t turn_ = 0;
  DemoRandom random_{47};
};

}  // namespace

void add_number_changes(DemoWorld& world, NewValues& values) {
  NumberChangeMaker maker{world, values};
  for (const NumberBusiness& business : businesses)
    for (const NumberCase& each : business.under_way) maker.add_under_way(business.workflow, each);
  maker.add_j_to_g_examples();
  maker.add_g_change_examples();
}

}  // namespace xueji::demo

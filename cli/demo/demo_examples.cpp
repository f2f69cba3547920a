#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/demo/demo_parts.hpp"
#include "cli/demo/demo_ways.hpp"
#include "cli/demo/new_values.hpp"
#include "cli/demo/status_changes.hpp"

namespace xueji::demo {
namespace {

constexpr std::size_t deletions = 8;
constexpr std::size_t status_examples = 3;

struct ClassBusiness {
  std::string_view workflow, zh, en, ground;
};
constexpr std::array<ClassBusiness, 2> class_businesses{
    {{"class-change", "调班", "change of class", "moved"}, {"class-division", "分班", "division of classes", ""}}};

class ExampleMaker {
 public:
  ExampleMaker(DemoWorld& world, NewValues& values) : world_(world), values_(values) {}

  /// Of four, three change the name and one the ID number; a few of the last ones change both.
  void add_clear(const Student& student, std::size_t position) {
    const bool late = position >= clear_examples - 24;
    if (position % 4 == 3)
      add_id_number_change(student);
    else if (late && position % 4 == 1)
      add_both(student);
    else
      add_name_change(student);
  }

  void add_unknown_person(const Student& student) {
    add("人口库查无此号 · the population database does not know the number", student,
        {{"new_id_number", values_.id_number(student)}}, "unknown_person");
  }

  void add_mismatch(const Student& student) {
    add("姓名与人口库不符 · the population database has another name", student, {{"new_name", values_.name(student)}},
        "no_match");
  }

  /// Another student of the same birth date and sex has the name already; the national side knows the change.
  bool add_same_person(const Student& student) {
    for (const Student& other : world_.students) {
      if (other.id == student.id || other.birth_date != student.birth_date || other.sex != student.sex ||
          other.name == student.name)
        continue;
      world_.population[*student.id_number] = other.name;
      add("同名同性别同出生日期 · another student has this name, sex and birth date", student,
          {{"new_name", other.name}}, "same_name_birth_date_sex");
      return true;
    }
    return false;
  }

  void add_deletion(const Student& student, std::size_t order) {
    static constexpr std::array<std::string_view, 3> grounds{"duplicate_status", "false_status", "other"};
    DemoExample example{fmt::format("删除 G 号：{} · deletion of a G number", student.name),
                        "g-number-deletion",
                        student.id,
                        {{"number", current_g_number(student)->number},
                         {"ground", std::string{grounds[order % grounds.size()]}},
                         {"statement", "经核实该学籍重复注册，已会同学校和县级主管部门核对原始材料，申请删除。"}},
                        "",
                        "province",
                        {"certification"}};
    example.then.student = {{"status", std::string{to_string(student.status)}}};
    if (order + 1 == deletions)
      reject(example, {"province-approver", "ministry", "ministry-approver"}, "佐证材料不足，不予删除");
    else if (order + 2 == deletions)
      refuse_last(example, {"province-approver", "ministry", "ministry"}, "separation-of-duties");
    else
      approve(example, {"province-approver", "ministry", "ministry-approver"});
    world_.examples.push_back(std::move(example));
  }

  /// Of the first school's students that are not set aside.
  void add_status_changes(const StatusChange& change) {
    for (std::size_t added = 0; added < status_examples; ++added)
      if (const Student* student = next([&](const Student& each) { return may_begin(change, each); })) {
        DemoExample& example = add_status_change(change, *student, "");
        const std::vector<std::string> deciders{"head", "county-approver"};
        if (added == 1) {
          approve(example, deciders);
          example.way = returned_and_approved_by(deciders, example, "申请书扫描件不清晰，请重新上传");
        } else if (added == 2) {
          reject(example, deciders, "证明材料不足，不予办理");
          continue;
        } else {
          approve(example, deciders);
        }
        example.then.student["status"] = to_string(change.to);
      }
  }

  /// One whom it is not for.
  void add_refused(const StatusChange& change) {
    if (const Student* student = next([&](const Student& each) { return each.status == change.not_from; }))
      add_status_change(change, *student, "status-not-eligible");
  }

  /// Pupils of the first school whom the school of registrar2 asks for.
  void add_transfers() {
    constexpr std::size_t transfers = 3;
    const DemoAccount& asking = account_of(world_, "registrar2");
    for (std::size_t added = 0; added < transfers; ++added)
      if (const Student* student =
              next([](const Student& each) { return each.id_number && each.status == StudentStatus::in_school; }))
        world_.examples.push_back(
            transfer_example(world_, *student, asking, random_, added == 1 ? "经核实家庭住址未变迁，不予办理" : ""));
    const auto may_not = [](const Student& each) {
      return each.id_number && (each.status == StudentStatus::suspended || each.status == StudentStatus::graduated ||
                                each.status == StudentStatus::withdrawn || each.status == StudentStatus::deceased);
    };
    if (const Student* student = next(may_not))
      world_.examples.push_back(refused_transfer_example(*student, asking, random_));
  }

  /// Of single pupils of the first school; a whole class stands among the requests under way.
  void add_class_changes(const ClassBusiness& business) {
    constexpr std::size_t changes = 3;
    const auto is_in_school = [](const Student& each) { return each.status == StudentStatus::in_school; };
    for (std::size_t added = 0; added < changes; ++added)
      if (const Student* student = next(is_in_school)) {
        DemoExample& example = add_class_change(business, *student, added == 1 ? "4班" : "5班", "");
        if (added == 1)
          reject(example, {"head"}, "该班已满额，不予调入");
        else
          approve(example, {"head"});
        example.then.student = {{"class", added == 1 ? student->class_name : "5班"}};
      }
    const auto is_away = [](const Student& each) { return each.status == StudentStatus::missing; };
    if (const Student* student = next(is_away)) add_class_change(business, *student, "5班", "validation");
  }

 private:
  DemoExample& add_class_change(const ClassBusiness& business, const Student& student, std::string new_class,
                                std::string refused) {
    FieldValues fields{{"new_class", new_class}};
    if (!business.ground.empty()) fields.emplace("ground", business.ground);
    world_.examples.push_back({fmt::format("{}：{} → {} · {}{}", business.zh, student.name, new_class, business.en,
                                           refused.empty() ? "" : ", refused"),
                               std::string(business.workflow),
                               student.id,
                               std::move(fields),
                               "",
                               "registrar",
                               {},
                               std::move(refused)});
    return world_.examples.back();
  }

  static void approve(DemoExample& example, const std::vector<std::string>& deciders) {
    example.way = approved_by(deciders);
    example.then.outcome = "completed";
  }

  static void reject(DemoExample& example, const std::vector<std::string>& deciders, std::string why) {
    example.way = rejected_by(deciders, std::move(why));
    example.then.outcome = "rejected";
  }

  static void refuse_last(DemoExample& example, const std::vector<std::string>& deciders, std::string refused) {
    example.way = approved_by(deciders);
    example.way.back().refused = std::move(refused);
  }

  /// Nobody in the last grade.
  template <class Wanted>
  const Student* next(Wanted wanted) const {
    for (std::size_t position = reserved_students; position < first_school_students; ++position) {
      const Student& student = world_.students[position];
      const bool is_taken = std::any_of(world_.examples.begin(), world_.examples.end(),
                                        [&](const DemoExample& each) { return each.student == student.id; });
      if (!is_taken && student.grade != last_grade_of_primary && wanted(student)) return &student;
    }
    return nullptr;
  }

  /// With what the record says today.
  DemoExample& add_status_change(const StatusChange& change, const Student& student, std::string refused) {
    FieldValues fields = fields_of(change, student, random_);
    auto evidence = evidence_of(fields);
    world_.examples.push_back({fmt::format("{}{}：{} · {}{}", change.zh, refused.empty() ? "" : "（不予受理）",
                                           student.name, change.en, refused.empty() ? "" : ", refused"),
                               std::string{change.workflow}, student.id, std::move(fields), "", "registrar",
                               std::move(evidence), std::move(refused)});
    DemoExample& example = world_.examples.back();
    example.then.student = {{"status", std::string{to_string(student.status)}}};
    return example;
  }

  void add_name_change(const Student& student) {
    const std::string name = values_.name(student);
    world_.population[*student.id_number] = name;
    add(fmt::format("更名：{} → {} · change of name", student.name, name), student, {{"new_name", name}}, "");
  }

  void add_id_number_change(const Student& student) {
    const std::string number = values_.id_number(student);
    world_.population[number] = student.name;
    add(fmt::format("更正身份证件号码：{} · change of ID number", student.name), student, {{"new_id_number", number}},
        "");
  }

  void add_both(const Student& student) {
    const std::string name = values_.name(student);
    const std::string number = values_.id_number(student);
    world_.population[number] = name;
    add(fmt::format("更名并更正身份证件号码：{} → {} · change of both", student.name, name), student,
        {{"new_name", name}, {"new_id_number", number}}, "");
  }

  void add(std::string title, const Student& student, FieldValues fields, std::string cause) {
    values_.give_reason(fields);
    DemoExample example{std::move(title), "key-information-change", student.id, std::move(fields), std::move(cause),
                        "registrar",      {"household_register"}};
    const std::vector<std::string> deciders{"head", "county", "county-approver"};
    approve(example, deciders);
    if (!example.cause.empty()) judge(example);
    const bool is_changed = example.then.outcome == "completed";
    const auto becomes = [&](const char* field, const std::string& today) {
      return is_changed && example.fields.contains(field) ? example.fields.at(field) : today;
    };
    example.then.student = {{"name", becomes("new_name", student.name)},
                            {"idNumber", becomes("new_id_number", *student.id_number)}};
    world_.examples.push_back(std::move(example));
  }

  /// What the checks found suspect: who is only named like somebody else is another person, the rest is turned down.
  static void judge(DemoExample& example) {
    if (example.cause == "unknown_person") {
      example.way.push_back({"county", "reject", "人口库查无此号，不予办理"});
      example.then.outcome = "rejected";
      return;
    }
    const bool is_another_person = example.cause == "same_name_birth_date_sex";
    example.way.push_back({"county", "escalate", "核查疑点无法在本级认定，提请省级认定"});
    example.way.push_back(
        {"province-approver", is_another_person ? "approve" : "reject",
         is_another_person ? "经核实系同名同日出生的另一名学生，准予变更" : "与人口库记载不符，不予办理"});
    if (!is_another_person) example.then.outcome = "rejected";
  }

  DemoWorld& world_;
  NewValues& values_;
  DemoRandom random_{15};
};

}  // namespace

void add_examples(DemoWorld& world, NewValues& values) {
  ExampleMaker maker{world, values};
  for (std::size_t position = 0; position < clear_examples; ++position)
    maker.add_clear(world.students[position], position);
  std::size_t suspects = 0;
  for (std::size_t position = clear_examples; suspects < suspect_examples; ++position) {
    const Student& student = world.students[position];
    switch (suspects % 3) {
      case 0:
        maker.add_unknown_person(student);
        break;
      case 1:
        maker.add_mismatch(student);
        break;
      default:
        if (!maker.add_same_person(student)) continue;
    }
    ++suspects;
  }
  for (std::size_t order = 0; order < deletions; ++order)
    maker.add_deletion(world.students[reserved_students - deletions + order], order);
  for (const StatusChange& change : status_changes()) maker.add_refused(change);
  for (const StatusChange& change : status_changes()) maker.add_status_changes(change);
  maker.add_transfers();
  for (const ClassBusiness& business : class_businesses) maker.add_class_changes(business);
}

}  // namespace xueji::demo

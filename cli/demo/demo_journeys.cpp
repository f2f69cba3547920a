#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <span>
#include <string_view>

#include "cli/demo/demo_parts.hpp"
#include "cli/demo/new_values.hpp"
#include "cli/demo/status_changes.hpp"

namespace xueji::demo {
namespace {

/// A kind of journey: its acts in order, how many requests go that way, and how many working days ago they may have
/// begun. Long ago with few acts is what makes tasks overdue.
struct Way {
  std::string_view acts;
  std::size_t requests;
  int days_ago_min;
  int days_ago_max;
};

constexpr std::array name_and_number_ways{
    Way{"", 12, 1, 12},
    Way{"submit", 18, 1, 4},
    Way{"submit", 5, 7, 16},
    Way{"submit claim", 4, 1, 3},
    Way{"submit approve", 20, 2, 7},
    Way{"submit approve", 4, 13, 20},
    Way{"submit approve claim", 5, 2, 5},
    Way{"submit approve approve", 18, 3, 9},
    Way{"submit approve approve approve unavailable", 6, 3, 6},
    Way{"submit approve approve approve suspect", 14, 4, 10},
    Way{"submit approve approve approve suspect escalate", 9, 5, 10},
    Way{"submit return", 6, 2, 8},
    Way{"submit approve return", 8, 3, 9},
    Way{"submit approve return submit", 3, 3, 6},
    Way{"submit approve approve approve clear", 26, 5, 30},
    Way{"submit approve return submit approve approve approve clear", 8, 10, 30},
    Way{"submit approve approve approve suspect escalate approve", 4, 10, 30},
    Way{"submit reject", 4, 4, 30},
    Way{"submit approve approve reject", 4, 6, 30},
    Way{"submit approve approve approve suspect reject", 4, 8, 30},
    Way{"submit withdraw", 4, 3, 30},
    Way{"discard", 3, 2, 30},
};

constexpr std::array deletion_ways{
    Way{"", 4, 1, 8},
    Way{"submit", 5, 1, 7},
    Way{"submit", 2, 13, 20},
    Way{"submit approve", 6, 2, 12},
    Way{"submit approve claim", 2, 2, 6},
    Way{"submit approve approve", 5, 3, 14},
    Way{"submit approve return", 3, 3, 10},
    Way{"submit approve approve approve", 6, 6, 30},
    Way{"submit reject", 2, 4, 30},
    Way{"submit approve reject", 2, 6, 30},
    Way{"submit withdraw", 2, 3, 30},
};

/// Of a business that a school files and its authority approves.
constexpr std::array status_ways{
    Way{"", 3, 1, 12},
    Way{"submit", 4, 1, 4},
    Way{"submit", 2, 7, 16},
    Way{"submit claim", 1, 1, 3},
    Way{"submit approve", 4, 2, 7},
    Way{"submit approve", 2, 13, 20},
    Way{"submit approve claim", 1, 2, 6},
    Way{"submit return", 2, 2, 8},
    Way{"submit approve return", 1, 3, 9},
    Way{"submit approve approve", 4, 4, 30},
    Way{"submit return submit approve approve", 1, 8, 30},
    Way{"submit reject", 2, 4, 30},
    Way{"submit approve reject", 1, 6, 30},
    Way{"submit withdraw", 1, 3, 30},
    Way{"discard", 1, 2, 30},
};

/// Of a transfer between schools of two authorities, and of one.
constexpr std::array transfer_ways{
    Way{"", 3, 1, 6},
    Way{"submit", 3, 1, 5},
    Way{"submit", 1, 13, 18},
    Way{"submit approve", 3, 2, 7},
    Way{"submit approve claim", 1, 2, 5},
    Way{"submit approve approve", 3, 3, 9},
    Way{"submit approve approve approve", 3, 4, 12},
    Way{"submit approve approve approve approve", 4, 8, 30},
    Way{"submit approve return", 1, 3, 8},
    Way{"submit approve approve reject", 2, 6, 30},
    Way{"submit withdraw", 1, 3, 30},
    Way{"discard", 1, 2, 30},
};
constexpr std::array transfer_ways_of_one_authority{
    Way{"submit approve", 1, 2, 6},
    Way{"submit approve approve approve", 2, 8, 30},
};

constexpr std::array transfer_ways_between_provinces{
    Way{"submit approve approve approve approve", 2, 8, 14},
    Way{"submit approve approve approve approve fetch", 2, 10, 30},
};

/// How far apart the schools of a transfer are.
enum class Apart { under_one_authority, in_one_province, in_two_provinces };

/// Of a class that is renamed by its school.
constexpr std::array class_ways{
    Way{"", 1, 1, 3},
    Way{"submit", 2, 1, 3},
    Way{"submit claim", 1, 1, 2},
    Way{"submit", 1, 7, 12},
    Way{"submit set_aside", 1, 2, 4},
    Way{"submit return", 1, 2, 5},
    Way{"submit approve", 2, 3, 20},
    Way{"submit set_aside approve", 1, 4, 20},
    Way{"submit return submit approve", 1, 5, 20},
    Way{"submit reject", 1, 4, 20},
    Way{"submit withdraw", 1, 3, 20},
    Way{"discard", 1, 2, 20},
};

/// Of a class whose pupils are divided; the draft is half filled in.
constexpr std::array division_ways{
    Way{"", 1, 1, 3},
    Way{"submit", 1, 1, 3},
    Way{"submit return", 1, 2, 5},
    Way{"submit approve", 1, 3, 20},
    Way{"submit reject", 1, 4, 20},
    Way{"submit withdraw", 1, 3, 20},
};

/// Of any business: a draft that nobody touched until it expired.
constexpr Way forgotten{"", 2, 32, 40};

constexpr std::array return_comments{"户口簿扫描件不清晰，请重新上传本人页", "变更原因请写明依据的证明文件",
                                     "请补充公安机关出具的变更证明", "新姓名与户口簿所载不一致，请核对"};
constexpr std::array status_return_comments{"监护人申请书未签名，请补签后重报", "证明材料不清晰，请重新上传",
                                            "请核对日期与编入年级"};
constexpr std::array status_reject_comments{"证明材料不足，不予办理", "经核实情况不属实，不予办理"};
constexpr std::array transfer_return_comments{"居住证明不清晰，请重新上传", "转学申请表缺监护人签名，请补签后重报"};
constexpr std::array transfer_reject_comments{"证明材料不足以支持转学事由，不予办理", "经核实家庭住址未变迁，不予办理"};
constexpr std::array reject_comments{"证明材料不足以支持变更，不予办理", "经核实不属于关键信息变更范围，不予办理"};
constexpr std::array class_return_comments{"班名请写全称", "请核对编入的班级"};
constexpr std::array class_reject_comments{"本学期不再调整班级，不予办理"};
constexpr std::array class_names{"阳光班", "启航班", "远航班", "晨光班"};
constexpr std::size_t not_known_to_the_nation_every = 7;
constexpr std::size_t first_school_turn = 7;

class JourneyMaker {
 public:
  JourneyMaker(DemoWorld& world, NewValues& values) : world_(world), values_(values), offices_(world.offices) {
    for (const DemoExample& example : world.examples) used_.insert(example.student);
    const OfficeId first = office_by_code(world.offices, first_school_code).id;
    for (const Office& office : world.offices)
      if (office.level == Level::school && office.code != township_school_code) schools_.push_back(office.id);
    std::rotate(schools_.begin(), std::find(schools_.begin(), schools_.end(), first), schools_.end());
  }

  void add(const Way& way, const std::string& workflow) {
    DemoJourney journey = begun(way, workflow);
    journey.steps = steps(way, journey.working_days_ago, return_comments, reject_comments);
    const bool about_a_number = workflow == "g-number-deletion";
    const Student& student = next_student([about_a_number](const Student& each) {
      return each.id_number && each.status == StudentStatus::in_school && (!about_a_number || current_g_number(each));
    });
    journey.student = student.id;
    if (about_a_number)
      fill_in_deletion(journey, student);
    else
      fill_in_change(journey, student, way);
    world_.journeys.push_back(std::move(journey));
  }

  void add(const Way& way, const StatusChange& change) {
    DemoJourney journey = begun(way, std::string{change.workflow});
    journey.steps = steps(way, journey.working_days_ago, status_return_comments, status_reject_comments);
    const Student& student = next_student([&](const Student& each) { return may_begin(change, each); });
    journey.student = student.id;
    journey.fields = fields_of(change, student, random_);
    journey.evidence = evidence_of(journey.fields);
    world_.journeys.push_back(std::move(journey));
  }

  /// Into a school of the first school's province, where the national file applies.
  void add_transfer(const Way& way, Apart apart) {
    const Student& student = next_student([&](const Student& each) {
      return may_transfer(each) && is_in_first_province(each.school) == (apart != Apart::in_two_provinces) &&
             !receiving_schools(each, apart).empty();
    });
    add_transfer(way, student, random_.pick(receiving_schools(student, apart)));
  }

  void add_class_change(const Way& way, bool at_first_school) {
    DemoJourney journey = about_a_class(way, "class-change", at_first_school);
    journey.fields["ground"] = "renamed";
    journey.fields["new_class"] = random_.pick(class_names);
    world_.journeys.push_back(std::move(journey));
  }

  void add_class_division(const Way& way, bool at_first_school) {
    DemoJourney journey = about_a_class(way, "class-division", at_first_school);
    const std::size_t filled = journey.steps.empty() ? journey.students.size() / 2 : journey.students.size();
    journey.each.resize(journey.students.size());
    for (std::size_t at = 0; at < filled; ++at) journey.each[at] = {{"new_class", class_names[at % 2]}};
    world_.journeys.push_back(std::move(journey));
  }

 private:
  /// Of a whole class but those who are in another business, or kept for examples; on demand at the first school.
  DemoJourney about_a_class(const Way& way, const std::string& workflow, bool at_first_school) {
    DemoJourney journey = begun(way, workflow);
    journey.steps = steps(way, journey.working_days_ago, class_return_comments, class_reject_comments);
    const Student& first = next_student([&](const Student& each) {
      return each.status == StudentStatus::in_school && (!at_first_school || each.school == schools_.front());
    });
    journey.student = first.id;
    for (const Student& each : std::span{world_.students}.subspan(reserved_students))
      if (each.school == first.school && each.grade == first.grade && each.class_name == first.class_name &&
          (each.id == first.id || used_.insert(each.id).second))
        journey.students.push_back(each.id);
    journey.fields = {{"grade", first.grade}, {"class", first.class_name}};
    return journey;
  }

  static bool may_transfer(const Student& student) {
    return student.id_number && student.status == StudentStatus::in_school;
  }

  void add_transfer(const Way& way, const Student& student, OfficeId asking) {
    DemoJourney journey = begun(way, "transfer");
    journey.steps = steps(way, journey.working_days_ago, transfer_return_comments, transfer_reject_comments);
    journey.student = student.id;
    journey.asking = asking;
    journey.fields = transfer_fields(random_);
    journey.evidence = {"application", "household_register"};
    world_.journeys.push_back(std::move(journey));
  }

  bool is_in_first_province(OfficeId school) const {
    return offices_.at_level(school, Level::province) == offices_.at_level(schools_.front(), Level::province);
  }

  /// Those that teach the pupil's grade.
  std::vector<OfficeId> receiving_schools(const Student& student, Apart apart) const {
    std::vector<OfficeId> receiving;
    for (const OfficeId school : schools_) {
      const bool have_one_authority = offices_.authority_of(school) == offices_.authority_of(student.school);
      const auto grades = grades_taught(*offices_.find(school));
      if (school != student.school && is_in_first_province(school) &&
          have_one_authority == (apart == Apart::under_one_authority) &&
          std::find(grades.begin(), grades.end(), student.grade) != grades.end())
        receiving.push_back(school);
    }
    return receiving;
  }

  DemoJourney begun(const Way& way, std::string workflow) {
    DemoJourney journey;
    journey.workflow = std::move(workflow);
    journey.working_days_ago =
        way.days_ago_min +
        static_cast<int>(random_.below(static_cast<std::size_t>(way.days_ago_max - way.days_ago_min + 1)));
    return journey;
  }

  std::vector<DemoStep> steps(const Way& way, int working_days_ago, std::span<const char* const> returns,
                              std::span<const char* const> rejections) {
    std::vector<DemoStep> made;
    const auto acts = words_of(way.acts);
    const bool recent = acts.size() * 8 > static_cast<std::size_t>(working_days_ago) * 4;
    for (const std::string& act : acts) {
      const bool by_machine = act == "clear" || act == "suspect" || act == "unavailable";
      const double share = 0.1 + 0.1 * static_cast<double>(random_.below(9));
      const double hours = by_machine ? 0.02
                           : recent   ? share * 8.0 * working_days_ago / (static_cast<double>(acts.size()) + 1)
                                      : share * 6;
      std::string comment;
      if (act == "return") comment = random_.pick(returns);
      if (act == "reject") comment = random_.pick(rejections);
      if (act == "set_aside") comment = "该生将调入其他班，不随班更名";
      if (act == "escalate") comment = "核查疑点无法在本级认定，提请省级认定";
      made.push_back({act, comment, made.empty() ? hours / 4 : hours});
    }
    return made;
  }

  /// Schools in turn, school 1 more often than the others.
  const Student& next_student(const std::function<bool(const Student&)>& is_wanted) {
    for (;;) {
      ++turn_;
      const OfficeId school = turn_ % first_school_turn == 0 ? schools_.front() : schools_[turn_ % schools_.size()];
      const std::size_t start = reserved_students + random_.below(world_.students.size() - reserved_students);
      for (std::size_t position = start; position < world_.students.size(); ++position) {
        const Student& student = world_.students[position];
        const bool fits = student.school == school && is_wanted(student);
        if (fits && used_.insert(student.id).second) return student;
      }
    }
  }

  void fill_in_change(DemoJourney& journey, const Student& student, const Way& way) {
    const bool suspect = way.acts.find("suspect") != std::string_view::npos;
    const bool of_number = random_.one_in(3);
    journey.evidence = {"household_register", "household_register"};
    values_.give_reason(journey.fields);
    if (of_number)
      journey.fields["new_id_number"] = values_.id_number(student);
    else
      journey.fields["new_name"] = values_.name(student);
    const bool known = !suspect && ++known_turn_ % not_known_to_the_nation_every != 0;
    if (!known)
      journey.cause = of_number ? "unknown_person" : "no_match";
    else if (of_number)
      world_.population[journey.fields["new_id_number"]] = student.name;
    else
      world_.population[*student.id_number] = journey.fields["new_name"];
  }

  void fill_in_deletion(DemoJourney& journey, const Student& student) {
    static constexpr std::array<std::string_view, 2> grounds{"duplicate_status", "false_status"};
    journey.evidence = {"certification", "certification"};
    journey.fields = {{"number", current_g_number(student)->number},
                      {"ground", std::string{random_.pick(grounds)}},
                      {"statement", "学生在两校同时建有学籍，经两校及主管部门核实，本校学籍系重复建立，申请删除。"}};
  }

  DemoWorld& world_;
  NewValues& values_;
  const OfficeTree offices_;
  DemoRandom random_{9};
  std::set<StudentId> used_;
  std::vector<OfficeId> schools_;
  std::size_t turn_ = 0;
  std::size_t known_turn_ = 0;
};

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    result.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

void add_journeys(DemoWorld& world, NewValues& values) {
  JourneyMaker maker{world, values};
  for (const Way& way : name_and_number_ways)
    for (std::size_t made = 0; made < way.requests; ++made) maker.add(way, "key-information-change");
  for (const Way& way : deletion_ways)
    for (std::size_t made = 0; made < way.requests; ++made) maker.add(way, "g-number-deletion");
  for (const auto* workflow : {"key-information-change", "g-number-deletion"})
    for (std::size_t made = 0; made < forgotten.requests; ++made) maker.add(forgotten, workflow);
  for (const StatusChange& change : status_changes()) {
    for (const Way& way : status_ways)
      for (std::size_t made = 0; made < way.requests; ++made) maker.add(way, change);
    for (std::size_t made = 0; made < forgotten.requests; ++made) maker.add(forgotten, change);
  }
  for (const Way& way : transfer_ways)
    for (std::size_t made = 0; made < way.requests; ++made) maker.add_transfer(way, Apart::in_one_province);
  for (const Way& way : transfer_ways_of_one_authority)
    for (std::size_t made = 0; made < way.requests; ++made) maker.add_transfer(way, Apart::under_one_authority);
  maker.add_transfer(forgotten, Apart::in_one_province);
  for (const Way& way : class_ways)
    for (std::size_t made = 0; made < way.requests; ++made) maker.add_class_change(way, made == 1);
  maker.add_class_change(forgotten, false);
  for (const Way& way : transfer_ways_between_provinces)
    for (std::size_t made = 0; made < way.requests; ++made) maker.add_transfer(way, Apart::in_two_provinces);
  for (const Way& way : division_ways)
    for (std::size_t made = 0; made < way.requests; ++made) maker.add_class_division(way, way.acts.empty());
  maker.add_class_division(forgotten, false);
}

}  // namespace xueji::demo

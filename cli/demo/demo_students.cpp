#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "cli/demo/demo_parts.hpp"
#include "engine/registry/number_coding.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji::demo {
namespace {

constexpr int school_year = 2026;
constexpr std::size_t duplicate_pairs = 12;

constexpr int last_compulsory_grade = 9;
constexpr std::array statuses_in_compulsory_stages{
    StudentStatus::suspended, StudentStatus::suspended,   StudentStatus::abroad,  StudentStatus::left,
    StudentStatus::left,      StudentStatus::dropped_out, StudentStatus::missing, StudentStatus::deceased};
constexpr std::array statuses_in_senior_schools{
    StudentStatus::suspended, StudentStatus::abroad,    StudentStatus::left,      StudentStatus::withdrawn,
    StudentStatus::expelled,  StudentStatus::graduated, StudentStatus::completed, StudentStatus::attended};

struct Grades {
  int first;
  int last;
};
Grades grades_of(const Office& school) {
  if (school.code.starts_with("21")) return {1, 6};
  if (school.code.starts_with("31")) return {7, 9};
  return {10, 12};
}

Date day(int year, unsigned month, unsigned day_of_month) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}

const Date end_of_autumn_term = day(school_year + 1, 1, 31);
const Date end_of_school_year = day(school_year + 1, 8, 31);

/// The division in which the school lies; for one directly under a province or prefecture, that one's code. A
/// township's code begins with its county's.
std::string division_of(const std::vector<Office>& offices, const Office& school) {
  const auto above =
      std::find_if(offices.begin(), offices.end(), [&](const Office& each) { return each.id == school.supervisor; });
  return above->code.substr(0, 6);
}

class StudentMaker {
 public:
  explicit StudentMaker(const std::vector<Office>& offices) : offices_(offices) {}

  void add(const Office& school, bool reserved) {
    Student student;
    student.id = StudentId{static_cast<std::int64_t>(students_.size()) + 1};
    student.school = school.id;
    student.sex = random_.one_in(2) ? Sex::female : Sex::male;
    const Grades grades = grades_of(school);
    // With nobody in the last grade is anything begun for half of the summer.
    const int first_grade = reserved ? std::max(2, grades.first) : grades.first;
    const int last_grade = reserved ? grades.last - 1 : grades.last;
    const int grade =
        first_grade + static_cast<int>(random_.below(static_cast<std::size_t>(last_grade - first_grade + 1)));
    student.grade = std::to_string(grade);
    student.class_name = fmt::format("{}班", 1 + random_.below(3));
    const auto oldest = std::chrono::sys_days{day(school_year - 6 - grade, 9, 1)};
    student.birth_date = Date{oldest + std::chrono::days{random_.below(365)}};
    do student.name = make_name(random_);
    while (!people_.emplace(student.name, student.birth_date, student.sex).second);
    give_numbers(student, division_of(offices_, school), school_year - (grade - grades.first), reserved);
    if (!reserved && random_.one_in(13)) student.status = other_status(school);
    // Whoever is away does not move up with the others.
    const bool is_away = student.status != StudentStatus::in_school && grades.last <= last_compulsory_grade;
    if (is_away && grade == grades.last) student.grade = std::to_string(grade - 1);
    if (student.status == StudentStatus::suspended)
      student.status_until = students_.size() % 3 == 0 ? end_of_autumn_term : end_of_school_year;
    students_.push_back(std::move(student));
  }

  std::vector<Student> take() { return std::move(students_); }

 private:
  StudentStatus other_status(const Office& school) {
    return school.code.starts_with("34") ? random_.pick(statuses_in_senior_schools)
                                         : random_.pick(statuses_in_compulsory_stages);
  }

  /// L in September of the entry year; G in the spring after, J where there was no ID number.
  void give_numbers(Student& student, const std::string& division, int entry_year, bool reserved) {
    const Instant entered = start_of_day_in_china(day(entry_year, 9, 10));
    const Instant distributed = start_of_day_in_china(day(entry_year + 1, 4, 15));
    const bool without_document = !reserved && random_.one_in(40);
    if (!without_document) student.id_number = unique_id_number(division, student);
    const bool distributed_yet = entry_year < school_year;
    const bool kept_waiting = !reserved && random_.one_in(25);
    if (without_document) return add_number(student, 'J', division, NumberState::current, entered);
    if (!distributed_yet || kept_waiting) return add_number(student, 'L', division, NumberState::current, entered);
    if (random_.one_in(4)) add_number(student, random_.one_in(8) ? 'J' : 'L', division, NumberState::former, entered);
    // One in a hundred has corrected the ID number since: the G number lawfully differs from it.
    const std::string coded =
        !reserved && random_.one_in(100) ? unique_id_number(division, student) : *student.id_number;
    student.numbers.push_back({"G" + coded, NumberKind::G, NumberState::current, distributed});
    taken_.insert("G" + coded);
  }

  std::string unique_id_number(const std::string& division, const Student& student) {
    std::string number;
    do number = make_id_number(division, student.birth_date, student.sex, random_);
    while (!taken_.insert(number).second);
    return number;
  }

  void add_number(Student& student, char prefix, const std::string& division, NumberState state, Instant since) {
    std::string number;
    do number = make_temporary_number(prefix, division, student.birth_date, random_);
    while (!taken_.insert(number).second);
    student.numbers.push_back({number, prefix == 'J' ? NumberKind::J : NumberKind::L, state, since});
  }

  const std::vector<Office>& offices_;
  std::vector<Student> students_;
  std::set<std::string> taken_;
  std::set<std::tuple<std::string, Date, Sex>> people_;
  DemoRandom random_{2026};
};

/// For the checks to find: pairs with the same ID number, and pairs with the same name, birth date and sex.
void plant_duplicates(std::vector<Student>& students) {
  DemoRandom random{77};
  constexpr std::size_t first = 700;
  constexpr std::size_t apart = 2500;
  std::size_t planted = 0;
  for (std::size_t position = first; planted < 2 * duplicate_pairs; position += 41) {
    const Student& one = students[position];
    Student& other = students[position + apart];
    if (!one.id_number || !other.id_number) continue;
    other.name = one.name;
    other.birth_date = one.birth_date;
    other.sex = one.sex;
    const Instant since = other.numbers.front().since;
    const std::string division = other.id_number->substr(0, 6);
    const bool same_id_number = planted++ % 2 == 0;
    other.id_number = same_id_number ? *one.id_number : make_id_number(division, one.birth_date, one.sex, random);
    other.numbers = {
        {make_temporary_number('L', division, one.birth_date, random), NumberKind::L, NumberState::current, since}};
  }
}

/// The eighteen characters of a number are one student's: an L or J number that happens to have those of an ID number
/// or of a number before it is the next free one.
void keep_characters_apart(std::vector<Student>& students) {
  std::set<std::string, std::less<>> taken;
  for (const Student& student : students) {
    if (student.id_number) taken.insert(*student.id_number);
    for (const StudentNumber& each : student.numbers)
      if (each.kind == NumberKind::G) taken.insert(each.number.substr(1));
  }
  const IsTaken is_taken = [&](std::string_view characters) { return taken.contains(characters); };
  for (Student& student : students)
    for (StudentNumber& each : student.numbers) {
      if (each.kind == NumberKind::G || taken.insert(each.number.substr(1)).second) continue;
      const NumberRange range{each.number.substr(1, 6), student.birth_date, student.sex};
      each.number = first_free_number(each.kind, range, is_taken).value();
      taken.insert(each.number.substr(1));
    }
}

}  // namespace

std::vector<Student> make_students(const std::vector<Office>& offices) {
  StudentMaker maker{offices};
  const Office& first_school = office_by_code(offices, first_school_code);
  for (std::size_t made = 0; made < first_school_students; ++made) maker.add(first_school, made < reserved_students);
  std::vector<const Office*> others;
  for (const Office& office : offices)
    if (office.level == Level::school && office.id != first_school.id && office.code != township_school_code)
      others.push_back(&office);
  for (std::size_t made = first_school_students; made < students_wanted - township_school_students; ++made)
    maker.add(*others[made % others.size()], false);
  const Office& township_school = office_by_code(offices, township_school_code);
  for (std::size_t made = 0; made < township_school_students; ++made) maker.add(township_school, false);
  auto students = maker.take();
  plant_duplicates(students);
  keep_characters_apart(students);
  return students;
}

}  // namespace xueji::demo

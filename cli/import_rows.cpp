#include "cli/import_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

/// Reads the cells of one row; what does not fit becomes a fault at its cell.
class RowReader {
 public:
  RowReader(const TableRow& row, const std::string& file, std::vector<Fault>& faults)
      : row_(row), file_(file), faults_(faults) {}

  const std::string& text(std::string_view heading) const { return row_.text(heading); }
  void fail(std::string_view heading, std::string what, std::string advice) {
    faults_.push_back({file_, row_.place(heading), std::move(what), std::move(advice)});
  }
  void complain(std::string_view heading, const Complaint& complaint) {
    if (complaint) fail(heading, complaint->en, "correct this cell");
  }
  void limit(std::string_view heading, std::size_t code_points_max) {
    if (code_points(text(heading)) > code_points_max)
      fail(heading, fmt::format("longer than {} characters", code_points_max), "shorten this cell");
  }
  const Office* office(std::string_view heading, const OfficesByCode& offices) {
    const auto found = offices.find(text(heading));
    if (found != offices.end()) return &found->second;
    fail(heading, fmt::format("there is no office with the code `{}`", text(heading)),
         "import the offices first, supervisors before others");
    return nullptr;
  }

 private:
  const TableRow& row_;
  const std::string& file_;
  std::vector<Fault>& faults_;
};

bool is_code(const std::string& text, Level level) {
  return text.size() == (level == Level::school ? 10U : 6U) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void read_identity(RowReader& row, Student& student, std::set<std::string>& id_numbers, Date today) {
  const std::string number = normalise_id_number(row.text("id_number"));
  const auto sex = parse_sex(row.text("sex"));
  const auto born = parse_date(row.text("birth_date"));
  if (!row.text("sex").empty() && !sex) row.fail("sex", "this is no sex", "write male or female");
  if (!row.text("birth_date").empty() && !born) row.fail("birth_date", "this is no date", "write YYYY-MM-DD");
  if (born && *born > today) row.fail("birth_date", "this day is still to come", "correct it");
  if (number.empty()) {
    if (row.text("sex").empty() || row.text("birth_date").empty())
      row.fail("id_number", "without an ID number sex and birth date are needed", "fill them in");
    student.sex = sex.value_or(Sex::male);
    student.birth_date = born.value_or(Date{});
    return;
  }
  if (const auto complaint = check_id_number(number, today)) return row.complain("id_number", complaint);
  if (!id_numbers.insert(number).second)
    row.fail("id_number", "another line has this ID number", "one ID number is one student's; remove one of the two");
  student.id_number = number;
  student.sex = sex_of_id_number(number);
  student.birth_date = birth_date_of_id_number(number);
  if (sex && *sex != student.sex)
    row.fail("sex", "this is not the sex that the ID number says", "correct one of the two");
  if (born && *born != student.birth_date)
    row.fail("birth_date", "this is not the birth date that the ID number says", "correct one of the two");
}

void read_number(RowReader& row, Student& student, std::set<std::string>& numbers, Instant now) {
  const std::string number = normalise_id_number(row.text("number"));
  if (number.empty()) return;
  if (const auto complaint = check_student_number(number)) return row.complain("number", complaint);
  if (!numbers.insert(number).second)
    row.fail("number", "another line has this student number", "one number is one student's for ever");
  student.numbers.push_back({number, *kind_of_student_number(number), NumberState::current, now});
}

}  // namespace

std::vector<Office> offices_of_rows(const std::vector<TableRow>& rows, const std::string& file,
                                    const OfficesByCode& known, std::int64_t first_id, std::vector<Fault>& faults) {
  OfficesByCode offices = known;
  std::vector<Office> made;
  for (const TableRow& each : rows) {
    RowReader row{each, file, faults};
    const auto level = parse_level(row.text("level"));
    if (!level) {
      row.fail("level", fmt::format("there is no level `{}`", row.text("level")),
               "write ministry, province, prefecture, county or school");
      continue;
    }
    if (!is_code(row.text("code"), *level))
      row.fail("code", "this is no code of that level", "schools have 10 digits, all others 6");
    if (row.text("name").empty()) row.fail("name", "the name is missing", "fill it in");
    row.limit("name", office_name_code_points_max);
    Office office{
        OfficeId{first_id + static_cast<std::int64_t>(made.size())}, row.text("code"), row.text("name"), *level, {}};
    if (*level == Level::ministry) {
      if (!row.text("supervisor").empty())
        row.fail("supervisor", "nobody supervises the ministry", "leave this cell empty");
      if (std::any_of(offices.begin(), offices.end(),
                      [](const auto& known_one) { return known_one.second.level == Level::ministry; }))
        row.fail("level", "there is a ministry already", "keep one");
    } else if (const Office* above = row.office("supervisor", offices)) {
      office.supervisor = above->id;
      if (above->level >= *level)
        row.fail("supervisor", "an office is supervised by one of a higher level", "correct the code or the level");
      else if (above->level == Level::ministry && *level != Level::province)
        row.fail("supervisor", "only provinces are directly under the ministry",
                 "write the code of its province, or of an office below that");
    }
    if (!offices.emplace(office.code, office).second)
      row.fail("code", "there is an office with this code already", "remove this line");
    made.push_back(std::move(office));
  }
  return made;
}

std::vector<Student> students_of_rows(const std::vector<TableRow>& rows, const std::string& file,
                                      const OfficesByCode& offices, Instant now, std::vector<Fault>& faults) {
  std::set<std::string> numbers, id_numbers;
  std::vector<Student> made;
  for (const TableRow& each : rows) {
    RowReader row{each, file, faults};
    Student student;
    if (const Office* school = row.office("school", offices)) {
      student.school = school->id;
      if (school->level != Level::school)
        row.fail("school", "this office is no school", "write the school's code of 10 digits");
    }
    student.name = row.text("name");
    row.complain("name", check_person_name(student.name));
    read_identity(row, student, id_numbers, china_date(now));
    read_number(row, student, numbers, now);
    const auto status =
        row.text("status").empty() ? StudentStatus::in_school : parse_student_status(row.text("status"));
    if (!status)
      row.fail("status", fmt::format("there is no status `{}`", row.text("status")),
               "write one as in in_school, suspended, abroad");
    student.status = status.value_or(StudentStatus::in_school);
    row.limit("class", class_code_points_max);
    row.limit("grade", grade_code_points_max);
    student.grade = row.text("grade");
    student.class_name = row.text("class");
    made.push_back(std::move(student));
  }
  return made;
}

}  // namespace xueji

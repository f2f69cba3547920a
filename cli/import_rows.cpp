#include "cli/import_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "cli/written_values.hpp"
#include "engine/base/text.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

/// Reads the cells of one row; what does not fit becomes a fault at its cell.
class RowReader {
 public:
  RowReader(const TableRow& row, ImportReport& report) : row_(row), report_(report) {}

  const std::string& text(std::string_view heading) const { return row_.text(heading); }
  /// A word of ours, or a choice.
  std::string word(std::string_view heading) const { return plain_characters(text(heading)); }
  std::string number(std::string_view heading) {
    std::string read = written_number(text(heading));
    note_if(read != text(heading), heading);
    if (is_rounded_number(read))
      fail(heading,
           {"这个号码已被表格软件舍入，末几位已丢失",
            "the spreadsheet has rounded this number, its last digits are lost"},
           {"请将该列设为文本格式后重新录入", "format the column as text and enter the number again"});
    return read;
  }
  std::optional<Date> date(std::string_view heading) {
    const auto read = written_date(text(heading));
    note_if(read && to_string(*read) != text(heading), heading);
    if (!read && !is_blank(text(heading)))
      fail(heading, {"这不是日期", "this is no date"}, {"请写作 2015-09-01", "write it as 2015-09-01"});
    return read;
  }
  /// Empty where the cell is, or is no grade.
  std::string grade(std::string_view heading) {
    if (is_blank(text(heading))) return {};
    const auto read = written_grade(text(heading));
    if (!read) {
      fail(heading, {"这不是年级", "this is no grade"},
           {"请写 1 至 12，或如 五年级、初一、高一", "write 1 to 12, or as in 五年级, 初一, 高一"});
      return {};
    }
    note_if(*read != text(heading), heading);
    return *read;
  }
  void fail(std::string_view heading, Text what, Text advice) {
    report_.faults.push_back({row_.position(heading), std::move(what), std::move(advice)});
  }
  void complain(std::string_view heading, const Complaint& complaint) {
    if (complaint) fail(heading, *complaint, {"请更正此单元格", "correct this cell"});
  }
  void limit(std::string_view heading, std::size_t code_points_max) {
    if (code_points(text(heading)) > code_points_max)
      fail(heading,
           {fmt::format("超过 {} 个字", code_points_max), fmt::format("longer than {} characters", code_points_max)},
           {"请缩短此单元格的内容", "shorten this cell"});
  }
  void note_look_alikes(std::string_view heading) {
    if (auto meant = meant_name(text(heading)))
      report_.look_alikes.push_back({row_.position(heading), std::move(*meant)});
  }
  const Office* office(std::string_view heading, const OfficesByCode& offices) {
    const std::string code = number(heading);
    const auto found = offices.find(code);
    if (found != offices.end()) return &found->second;
    fail(heading,
         {fmt::format("没有代码为“{}”的单位", code), fmt::format("there is no office with the code `{}`", code)},
         {"请先导入单位，上级在前", "import the offices first, supervisors before others"});
    return nullptr;
  }

 private:
  void note_if(bool tidied, std::string_view heading) {
    if (tidied && !is_blank(text(heading))) report_.tidied.push_back(row_.position(heading));
  }

  const TableRow& row_;
  ImportReport& report_;
};

/// GB/T 2260 for authorities, GB/T 10114 for townships, the school code of the ministry.
std::size_t code_digits(Level level) {
  if (level == Level::school) return 10;
  return level == Level::township ? 9 : 6;
}

bool is_code(const std::string& text, Level level) {
  return text.size() == code_digits(level) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Sex> written_sex(const std::string& word) {
  if (word == "男") return Sex::male;
  if (word == "女") return Sex::female;
  return parse_sex(word);
}

/// A word of ours, or what people call it.
std::optional<Stage> written_stage(const std::string& word) {
  for (const std::string_view each : stage_words) {
    const Stage stage = *parse_stage(each);
    if (word == each || word == title_of(stage).zh) return stage;
  }
  return std::nullopt;
}

std::optional<SchoolSystem> written_system(const std::string& word) {
  if (word == "六三制") return SchoolSystem::six_three;
  if (word == "五四制") return SchoolSystem::five_four;
  return parse_school_system(word);
}

/// An empty cell leaves what the office has.
void read_stages(RowReader& row, Office& office) {
  std::string words = row.word("stages");
  if (words.empty()) return;
  for (const std::string_view mark : {"、", "；", ";"})
    for (auto at = words.find(mark); at != std::string::npos; at = words.find(mark, at))
      words.replace(at, mark.size(), ",");
  std::set<Stage> stages;
  std::istringstream cell(words);
  for (std::string word; std::getline(cell, word, ',');) {
    if (const auto stage = written_stage(word))
      stages.insert(*stage);
    else
      row.fail("stages", {fmt::format("没有学段“{}”", word), fmt::format("there is no stage `{}`", word)},
               {"请写 primary、junior、senior 或 special，多个学段以逗号分隔",
                "write primary, junior, senior or special, with commas between several"});
  }
  office.stages.assign(stages.begin(), stages.end());
}

/// What only a school has.
void read_school(RowReader& row, Office& office) {
  if (office.level == Level::school) {
    read_stages(row, office);
    const std::string word = row.word("system");
    const auto system = written_system(word);
    if (!system && !word.empty())
      row.fail("system", {fmt::format("没有学制“{}”", word), fmt::format("there is no school system `{}`", word)},
               {"请写 6-3 或 5-4，并将该列设为文本格式", "write 6-3 or 5-4, and format the column as text"});
    office.system = system.value_or(office.system);
    return;
  }
  for (const std::string_view heading : optional_office_columns)
    if (!row.word(heading).empty())
      row.fail(heading, {"只有学校才有学段和学制", "only a school has stages and a system"},
               {"请留空此单元格", "leave this cell empty"});
}

/// Of an office that is there: a table changes nothing that other businesses, names in histories or jurisdiction rest
/// on.
void demand_same(RowReader& row, std::string_view heading, const std::string& written, const std::string& kept) {
  if (written == kept) return;
  row.fail(heading,
           {fmt::format("已有此代码的单位，此项为“{}”", kept),
            fmt::format("there is an office with this code already, which has `{}` here", kept)},
           {"请更正此单元格；导入只能更改已有单位的学段和学制",
            "correct this cell; of an office that is there an import changes its stages and system alone"});
}

/// The office as it is, with the stages and the system of the row.
Office amended_office(RowReader& row, const Office& known, const OfficesByCode& offices) {
  demand_same(row, "level", row.word("level"), std::string(to_string(known.level)));
  demand_same(row, "name", row.text("name"), known.name);
  std::string supervisor;
  for (const auto& [code, office] : offices)
    if (known.supervisor == office.id) supervisor = code;
  demand_same(row, "supervisor", row.number("supervisor"), supervisor);
  Office office = known;
  read_school(row, office);
  return office;
}

Text one_is_one_students() {
  return {"一个身份证件号码只属于一名学生，请删去其中一行", "one ID number is one student's; remove one of the two"};
}

void read_identity(RowReader& row, Student& student, std::set<std::string>& id_numbers, Date today) {
  const std::string number = row.number("id_number");
  const auto sex = written_sex(row.word("sex"));
  const auto born = row.date("birth_date");
  const bool has_sex = !row.word("sex").empty(), has_birth_date = !is_blank(row.text("birth_date"));
  if (has_sex && !sex)
    row.fail("sex", {"没有这种性别", "this is no sex"}, {"请写 male 或 female", "write male or female"});
  if (born) row.complain("birth_date", check_birth_date(*born, today));
  if (number.empty()) {
    if (!has_sex || !has_birth_date)
      row.fail("id_number",
               {"没有身份证件号码时须有性别和出生日期", "without an ID number sex and birth date are needed"},
               {"请补全", "fill them in"});
    student.sex = sex.value_or(Sex::male);
    student.birth_date = born.value_or(Date{});
    return;
  }
  if (is_rounded_number(number)) return;
  if (const auto complaint = check_id_number(number, today)) return row.complain("id_number", complaint);
  if (!id_numbers.insert(number).second)
    row.fail("id_number", {"另一行有相同的身份证件号码", "another line has this ID number"}, one_is_one_students());
  student.id_number = number;
  student.sex = sex_of_id_number(number);
  student.birth_date = birth_date_of_id_number(number);
  const Text correct_one{"请更正其中之一", "correct one of the two"};
  if (sex && *sex != student.sex)
    row.fail("sex", {"与身份证件号码中的性别不一致", "this is not the sex that the ID number says"}, correct_one);
  if (born && *born != student.birth_date)
    row.fail("birth_date", {"与身份证件号码中的出生日期不一致", "this is not the birth date that the ID number says"},
             correct_one);
}

void read_number(RowReader& row, Student& student, std::set<std::string>& numbers, Instant now) {
  const std::string number = row.number("number");
  if (number.empty() || is_rounded_number(number)) return;
  if (const auto complaint = check_student_number(number)) return row.complain("number", complaint);
  if (!numbers.insert(number.substr(1)).second)
    row.fail("number", {"另一行有相同的学籍号", "another line has this student number"}, number_is_one_students());
  student.numbers.push_back({number, *kind_of_student_number(number), NumberState::current, now});
}

using Looks = std::tuple<Pupil, std::string, std::string>;

/// All that tells students without a number apart, however it is written.
Looks looks_of(const Student& student) {
  return {pupil_of(student), written_grade(student.grade).value_or(student.grade),
          plain_characters(student.class_name)};
}

/// The students of the rows before, by what they have in common with the next.
class RowsBefore {
 public:
  void refuse(RowReader& row, const Student& student, const TableRow& each) {
    const bool has_no_number = is_blank(row.text("id_number")) && student.numbers.empty();
    const auto without = without_id_number_.find(pupil_of(student));
    if (has_no_number && looks_.contains(looks_of(student)))
      row.fail("name", {"另一行是同一名学生", "another line is about the same student"},
               {"请删去其中一行，或补上号码", "remove one of the two, or fill in their numbers"});
    else if (student.id_number && without != without_id_number_.end())
      row.fail("id_number",
               {fmt::format("第 {} 行是同一名学生，没有身份证件号码", without->second),
                fmt::format("line {} is about the same student, without an ID number", without->second)},
               {"请将号码填入该行并删去此行；若确为另一名学生，请先为第一名学生补上号码",
                "fill the number in there and remove this line; if this is another student, fill in the number of the "
                "first one too"});
    if (is_blank(row.text("id_number"))) without_id_number_.emplace(pupil_of(student), each.line);
    looks_.insert(looks_of(student));
  }

 private:
  std::set<Looks> looks_;
  std::map<Pupil, decltype(TableRow::line)> without_id_number_;
};

}  // namespace

Pupil pupil_of(const Student& student) {
  std::string name = search_key(student.name);
  for (const std::string_view between : {"·", "-", "\u2010"})
    for (auto at = name.find(between); at != std::string::npos; at = name.find(between, at))
      name.erase(at, between.size());
  return {student.school, name, student.sex, student.birth_date};
}

Text number_is_one_students() {
  return {"一个学籍号字头之后的 18 位永远只属于一名学生",
          "the eighteen characters behind the letter are one student's for ever"};
}

bool looks_the_same(const Student& one, const Student& other) { return looks_of(one) == looks_of(other); }
Text add_by_business() {
  return {"请删去此行，号码由变更身份证件号码的业务（关键信息变更）补登；若确为另一名学生，请先为前者补登",
          "remove this line, and add the ID number by the business that changes it (change of name or ID number); if "
          "this is another student, add the first one's number there before"};
}

ImportedOffices offices_of_rows(const std::vector<TableRow>& rows, const OfficesByCode& known, std::int64_t first_id,
                                ImportReport& report) {
  OfficesByCode offices = known;
  std::set<std::string> told;
  ImportedOffices made;
  for (const TableRow& each : rows) {
    RowReader row{each, report};
    const std::string code = row.number("code");
    if (const auto there = known.find(code); there != known.end()) {
      if (!told.insert(code).second)
        row.fail("code", {"另一行是同一单位", "another line is about the same office"},
                 {"请删去此行", "remove this line"});
      if (Office office = amended_office(row, there->second, offices); office != there->second)
        made.amended.push_back(std::move(office));
      continue;
    }
    const auto level = parse_level(row.word("level"));
    if (!level) {
      row.fail(
          "level",
          {fmt::format("没有层级“{}”", row.text("level")), fmt::format("there is no level `{}`", row.text("level"))},
          {"请写 ministry、province、prefecture、county、township 或 school",
           "write ministry, province, prefecture, county, township or school"});
      continue;
    }
    if (!is_code(code, *level))
      row.fail("code", {"这不是该层级的代码", "this is no code of that level"},
               {"学校为 10 位数字，乡镇为 9 位，其他为 6 位", "schools have 10 digits, townships 9, all others 6"});
    if (is_blank(row.text("name"))) row.fail("name", {"缺少名称", "the name is missing"}, {"请填写", "fill it in"});
    row.limit("name", office_name_code_points_max);
    Office office;
    office.id = OfficeId{first_id + static_cast<std::int64_t>(made.added.size())};
    office.code = code;
    office.name = row.text("name");
    office.level = *level;
    read_school(row, office);
    if (*level == Level::ministry) {
      if (!is_blank(row.text("supervisor")))
        row.fail("supervisor", {"教育部没有上级", "nobody supervises the ministry"},
                 {"请留空此单元格", "leave this cell empty"});
      if (std::any_of(offices.begin(), offices.end(),
                      [](const auto& known_one) { return known_one.second.level == Level::ministry; }))
        row.fail("level", {"已有教育部", "there is a ministry already"}, {"请只保留一个", "keep one"});
    } else if (const Office* above = row.office("supervisor", offices)) {
      office.supervisor = above->id;
      if (above->level >= *level)
        row.fail("supervisor", {"上级单位的层级须更高", "an office is supervised by one of a higher level"},
                 {"请更正代码或层级", "correct the code or the level"});
      else if (*level == Level::township && above->level < Level::prefecture)
        row.fail("supervisor", {"乡镇隶属县级或地市级", "a township stands under a county or a prefecture"},
                 {"请写其所在县或市的代码", "write the code of its county or prefecture"});
      else if (above->level == Level::ministry && *level != Level::province)
        row.fail("supervisor", {"直属教育部的只有省级单位", "only provinces are directly under the ministry"},
                 {"请写其所在省或省以下单位的代码", "write the code of its province, or of an office below that"});
    }
    if (!offices.emplace(office.code, office).second)
      row.fail("code", {"已有此代码的单位", "there is an office with this code already"},
               {"请删去此行", "remove this line"});
    made.added.push_back(std::move(office));
  }
  return made;
}

std::vector<Student> students_of_rows(const std::vector<TableRow>& rows, const OfficesByCode& offices, Instant now,
                                      ImportReport& report) {
  std::set<std::string> numbers, id_numbers;
  RowsBefore before;
  std::vector<Student> made;
  for (const TableRow& each : rows) {
    RowReader row{each, report};
    Student student;
    if (const Office* school = row.office("school", offices)) {
      student.school = school->id;
      if (school->level != Level::school)
        row.fail("school", {"该单位不是学校", "this office is no school"},
                 {"请写学校的 10 位代码", "write the school's code of 10 digits"});
    }
    student.name = row.text("name");
    row.complain("name", check_person_name(student.name));
    row.note_look_alikes("name");
    read_identity(row, student, id_numbers, china_date(now));
    read_number(row, student, numbers, now);
    const std::string status_word = row.word("status");
    const auto status = status_word.empty() ? StudentStatus::in_school : parse_student_status(status_word);
    // `merged` is what becomes of a record here, and no school's to say.
    if (!status || status == StudentStatus::merged)
      row.fail("status",
               {fmt::format("没有学籍状态“{}”", row.text("status")),
                fmt::format("there is no status `{}`", row.text("status"))},
               {"请写 in_school、suspended、abroad 等", "write one as in in_school, suspended, abroad"});
    student.status = status.value_or(StudentStatus::in_school);
    student.status_until = row.date("status_until");
    if (student.status_until && student.status != StudentStatus::suspended)
      row.fail("status_until",
               {"只有休学学生才有状态期满日期", "only a suspended student has a date until which the status lasts"},
               {"请留空此单元格，或更正状态", "leave this cell empty, or correct the status"});
    row.limit("class", class_code_points_max);
    student.grade = row.grade("grade");
    student.class_name = in_one_line(row.text("class"));
    before.refuse(row, student, each);
    made.push_back(std::move(student));
  }
  return made;
}

}  // namespace xueji

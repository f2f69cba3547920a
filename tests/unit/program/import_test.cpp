#include "cli/import_rows.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

const Instant now = parse_rfc3339("2026-11-01T00:00:00Z").value();

std::vector<TableRow> rows(const std::string& text, const std::vector<std::string>& required,
                           const std::vector<std::string>& optional = {}) {
  const auto table = read_table(text, "t.csv", required, optional);
  REQUIRE(std::holds_alternative<std::vector<TableRow>>(table));
  return std::get<std::vector<TableRow>>(table);
}

std::vector<std::string> texts(const std::vector<Fault>& faults) {
  std::vector<std::string> result;
  for (const Fault& fault : faults) result.push_back(fault.to_string());
  return result;
}

const OfficesByCode one_school{
    {"2111000001", Office{OfficeId{3}, "2111000001", "第一小学", Level::school, OfficeId{2}}}};

std::vector<std::string> faults_of_students(const std::string& lines) {
  std::vector<Fault> faults;
  students_of_rows(
      rows("school,name,grade,class,id_number,number\n" + lines, student_columns, optional_student_columns), "t.csv",
      one_school, now, faults);
  return texts(faults);
}

}  // namespace

TEST_CASE("a table is read as spreadsheets write it") {
  const auto read = rows(
      "\xEF\xBB\xBF"
      "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n3,4",
      {"a", "b"});
  REQUIRE(read.size() == 2);
  CHECK(read[0].text("b") == "x, \"y\"\nz");
  CHECK(read[1].line == 5);
  CHECK(rows("a\tb\n1,5\t2\n", {"a", "b"})[0].text("a") == "1,5");
}

TEST_CASE("headings and rows that do not fit are faults with their place") {
  const auto faults = [](const std::string& text) {
    return texts(std::get<std::vector<Fault>>(read_table(text, "t.csv", {"a", "b"}, {})));
  };
  CHECK(faults("a,c\n") ==
        std::vector<std::string>{"t.csv:1:3: error: there is no column `c`; the columns are a, b",
                                 "t.csv:1:1: error: the column `b` is missing; the columns are a, b"});
  CHECK(faults("a,b\n1\n") ==
        std::vector<std::string>{"t.csv:2:1: error: this row has 1 cells; write 2, as in the first line"});
}

TEST_CASE("offices hang below those of the lines before") {
  std::vector<Fault> faults;
  const auto offices =
      offices_of_rows(rows("code,name,level,supervisor\n000000,教育部,ministry,\n110000,北京市,province,000000\n"
                           "2111000001,第一小学,school,110000\n",
                           office_columns),
                      "t.csv", {}, 1, faults);
  CHECK(texts(faults).empty());
  REQUIRE(offices.size() == 3);
  CHECK(offices[2].supervisor == offices[1].id);
}

TEST_CASE("an office with a fault is told by its cell") {
  std::vector<Fault> faults;
  offices_of_rows(
      rows("code,name,level,supervisor\n000000,教育部,ministry,\n11,北京市,province,999999\n", office_columns), "t.csv",
      {}, 1, faults);
  CHECK(texts(faults) == std::vector<std::string>{
                             "t.csv:3:1: error: this is no code of that level; schools have 10 digits, all others 6",
                             "t.csv:3:17: error: there is no office with the code `999999`; import the offices first, "
                             "supervisors before others"});
}

TEST_CASE("a student takes sex and birth date from the ID number, and every number is checked") {
  std::vector<Fault> faults;
  const auto students = students_of_rows(
      rows("school,name,grade,class,id_number,number\n2111000001,𠮷田,3,1班,11010519491231002x,G11010519491231002X\n",
           student_columns, optional_student_columns),
      "t.csv", one_school, now, faults);
  CHECK(texts(faults).empty());
  REQUIRE(students.size() == 1);
  CHECK(students[0].id_number == "11010519491231002X");
  CHECK(to_string(students[0].birth_date) == "1949-12-31");
  CHECK(students[0].sex == Sex::female);

  CHECK(faults_of_students("2111000001,张三,3,1班,110105194912310021,\n").size() == 1);
  CHECK(
      faults_of_students("2111000001,张三,3,1班,,\n") ==
      std::vector<std::string>{"t.csv:2:20: error: without an ID number sex and birth date are needed; fill them in"});
  CHECK(faults_of_students("2111000001,张三,3,1班,11010519491231002X,G11010519491231002X\n"
                           "2111000001,李四,3,1班,440524188001010014,G11010519491231002X\n") ==
        std::vector<std::string>{
            "t.csv:3:39: error: another line has this student number; one number is one student's for ever"});
  CHECK(faults_of_students("2111000001,张三,3,1班,11010519491231002X,\n"
                           "2111000001,李四,3,1班,11010519491231002x,\n") ==
        std::vector<std::string>{"t.csv:3:20: error: another line has this ID number; one ID number is one student's; "
                                 "remove one of the two"});
}

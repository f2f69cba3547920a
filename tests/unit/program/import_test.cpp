#include "cli/import_rows.hpp"
#include "cli/table_encoding.hpp"
#include "cli/written_values.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

const Instant now = parse_rfc3339("2026-11-01T00:00:00Z").value();

std::vector<TableRow> rows(const std::string& text, const std::vector<std::string>& required,
                           const std::vector<std::string>& optional = {}) {
  const auto table = read_table(text, required, optional);
  REQUIRE(table.faults.empty());
  return table.rows;
}

/// In English: the first line of each.
std::vector<std::string> texts(const std::vector<TableFault>& faults) {
  std::vector<std::string> result;
  for (const TableFault& fault : faults) {
    const auto told = fault.to_string("t.csv");
    result.push_back(told.substr(0, told.find('\n')));
  }
  return result;
}

const OfficesByCode one_school{
    {"2111000001", Office{OfficeId{3}, "2111000001", "第一小学", Level::school, OfficeId{2}}}};

ImportReport report_of_students(const std::string& lines, const std::string& more_columns = "id_number,number") {
  ImportReport report;
  students_of_rows(
      rows("school,name,grade,class," + more_columns + "\n" + lines, student_columns, optional_student_columns),
      one_school, now, report);
  return report;
}

std::vector<std::string> faults_of_students(const std::string& lines) {
  return texts(report_of_students(lines).faults);
}

Student student_of(const std::string& line, const std::string& more_columns) {
  ImportReport report;
  const auto students = students_of_rows(
      rows("school,name,grade,class," + more_columns + "\n" + line, student_columns, optional_student_columns),
      one_school, now, report);
  CHECK(texts(report.faults).empty());
  REQUIRE(students.size() == 1);
  return students.front();
}

}  // namespace

TEST_CASE("a table is read as spreadsheets write it") {
  const auto read = rows("a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n3,4", {"a", "b"});
  REQUIRE(read.size() == 2);
  CHECK(read[0].text("b") == "x, \"y\"\nz");
  CHECK(read[1].line == 5);
  CHECK(rows("a\tb\n1,5\t2\n", {"a", "b"})[0].text("a") == "1,5");
}

TEST_CASE("headings and rows that do not fit are faults with their place") {
  const auto faults = [](const std::string& text) { return texts(read_table(text, {"a", "b"}, {}).faults); };
  CHECK(faults("a,c\n") ==
        std::vector<std::string>{"t.csv:1:3: error: there is no column `c`; the columns are a, b",
                                 "t.csv:1:1: error: the column `b` is missing; the columns are a, b"});
  CHECK(faults("a,b\n1,2,3\n") ==
        std::vector<std::string>{"t.csv:2:5: error: this row has 3 cells; write 2, as in the first line"});
  CHECK(faults("a,b\n\"x\"y,2\n1,\"z") ==
        std::vector<std::string>{
            "t.csv:2:4: error: there is text behind the closing quote; write a quote within a quoted cell twice",
            "t.csv:3:1: error: a quoted cell does not end; close it with \""});
  CHECK(read_table("a,c\n", {"a"}, {}).faults.front().to_string("t.csv") ==
        "t.csv:1:3: error: there is no column `c`; the columns are a\n    没有名为“c”的列；可用的列：a");
}

TEST_CASE("offices hang below those of the lines before") {
  ImportReport report;
  const auto offices =
      offices_of_rows(rows("code,name,level,supervisor\n000000,教育部,ministry,\n110000,北京市,province,000000\n"
                           "2111000001,第一小学,school,110000\n",
                           office_columns),
                      {}, 1, report)
          .added;
  CHECK(texts(report.faults).empty());
  REQUIRE(offices.size() == 3);
  CHECK(offices[2].supervisor == offices[1].id);
}

TEST_CASE("a school has the stages and the system that its line says") {
  ImportReport report;
  const auto columns = [](const std::string& text) {
    return read_table(text, office_columns, optional_office_columns).rows;
  };
  const auto offices =
      offices_of_rows(
          columns(
              "code,name,level,supervisor,stages,system\n000000,教育部,ministry,,,\n110000,北京市,province,000000,,\n"
              "2111000001,第一小学,school,110000,,\n2111000002,九年一贯制学校,school,110000,\"junior,primary\",5-4\n"
              "2111000003,完全中学,school,110000,初中、高中,五四制\n"),
          {}, 1, report)
          .added;
  CHECK(texts(report.faults).empty());
  CHECK(offices.at(2).stages.empty());
  CHECK(offices.at(2).system == SchoolSystem::six_three);
  CHECK(offices.at(3).stages == std::vector{Stage::primary, Stage::junior});
  CHECK(offices.at(3).system == SchoolSystem::five_four);
  CHECK(offices.at(4).stages == std::vector{Stage::junior, Stage::senior});
  CHECK(offices.at(4).system == SchoolSystem::five_four);
  offices_of_rows(columns("stages,system,code,name,level,supervisor\n,,000000,教育部,ministry,\n"
                          "primary,6-3,110000,北京市,province,000000\n"
                          "\"primary,college\",3-Jun,2111000001,第一小学,school,110000\n"),
                  {}, 1, report);
  CHECK(texts(report.faults) ==
        std::vector<std::string>{
            "t.csv:3:1: error: only a school has stages and a system; leave this cell empty",
            "t.csv:3:9: error: only a school has stages and a system; leave this cell empty",
            "t.csv:4:1: error: there is no stage `college`; write primary, junior, senior or special, with commas "
            "between several",
            "t.csv:4:19: error: there is no school system `3-Jun`; write 6-3 or 5-4, and format the column as text"});
}

TEST_CASE("an office that is there is given stages and a system, and nothing else") {
  ImportReport report;
  const std::string head = "code,name,level,supervisor,stages,system\n";
  const auto columns = [&](const std::string& lines) {
    return read_table(head + lines, office_columns, optional_office_columns).rows;
  };
  OfficesByCode known;
  for (const Office& office :
       offices_of_rows(
           columns("000000,教育部,ministry,,,\n110000,北京市,province,000000,,\n"
                   "3111000001,九年一贯制学校,school,110000,,\n3111000002,第二中学,school,110000,junior,5-4\n"),
           {}, 1, report)
           .added)
    known.emplace(office.code, office);

  const auto changed = offices_of_rows(
      columns("110000,北京市,province,000000,,\n3111000001,九年一贯制学校,school,110000,小学、初中,5-4\n"
              "3111000002,第二中学,school,110000,,\n3111000003,第三中学,school,110000,,\n"),
      known, 5, report);
  CHECK(texts(report.faults).empty());
  REQUIRE(changed.amended.size() == 1);
  Office nine_years = known.at("3111000001");
  nine_years.stages = {Stage::primary, Stage::junior};
  nine_years.system = SchoolSystem::five_four;
  CHECK(changed.amended.front() == nine_years);
  REQUIRE(changed.added.size() == 1);
  CHECK(changed.added.front().id == OfficeId{5});

  offices_of_rows(columns("110000,北京,county,,primary,\n3111000001,九年一贯制学校,school,110000,primary,\n"
                          "3111000001,九年一贯制学校,school,110000,junior,\n"),
                  known, 5, report);
  CHECK(texts(report.faults) ==
        std::vector<std::string>{
            "t.csv:2:11: error: there is an office with this code already, which has `province` here; correct this "
            "cell; of an office that is there an import changes its stages and system alone",
            "t.csv:2:8: error: there is an office with this code already, which has `北京市` here; correct this cell; "
            "of an office that is there an import changes its stages and system alone",
            "t.csv:2:18: error: there is an office with this code already, which has `000000` here; correct this cell; "
            "of an office that is there an import changes its stages and system alone",
            "t.csv:2:19: error: only a school has stages and a system; leave this cell empty",
            "t.csv:4:1: error: another line is about the same office; remove this line"});
}

TEST_CASE("a township stands under a county or a prefecture and has a code of nine digits") {
  ImportReport report;
  const auto offices =
      offices_of_rows(
          rows("code,name,level,supervisor\n000000,教育部,ministry,\n410000,河南省,province,000000\n"
               "411422,睢县,county,410000\n411422200,柳集乡,township,411422\n2141000001,第一小学,school,411422200\n"
               "410000200,某乡,township,410000\n411422,某乡,township,411422\n",
               office_columns),
          {}, 1, report)
          .added;
  CHECK(offices.at(4).supervisor == offices.at(3).id);
  CHECK(texts(report.faults) ==
        std::vector<std::string>{
            "t.csv:7:23: error: a township stands under a county or a prefecture; write the code of its county or "
            "prefecture",
            "t.csv:8:1: error: this is no code of that level; schools have 10 digits, townships 9, all others 6",
            "t.csv:8:1: error: there is an office with this code already; remove this line"});
}

TEST_CASE("an office with a fault is told by its cell") {
  ImportReport report;
  offices_of_rows(
      rows("code,name,level,supervisor\n000000,教育部,ministry,\n11,北京市,province,999999\n", office_columns), {}, 1,
      report);
  CHECK(texts(report.faults) ==
        std::vector<std::string>{
            "t.csv:3:1: error: this is no code of that level; schools have 10 digits, townships 9, all others 6",
            "t.csv:3:17: error: there is no office with the code `999999`; import the offices first, "
            "supervisors before others"});
}

TEST_CASE("a student takes sex and birth date from the ID number, and every number is checked") {
  ImportReport report;
  const auto students = students_of_rows(
      rows("school,name,grade,class,id_number,number\n2111000001,𠮷田,3,1班,11010519491231002x,G11010519491231002X\n",
           student_columns, optional_student_columns),
      one_school, now, report);
  CHECK(texts(report.faults).empty());
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
            "t.csv:3:39: error: another line has this student number; the eighteen characters behind the letter are "
            "one student's for ever"});
  CHECK(faults_of_students("2111000001,张三,3,1班,11010519491231002X,G11010519491231002X\n"
                           "2111000001,李四,3,1班,440524188001010014,J11010519491231002X\n")
            .size() == 1);
  CHECK(faults_of_students("2111000001,张三,3,1班,11010519491231002X,\n"
                           "2111000001,李四,3,1班,11010519491231002x,\n") ==
        std::vector<std::string>{"t.csv:3:20: error: another line has this ID number; one ID number is one student's; "
                                 "remove one of the two"});
}

TEST_CASE("cells that a row lacks at its end are empty, and so are columns without a heading") {
  const auto read = rows("a,b,,\r\n1\r\n2,3,,\r\n,,,\r\n", {"a", "b"});
  REQUIRE(read.size() == 2);
  CHECK(read[0].text("a") == "1");
  CHECK(read[0].text("b").empty());
  CHECK(read[0].position("b") == Position{2, 2});
  CHECK(read[1].text("b") == "3");
  CHECK(rows("a\tb\n1\n", {"a", "b"})[0].text("b").empty());
  CHECK(
      texts(report_of_students("2111000001\n").faults) ==
      std::vector<std::string>{"t.csv:2:11: error: Give a name; correct this cell",
                               "t.csv:2:11: error: without an ID number sex and birth date are needed; fill them in"});
}

TEST_CASE("numbers are read behind what keeps spreadsheets from reckoning with them") {
  for (const std::string cell :
       {"\t11010519491231002X", "'11010519491231002x", "‘11010519491231002X", "=\"11010519491231002X\"",
        "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "\u200B11010519491231002Ⅹ\u00A0"}) {
    INFO(cell);
    CHECK(written_number(cell) == "11010519491231002X");
    CHECK(student_of("'2111000001,张三,３,1班," + cell + "\n", "id_number").id_number == "11010519491231002X");
  }
  const auto report = report_of_students("2111000001,张三,3,1班,'11010519491231002X,ｇ11010519491231002X\n");
  CHECK(report.faults.empty());
  CHECK(report.tidied == std::vector<Position>{{2, 20}, {2, 40}});
  CHECK(
      faults_of_students("2111000001,张三,3,1班,1.10105E+17,\n") ==
      std::vector<std::string>{"t.csv:2:20: error: the spreadsheet has rounded this number, its last digits are lost; "
                               "format the column as text and enter the number again"});
}

TEST_CASE("dates are read as spreadsheets write them, and only where their order is beyond doubt") {
  for (const char* cell :
       {"2015-09-01", "2015-9-1", "2015/9/1", "2015/09/01", "2015.9.1", "2015年9月1日", "２０１５/９/１", "20150901",
        "2015/9/1 0:00", "2015-09-01 00:00:00", "'2015-09-01", "\t2015/9/1"}) {
    INFO(cell);
    CHECK(written_date(cell) == parse_date("2015-09-01"));
  }
  for (const char* cell : {"", "9/1/2015", "15/9/1", "2015/9", "2015-9/1", "2015/13/1", "2015/2/29", "42248",
                           "0000-01-01", "2015/9/1 8:30", "2015年9月", "1 Sep 2015"}) {
    INFO(cell);
    CHECK_FALSE(written_date(cell));
  }
  const Student girl = student_of("2111000001,张三,3,1班,女,2015/9/1\n", "sex,birth_date");
  CHECK(girl.sex == Sex::female);
  CHECK(to_string(girl.birth_date) == "2015-09-01");
  const auto told = [](const std::string& date) {
    return texts(report_of_students("2111000001,张三,3,1班,male," + date + "\n", "sex,birth_date").faults);
  };
  CHECK(told("9/1/2015") == std::vector<std::string>{"t.csv:2:25: error: this is no date; write it as 2015-09-01"});
  CHECK(told("0000-01-01") == std::vector<std::string>{"t.csv:2:25: error: this is no date; write it as 2015-09-01"});
  CHECK(told("1066-10-14") ==
        std::vector<std::string>{"t.csv:2:25: error: Nobody was born before 1880-01-01; correct this cell"});
  CHECK(told("2026-11-02") ==
        std::vector<std::string>{"t.csv:2:25: error: The birth date is later than today; correct this cell"});
}

TEST_CASE("one row twice without any number is told") {
  const auto report = report_of_students("2111000001,张三,3,1班,male,2015/9/1\n2111000001,张三,3,1班,男,2015-09-01\n",
                                         "sex,birth_date");
  CHECK(texts(report.faults) == std::vector<std::string>{"t.csv:3:12: error: another line is about the same student; "
                                                         "remove one of the two, or fill in their numbers"});
}

TEST_CASE("a grade is read as it is meant, and what is none is told by its cell") {
  for (const auto& [cell, grade] : std::vector<std::pair<std::string, std::string>>{
           {"五年级", "5"},   {"5年级", "5"},      {"05", "5"},   {"５", "5"},        {"5.0", "5"},
           {"5", "5"},        {"五", "5"},         {" 5 ", "5"},  {"'5", "5"},        {"小学五年级", "5"},
           {"12", "12"},      {"十二年级", "12"},  {"初一", "7"}, {"七年级", "7"},    {"初中一年级", "7"},
           {"初三年级", "9"}, {"高一", "10"},      {"高3", "12"}, {"十一年级", "11"}, {"五年級", "5"},
           {"=\"5\"", "5"},   {"高中二年级", "11"}}) {
    INFO(cell);
    CHECK(written_grade(cell) == grade);
  }
  for (const std::string cell : {"0", "13", "99", "-1", "=5", "5.5", "5年级<b>", "初四", "高四", "初中", "年级",
                                 "小学七年级", "五五", "Grade 5", "5a", "V", "999999999999999999999", "五班"}) {
    INFO(cell);
    CHECK_FALSE(written_grade(cell));
  }
  const auto told = [](const std::string& grade) {
    return report_of_students("2111000001,张三," + grade + ",1班,11010519491231002X,\n");
  };
  CHECK(told("5").tidied.empty());
  CHECK(told("五年级").tidied == std::vector<Position>{{2, 15}});
  CHECK(texts(told("99").faults) ==
        std::vector<std::string>{"t.csv:2:15: error: this is no grade; write 1 to 12, or as in 五年级, 初一, 高一"});
  CHECK(told("99").faults.front().to_string("t.csv").ends_with(
      "\n    这不是年级；请写 1 至 12，或如 五年级、初一、高一"));
  CHECK(student_of("2111000001,张三,初二,1班,11010519491231002X\n", "id_number").grade == "8");
  CHECK(student_of("2111000001,张三,,1班,11010519491231002X\n", "id_number").grade.empty());
}

TEST_CASE("until when a suspension lasts may stand in a column of its own, of the suspended alone") {
  const std::string columns = "id_number,status,status_until";
  const std::string row = "2111000001,张三,3,1班,11010519491231002X,";
  CHECK(student_of(row + "suspended,2027年8月31日\n", columns).status_until == parse_date("2027-08-31"));
  CHECK_FALSE(student_of(row + "suspended,\n", columns).status_until);
  const auto told = [&](const std::string& cells) {
    return texts(report_of_students(row + cells + "\n", columns).faults);
  };
  CHECK(told("in_school,2027-08-31") ==
        std::vector<std::string>{"t.csv:2:49: error: only a suspended student has a date until which the status "
                                 "lasts; leave this cell empty, or correct the status"});
  CHECK(told("suspended,soon").size() == 1);
}

TEST_CASE("a row that completes the student of a row before is told, and no second student") {
  const std::string without = "2111000001,张三,3,1班,,女,1949-12-31\n";
  const std::string with = "2111000001,张三,3,2班,11010519491231002X,,\n";
  const auto told = [](const std::string& lines) {
    return texts(report_of_students(lines, "id_number,sex,birth_date").faults);
  };
  CHECK(told(without + with) ==
        std::vector<std::string>{
            "t.csv:3:20: error: line 2 is about the same student, without an ID number; fill the number in there and "
            "remove this line; if this is another student, fill in the number of the first one too"});
  CHECK(told("2111000001,张三,3,1班,,男,1949-12-31\n" + with).empty());
  CHECK(told("2111000001,张三,3,1班,,女,1949-12-30\n" + with).empty());
  CHECK(told("2111000001,张四,3,1班,,女,1949-12-31\n" + with).empty());
  CHECK(told("2111000001,张三,3,1班,11010519491231002X,,\n" + without) ==
        std::vector<std::string>{"t.csv:3:12: error: another line is about the same student; remove one of the two, or "
                                 "fill in their numbers"});
}

TEST_CASE("names that differ in what stands between their parts are one student's") {
  for (const std::string between : {"·", " ", "•", "-", "ᐧ", ""}) {
    INFO(between);
    const auto report = report_of_students(
        "2111000001,阿卜·杜,3,1班,男,2015-09-01\n2111000001,阿卜" + between + "杜,三年级,1班,男,2015-09-01\n",
        "sex,birth_date");
    CHECK(texts(report.faults) ==
          std::vector<std::string>{"t.csv:3:12: error: another line is about the same student; remove one of the two, "
                                   "or fill in their numbers"});
  }
}

TEST_CASE("a name in which nothing is to be seen is refused, and one with more than is seen is told") {
  CHECK(
      texts(report_of_students("2111000001,·\u3164·,3,1班,11010519491231002X,\n").faults) ==
      std::vector<std::string>{"t.csv:2:12: error: A name holds at least one letter or ideograph; correct this cell"});
  const auto report = report_of_students("2111000001,张\u3164三,3,1班,11010519491231002X,\n");
  CHECK(report.faults.empty());
  REQUIRE(report.look_alikes.size() == 1);
  CHECK(report.look_alikes[0].meant == "张三");
}

TEST_CASE("a table is read in whichever encoding its spreadsheet has saved it") {
  const auto decoded = [](const std::string& bytes) {
    const auto table = decode_table(bytes);
    REQUIRE(std::holds_alternative<DecodedTable>(table));
    return std::get<DecodedTable>(table);
  };
  using namespace std::string_literals;
  CHECK(decoded("\xEF\xBB\xBF张三").text == "张三");
  CHECK(decoded("\xEF\xBB\xBF张三").encoding.en.empty());
  CHECK(decoded("\xFF\xFE\x20\x5F\x09\x4E\x42\xD8\xB7\xDF"s).text == "张三𠮷");
  CHECK(decoded("\xFF\xFE\x20\x5F"s).encoding.en == "UTF-16 (little-endian)");
  CHECK(decoded("\xFE\xFF\x5F\x20\x4E\x09"s).text == "张三");
  CHECK(decoded("\xD5\xC5\xC8\xFD,1\xB0\xE0"s).text == "张三,1班");
  CHECK(decoded("\xD5\xC5\xC8\xFD,1\xB0\xE0"s).encoding.en == "GB 18030 (GBK)");
  CHECK(decoded("a\rb").text == "a\nb");
  // 張三 in Big5, 張三 in Shift JIS, a broken UTF-8: handed on as they are, for the cells to be told.
  for (const std::string& other : {"\xB1\x69\xA4\x54"s, "\x92\xA3\x8E\x4F"s, "\xE5\xBC\xA0\xE4\xB8"s}) {
    CHECK(decoded(other).text == other);
    CHECK(decoded(other).encoding.en.empty());
  }
  for (const std::string& no_text : {"\xFF\xFE\x20"s, "\xFF\xFE\x42\xD8"s, "a\0b\0"s, "PK\x03\x04\0"s}) {
    const auto table = decode_table(no_text);
    REQUIRE(std::holds_alternative<UnreadTable>(table));
    CHECK(std::get<UnreadTable>(table).advice.en == "save the file as CSV UTF-8 (comma delimited) and import that");
  }
}

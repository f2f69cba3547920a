#include "cli/import_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <tuple>

#include "cli/import_rows.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/system_clock.hpp"
#include "cli/table_encoding.hpp"
#include "engine/registry/finding.hpp"

namespace xueji {
namespace {

DecodedTable decoded_file(const std::string& file) {
  auto decoded = decode_table(read_file_up_to(file, import_bytes_max));
  if (const auto* unread = std::get_if<UnreadTable>(&decoded))
    throw UsageError(fmt::format("{}: {}; {}\n    {}；{}", file, unread->what.en, unread->advice.en, unread->what.zh,
                                 unread->advice.zh));
  return std::move(std::get<DecodedTable>(decoded));
}

/// One number is one student's, also of a student who left long ago; and a table is not taken in twice.
class KnownStudents {
 public:
  KnownStudents(Queries& queries, const OfficesByCode& offices) : queries_(queries) {
    for (const auto& [code, office] : offices)
      if (!office.supervisor) everywhere_.offices.push_back(office.id);
  }

  void refuse(const TableRow& row, const Student& student, std::vector<TableFault>& faults) {
    const std::size_t told = faults.size();
    StudentFilter by_id_number;
    by_id_number.id_number = student.id_number;
    if (!student.numbers.empty() && queries_.is_anothers_number(student.numbers.front().number, {}))
      faults.push_back({row.position("number"),
                        {"学籍库中已有此学籍号", "the registry has this student number already"},
                        number_is_one_students()});
    if (by_id_number.id_number && !found(by_id_number, 1).empty())
      faults.push_back(
          {row.position("id_number"),
           {"学籍库中已有持此身份证件号码的学生", "the registry has a student with this ID number already"},
           {"一个身份证件号码只属于一名学生，请删去此行或更正",
            "one ID number is one student's; remove this line, or correct it"}});
    if (student.numbers.empty() && !by_id_number.id_number && has_one_that_looks_like(student))
      faults.push_back({row.position("name"),
                        {"学籍库中已有这名学生", "the registry has this student already"},
                        {"请删去此行，或补上号码", "remove this line, or fill in the numbers"}});
    if (!student.id_number || faults.size() != told) return;
    const auto& without = without_id_number(student.school);
    const auto same = without.find(pupil_of(student));
    if (same == without.end()) return;
    const auto id = to_string(same->second);
    faults.push_back({row.position("id_number"),
                      {fmt::format("学籍库中已有这名学生（学生 {}），尚无身份证件号码", id),
                       fmt::format("the registry has this student already (student {}), without an ID number", id)},
                      add_by_business()});
  }

 private:
  std::vector<Student> found(const StudentFilter& filter, std::size_t limit) {
    return queries_.students(everywhere_, filter, {limit, {}}).items;
  }
  /// Of the school, which is gone through once.
  const std::map<Pupil, StudentId>& without_id_number(OfficeId school) {
    constexpr std::size_t page_size = 500;
    const auto [known, is_new] = without_id_number_.try_emplace(school);
    StudentFilter filter;
    filter.school = school;
    for (PageRequest page{page_size, {}}; is_new;) {
      const auto listed = queries_.students(everywhere_, filter, page);
      for (const Student& each : listed.items)
        if (!each.id_number) known->second.emplace(pupil_of(each), each.id);
      if (!listed.next) break;
      page.after = listed.next;
    }
    return known->second;
  }
  bool has_one_that_looks_like(const Student& student) {
    constexpr std::size_t namesakes_max = 200;
    StudentFilter namesakes;
    namesakes.sought = sought_in_names(student.name);
    namesakes.school = student.school;
    const auto students = found(namesakes, namesakes_max);
    return std::any_of(students.begin(), students.end(),
                       [&](const Student& each) { return looks_the_same(each, student); });
  }

  Queries& queries_;
  Scope everywhere_;
  std::map<OfficeId, std::map<Pupil, StudentId>> without_id_number_;
};

void tell(const ImportReport& report, const DecodedTable& table, const std::string& file) {
  constexpr std::size_t look_alikes_told_max = 20;
  if (!table.encoding.en.empty())
    std::cout << fmt::format("{} is read as {}; compare a few names\n    按 {} 读取，请核对几个姓名\n", file,
                             table.encoding.en, table.encoding.zh);
  if (!report.tidied.empty()) {
    const Position first = report.tidied.front();
    std::cout << fmt::format(
        "{} cells with numbers or dates are read as what they plainly mean (full-width, a tab, an apostrophe, another "
        "way of writing dates or grades), the first at {}:{}:{}\n    "
        "{} 个号码、日期或年级单元格按其本意读取（全角、制表符、单引号、日期或年级写法），首个在第 {} 行\n",
        report.tidied.size(), file, first.line, first.column, report.tidied.size(), first.line);
  }
  for (std::size_t index = 0; index < std::min(report.look_alikes.size(), look_alikes_told_max); ++index) {
    const NameLookAlike& name = report.look_alikes[index];
    std::cout << fmt::format(
        "{}:{}:{}: warning: this name has a character that looks like another, or that nobody sees; usually it is {}\n"
        "    姓名中有形似或看不见的字符，通常写作 {}\n",
        file, name.position.line, name.position.column, name.meant, name.meant);
  }
  if (report.look_alikes.size() > look_alikes_told_max)
    std::cout << fmt::format("{} more names like that\n    另有 {} 个这样的姓名\n",
                             report.look_alikes.size() - look_alikes_told_max,
                             report.look_alikes.size() - look_alikes_told_max);
}

/// A server reads the tree of offices when it starts, and students whenever it is asked.
void tell_of_running_servers(bool of_offices) {
  std::cout << (of_offices ? "a server that is running goes on with the offices as they were: restart it\n"
                             "    正在运行的服务器仍按导入前的单位办理，请重新启动\n"
                           : "a server that is running finds these students at once, but for those of schools that "
                             "were imported after it "
                             "started: then restart it\n"
                             "    正在运行的服务器可立即查到这些学生；其启动后才导入的学校，须重新启动后才能查到\n");
}

}  // namespace

int run_import(const Configuration& configuration, const std::string& file) {
  const DecodedTable decoded = decoded_file(file);
  const auto headings = table_headings(decoded.text);
  const bool of_offices = std::find(headings.begin(), headings.end(), "supervisor") != headings.end();
  Table table = of_offices ? read_table(decoded.text, office_columns, optional_office_columns)
                           : read_table(decoded.text, student_columns, optional_student_columns);
  const auto database = of_offices ? open_database(configuration) : open_existing_database(configuration);
  OfficesByCode offices;
  std::int64_t next_id = 1;
  for (const Office& office : database->accounts().offices()) {
    offices.emplace(office.code, office);
    next_id = std::max(next_id, office.id.value + 1);
  }
  ImportReport report;
  report.faults = std::move(table.faults);
  ImportedOffices changed;
  std::vector<Student> new_students;
  if (of_offices) {
    changed = offices_of_rows(table.rows, offices, next_id, report);
  } else {
    new_students = students_of_rows(table.rows, offices, SystemClock{}.now(), report);
    KnownStudents known{database->queries(), offices};
    for (std::size_t index = 0; index < new_students.size(); ++index)
      known.refuse(table.rows[index], new_students[index], report.faults);
  }
  tell(report, decoded, file);
  if (!report.faults.empty()) {
    std::stable_sort(report.faults.begin(), report.faults.end(), [](const TableFault& one, const TableFault& other) {
      return std::tie(one.position.line, one.position.column) < std::tie(other.position.line, other.position.column);
    });
    for (const TableFault& fault : report.faults) std::cerr << fault.to_string(file) << '\n';
    std::cerr << "nothing was imported\n    没有导入任何内容\n";
    return exit_fault;
  }
  auto loader = database->bulk_loader();
  for (const Office& office : changed.added) loader->add(office);
  for (const Office& office : changed.amended) loader->amend(office);
  for (const Student& student : new_students) loader->add(student);
  loader->commit();
  std::cout << fmt::format("imported {} offices, {} students", changed.added.size(), new_students.size());
  if (!changed.amended.empty()) std::cout << fmt::format("; changed {} offices", changed.amended.size());
  std::cout << '\n';
  if (!changed.added.empty() || !changed.amended.empty() || !new_students.empty()) tell_of_running_servers(of_offices);
  return exit_done;
}

}  // namespace xueji

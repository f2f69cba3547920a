#include "cli/import_command.hpp"

#include <algorithm>
#include <iostream>

#include "cli/import_rows.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/system_clock.hpp"

namespace xueji {
namespace {

std::vector<TableRow> rows_of(const std::string& text, const std::string& file, bool of_offices) {
  auto table = of_offices ? read_table(text, file, office_columns, {})
                          : read_table(text, file, student_columns, optional_student_columns);
  if (auto* faults = std::get_if<std::vector<Fault>>(&table)) throw FaultyFiles{std::move(*faults)};
  return std::move(std::get<std::vector<TableRow>>(table));
}

/// One number is one student's, also of a student who left long ago.
void refuse_known_numbers(const std::vector<TableRow>& rows, const std::vector<Student>& students,
                          const std::string& file, const OfficesByCode& offices, Queries& queries,
                          std::vector<Fault>& faults) {
  Scope everywhere;
  for (const auto& [code, office] : offices)
    if (!office.supervisor) everywhere.offices.push_back(office.id);
  for (std::size_t index = 0; index < students.size(); ++index) {
    const auto is_known = [&](const StudentFilter& filter) {
      return !queries.students(everywhere, filter, {1, {}}).items.empty();
    };
    StudentFilter by_number, by_id_number;
    if (!students[index].numbers.empty()) by_number.number = students[index].numbers.front().number;
    by_id_number.id_number = students[index].id_number;
    if (by_number.number && is_known(by_number))
      faults.push_back({file, rows[index].place("number"), "the registry has this student number already",
                        "one number is one student's for ever"});
    if (by_id_number.id_number && is_known(by_id_number))
      faults.push_back({file, rows[index].place("id_number"), "the registry has a student with this ID number already",
                        "one ID number is one student's; remove this line, or correct it"});
  }
}

}  // namespace

int run_import(const Configuration& configuration, const std::string& file) {
  const std::string text = read_whole_file(file);
  const auto headings = table_headings(text);
  const bool of_offices = std::find(headings.begin(), headings.end(), "supervisor") != headings.end();
  const auto rows = rows_of(text, file, of_offices);
  const auto database = open_database(configuration);
  OfficesByCode offices;
  std::int64_t next_id = 1;
  for (const Office& office : database->accounts().offices()) {
    offices.emplace(office.code, office);
    next_id = std::max(next_id, office.id.value + 1);
  }
  std::vector<Fault> faults;
  std::vector<Office> new_offices;
  std::vector<Student> new_students;
  if (of_offices) {
    new_offices = offices_of_rows(rows, file, offices, next_id, faults);
  } else {
    new_students = students_of_rows(rows, file, offices, SystemClock{}.now(), faults);
    if (faults.empty()) refuse_known_numbers(rows, new_students, file, offices, database->queries(), faults);
  }
  if (!faults.empty()) {
    print_faults(faults);
    std::cerr << "nothing was imported\n";
    return exit_fault;
  }
  auto loader = database->bulk_loader();
  for (const Office& office : new_offices) loader->add(office);
  for (const Student& student : new_students) loader->add(student);
  loader->commit();
  std::cout << "imported " << new_offices.size() << " offices, " << new_students.size() << " students\n";
  return exit_done;
}

}  // namespace xueji

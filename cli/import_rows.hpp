// From the rows of a table to offices and students, each fault with its position.
#pragma once
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "cli/table_file.hpp"
#include "engine/authority/office.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

inline const std::vector<std::string> office_columns{"code", "name", "level", "supervisor"};
inline const std::vector<std::string> optional_office_columns{"stages", "system"};
inline const std::vector<std::string> student_columns{"school", "name", "grade", "class"};
inline const std::vector<std::string> optional_student_columns{"id_number", "sex",          "birth_date",
                                                               "status",    "status_until", "number"};

using OfficesByCode = std::map<std::string, Office, std::less<>>;

/// A name with characters that look like others, kept as given.
struct NameLookAlike {
  Position position;
  std::string meant;
};

/// What is to be told about the cells.
struct ImportReport {
  std::vector<TableFault> faults;
  std::vector<Position> tidied;  ///< of numbers, dates and grades that were read as what they plainly mean
  std::vector<NameLookAlike> look_alikes;
};

/// What a table of offices asks for.
struct ImportedOffices {
  std::vector<Office> added;    ///< supervisors before those they supervise
  std::vector<Office> amended;  ///< known ones whose stages or system the table says otherwise
};

/// The new ones get ids from `first_id` on. `known` are those that are there already: their rows may give other stages
/// and another system, an empty cell leaves what they have, and all else must be as it is.
ImportedOffices offices_of_rows(const std::vector<TableRow>& rows, const OfficesByCode& known, std::int64_t first_id,
                                ImportReport& report);

/// Students without ids, one for each row. Numbers are unique within the table, so is a student without any number
/// among those of the same school, class, name, sex and birth date, and an ID number is none of a student who stands
/// further up without one; whether the registry has them is the caller's to ask.
std::vector<Student> students_of_rows(const std::vector<TableRow>& rows, const OfficesByCode& offices, Instant now,
                                      ImportReport& report);

/// Whether nothing but numbers could tell the two apart.
bool looks_the_same(const Student& one, const Student& other);
/// School, name, sex and birth date: what a student keeps from year to year. Names that differ in what stands between
/// their parts are one (`阿卜·杜`, `阿卜 杜`).
using Pupil = std::tuple<OfficeId, std::string, Sex, Date>;
Pupil pupil_of(const Student& student);
/// What to do with a row whose student number has the eighteen characters of another's, after whatever letter.
Text number_is_one_students();
/// What to do with a row that gives an ID number to a student who has none. A table does not add it: that takes the
/// decision of two people, as every change of an ID number does (engine/registry/demands.hpp).
Text add_by_business();

}  // namespace xueji

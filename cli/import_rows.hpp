// From the rows of a table to offices and students, each fault with its position.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "cli/table_file.hpp"
#include "engine/authority/office.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

inline const std::vector<std::string> office_columns{"code", "name", "level", "supervisor"};
inline const std::vector<std::string> student_columns{"school", "name", "grade", "class"};
inline const std::vector<std::string> optional_student_columns{"id_number", "sex", "birth_date", "status", "number"};

using OfficesByCode = std::map<std::string, Office, std::less<>>;

/// A name with characters that look like others, kept as given.
struct NameLookAlike {
  Position position;
  std::string meant;
};

/// What is to be told about the cells.
struct ImportReport {
  std::vector<TableFault> faults;
  std::vector<Position> tidied;  ///< of numbers and dates that were read as what they plainly mean
  std::vector<NameLookAlike> look_alikes;
};

/// New offices, supervisors before those they supervise, with ids from `first_id` on. `known` are those that are there
/// already.
std::vector<Office> offices_of_rows(const std::vector<TableRow>& rows, const OfficesByCode& known,
                                    std::int64_t first_id, ImportReport& report);

/// Students without ids, one for each row. Numbers are unique within the table, and so are students without any number
/// who have the same school, class, name, sex and birth date; whether the registry has them is the caller's to ask.
std::vector<Student> students_of_rows(const std::vector<TableRow>& rows, const OfficesByCode& offices, Instant now,
                                      ImportReport& report);

/// Whether nothing but numbers could tell the two apart.
bool looks_the_same(const Student& one, const Student& other);

}  // namespace xueji

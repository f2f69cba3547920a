// From the rows of a table to offices and students, each fault with its place.
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

/// New offices, supervisors before those they supervise, with ids from `first_id` on. `known` are those that are there
/// already.
std::vector<Office> offices_of_rows(const std::vector<TableRow>& rows, const std::string& file,
                                    const OfficesByCode& known, std::int64_t first_id, std::vector<Fault>& faults);

/// Students without ids. Numbers are unique within the table; whether the registry has them is the caller's to ask.
std::vector<Student> students_of_rows(const std::vector<TableRow>& rows, const std::string& file,
                                      const OfficesByCode& offices, Instant now, std::vector<Fault>& faults);

}  // namespace xueji

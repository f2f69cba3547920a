// The registry's record of a student (学籍).
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id.hpp"
#include "engine/base/time.hpp"

namespace xueji {

enum class Sex { male, female };

/// The states that the national system's own screens show; `jyt1001_code` maps them to the code table XSDQZT.
enum class StudentStatus {
  in_school,
  suspended,
  abroad,
  left,
  dropped_out,
  withdrawn,
  expelled,
  missing,
  graduated,
  completed,
  attended,
  deceased,
  merged  ///< two records of one person: another one goes on (engine's own word, in no code table)
};

enum class NumberKind { G, L, J };
enum class NumberState { current, former, retired };

/// A student number (学籍号). A row is never removed and never given to another student.
struct StudentNumber {
  std::string number;  ///< `[GLJ]\d{17}[\dX]`
  NumberKind kind = NumberKind::L;
  NumberState state = NumberState::current;
  Instant since;
  bool operator==(const StudentNumber&) const = default;
};

inline constexpr std::array<std::string_view, 12> grade_words{"1", "2", "3", "4",  "5",  "6",
                                                              "7", "8", "9", "10", "11", "12"};

/// Code points that the registry holds.
inline constexpr std::size_t class_code_points_max = 50;
inline constexpr std::size_t grade_code_points_max = 8;
inline constexpr std::size_t office_name_code_points_max = 100;

struct Student {
  StudentId id;
  OfficeId school;
  std::string name;                      ///< exactly as given; compared and searched by search_key()
  std::optional<std::string> id_number;  ///< 18 characters, X in upper case
  Sex sex = Sex::male;
  Date birth_date;
  StudentStatus status = StudentStatus::in_school;
  std::optional<Date> status_until;  ///< when a suspension's term ends; nothing happens by itself then
  std::string grade;                 ///< `1` to `12`
  std::string class_name;
  std::vector<StudentNumber> numbers;
  RequestId open_request;   ///< the business that locks the student; none where free
  StudentId merged_into{};  ///< the record that goes on; none unless `merged`
  std::int64_t version = 1;
  bool operator==(const Student&) const = default;
};

std::string_view to_string(Sex sex);
std::string_view to_string(StudentStatus status);
std::string_view to_string(NumberKind kind);
std::string_view to_string(NumberState state);
std::optional<Sex> parse_sex(std::string_view word);
std::optional<StudentStatus> parse_student_status(std::string_view word);
std::optional<NumberKind> parse_number_kind(std::string_view word);
std::optional<NumberState> parse_number_state(std::string_view word);
/// JY/T 1001 学生当前状态码, two digits.
std::string_view jyt1001_code(StudentStatus status);

}  // namespace xueji

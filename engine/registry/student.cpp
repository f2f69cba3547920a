#include "engine/registry/student.hpp"

#include <array>

namespace xueji {
namespace {

struct StatusRow {
  StudentStatus status;
  std::string_view word;
  std::string_view code;
};

constexpr std::array<StatusRow, 13> statuses{{{StudentStatus::in_school, "in_school", "01"},
                                              {StudentStatus::suspended, "suspended", "02"},
                                              {StudentStatus::abroad, "abroad", "13"},
                                              {StudentStatus::left, "left", "99"},
                                              {StudentStatus::dropped_out, "dropped_out", "06"},
                                              {StudentStatus::withdrawn, "withdrawn", "03"},
                                              {StudentStatus::expelled, "expelled", "14"},
                                              {StudentStatus::missing, "missing", "15"},
                                              {StudentStatus::graduated, "graduated", "07"},
                                              {StudentStatus::completed, "completed", "08"},
                                              {StudentStatus::attended, "attended", "09"},
                                              {StudentStatus::deceased, "deceased", "11"},
                                              {StudentStatus::merged, "merged", "99"}}};

constexpr std::array<std::string_view, 2> sexes{"male", "female"};
constexpr std::array<std::string_view, 3> kinds{"G", "L", "J"};
constexpr std::array<std::string_view, 3> states{"current", "former", "retired"};

template <class Value, std::size_t Size>
std::optional<Value> parse(std::string_view word, const std::array<std::string_view, Size>& words) {
  for (std::size_t position = 0; position < Size; ++position)
    if (words[position] == word) return static_cast<Value>(position);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Sex sex) { return sexes[static_cast<std::size_t>(sex)]; }
std::string_view to_string(StudentStatus status) { return statuses[static_cast<std::size_t>(status)].word; }
std::string_view to_string(NumberKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
std::string_view to_string(NumberState state) { return states[static_cast<std::size_t>(state)]; }
std::optional<Sex> parse_sex(std::string_view word) { return parse<Sex>(word, sexes); }
std::optional<NumberKind> parse_number_kind(std::string_view word) { return parse<NumberKind>(word, kinds); }
std::optional<NumberState> parse_number_state(std::string_view word) { return parse<NumberState>(word, states); }

std::optional<StudentStatus> parse_student_status(std::string_view word) {
  for (const StatusRow& row : statuses)
    if (row.word == word) return row.status;
  return std::nullopt;
}

std::string_view jyt1001_code(StudentStatus status) { return statuses[static_cast<std::size_t>(status)].code; }

}  // namespace xueji

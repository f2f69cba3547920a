// What a guard may read: the student's record, the request, and the definition's own fields.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/definition/guard.hpp"

namespace xueji {

/// Where a guard stands decides what it may read: `student.*`, of a pair `students.1.*` and `students.2.*`, everywhere
/// but in a state's `when`, the form's fields from the form on, `request.round` and `comment` only in an action's
/// `when`, `request.opened_from` only at opening, offices at opening, in a rule of the submission, in a state's `when`
/// and in an effect's, what their schools teach likewise but for a state's `when`.
enum class GuardScope { opening, form, submission, action, places, effect };

/// What follows from the pupil's grade and school: a stage, missing where the grade is none, and whether it is the last
/// grade of its stage.
inline constexpr std::string_view stage_path = "student.stage", graduating_path = "student.graduating";

/// Whether the record says what cannot be (wrong_data_of(), engine/registry/invariants.hpp).
inline constexpr std::string_view wrong_data_path = "student.wrong_data";

/// The student's current numbers, of all kinds and of one.
inline constexpr std::string_view numbers_path = "student.current_numbers",
                                  g_numbers_path = "student.current_g_numbers",
                                  j_numbers_path = "student.current_j_numbers";
/// The G number that the student's ID number makes, whoever has it; missing without one.
inline constexpr std::string_view g_number_of_id_path = "student.g_number_of_id";

/// The business whose end opened this one; missing where a person did.
inline constexpr std::string_view opened_from_path = "request.opened_from";

/// A field's type, title and values as people call them; the latter empty unless it is a choice or a status.
PathInfo path_info(const Field& field);

struct GuardPaths {
  PathTypes types;  ///< refers to the fields and places it was made from
  std::vector<std::string> known;
};

/// The arguments must outlive the result.
GuardPaths guard_paths(GuardScope scope, const std::vector<Field>& fields,
                       SubjectRule::Kind subject = SubjectRule::Kind::one);
/// With offices where the definition is of a format that compares them.
GuardPaths guard_paths(GuardScope scope, const Definition& definition);

/// `students.1.status` as what it looks up: of a pair the student's ordinal and the path as it is of one student.
struct PairPath {
  int ordinal = 0;
  std::string of_one;  ///< `student.status`
};
/// Nothing for a path that is not of a pair.
std::optional<PairPath> pair_path(std::string_view path);
/// The inverse: `student.status` of that ordinal.
std::string pair_path_of(int ordinal, std::string_view of_one);
/// The path as it is of one student, whichever of a pair it names; other paths as they are.
std::string path_of_one(std::string_view path);

/// `receiving.authority` as what it looks up, `initiator.office` and `authority`.
struct OfficePath {
  std::string_view place;
  std::string_view step;  ///< `authority` or a level's word; empty for the place itself
};
/// Of a path that was looked up; nothing for one that is no office's.
std::optional<OfficePath> office_path(std::string_view path);
/// `receiving.stages`, `receiving.grades` as what it looks up: what the school at a place teaches.
struct TaughtPath {
  std::string_view place;
  bool grades;  ///< and otherwise stages
};
/// Of a path that was looked up; nothing for another.
std::optional<TaughtPath> taught_path(std::string_view path);

/// `findings[].note`: what a row of the field `findings` holds in `note`, whichever row is meant; the prover's
/// `findings[2].note` is that of its second.
struct RowPath {
  std::string field, inner;
  std::size_t row = 0;  ///< from 1; 0 where whichever is meant
};
/// Nothing for another path.
std::optional<RowPath> row_path(std::string_view path);
/// The inverse; of no certain row where that is 0.
std::string row_path_of(std::string_view field, std::string_view inner, std::size_t row = 0);
/// The field at such a path, in a row or in the form itself; null for a path of something else.
const Field* field_at(const std::vector<Field>& fields, std::string_view path);

/// What is asked of one row alone: its fields by their keys. The argument must outlive the result.
GuardPaths paths_of_row(const Field& rows);

/// Whether the guard reads a student's record, whichever of a pair, beside places and the form.
bool reads_records(const Guard& guard);

}  // namespace xueji

#include "engine/verify/possible_values.hpp"

#include <algorithm>

#include "engine/authority/stage.hpp"
#include "engine/definition/guard_paths.hpp"
#include "engine/machine/field_types.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"
#include "engine/registry/student.hpp"

namespace xueji {
namespace {

constexpr std::int64_t text_size_max = 2000;

bool is_grade_word(const std::string& text) {
  return std::find(grade_words.begin(), grade_words.end(), text) != grade_words.end();
}

Field field_of(FieldType type) {
  Field field;
  field.type = type;
  return field;
}

}  // namespace

bool can_be_empty(const std::string& named) {
  const std::string path = path_of_one(named);
  return !path.starts_with("student.") || path == "student.id_number" || path == "student.grade" ||
         path == "student.class" || path == stage_path || path == g_number_of_id_path;
}

bool can_be(const Definition& definition, const std::string& path, const std::string& text) {
  const Field* field = field_at(definition.fields, path);
  const std::string of_one = path_of_one(path);
  const FieldType type = field                           ? field->type
                         : of_one == "student.name"      ? FieldType::person_name
                         : of_one == "student.id_number" ? FieldType::id_number
                         : of_one == g_number_of_id_path ? FieldType::student_number
                                                         : FieldType::text;
  if (type == FieldType::office || type == FieldType::school) return parse_id<OfficeId>(text).has_value();
  const Date last{std::chrono::sys_days{std::chrono::days{last_day}}};
  return !check_field(field ? *field : field_of(type), text, OfficeTree{}, last);
}

bool can_be_listed(const std::string& path, const std::string& text) {
  if (const auto taught = taught_path(path))
    return taught->grades ? is_grade_word(text) : parse_stage(text).has_value();
  const std::string list = path_of_one(path);
  return !check_student_number(text) && (list != g_numbers_path || text.starts_with('G')) &&
         (list != j_numbers_path || text.starts_with('J'));
}

std::pair<std::int64_t, std::int64_t> sizes_of(const Definition& definition, const std::string& named) {
  const Field* field = field_at(definition.fields, named);
  const std::string path = path_of_one(named);
  const auto is = [&](FieldType type) { return field && field->type == type; };
  if (path == "student.id_number" || is(FieldType::id_number)) return {18, 18};
  if (is(FieldType::student_number) || path == g_number_of_id_path) return {19, 19};
  if (path == "student.name" || is(FieldType::person_name)) return {1, person_name_code_points_max};
  if (is(FieldType::grade)) return {1, 2};
  if (path == "student.grade") return {1, grade_code_points_max};
  if (path == "student.class" || (field && !field->member().empty())) return {1, class_code_points_max};
  return {1, field && field->max ? static_cast<std::int64_t>(field->max) : text_size_max};
}

}  // namespace xueji

#include "engine/machine/field_types.hpp"

#include <algorithm>
#include <array>

#include "engine/definition/rows.hpp"
#include "engine/machine/rows.hpp"
#include "engine/registry/names.hpp"

namespace xueji {
namespace {

constexpr std::size_t text_code_points_max = 2000;

struct Context {
  const Field& field;
  const OfficeTree& offices;
  Date today;
};

Complaint person_name(const Context&, const std::string& value) { return check_person_name(value); }
Complaint id_number(const Context& context, const std::string& value) { return check_id_number(value, context.today); }
Complaint student_number(const Context&, const std::string& value) { return check_student_number(value); }

Complaint text(const Context& context, const std::string& value) {
  if (!is_clean_utf8(value)) return Text{"内容含有不允许的字符", "The text holds characters that are not allowed"};
  std::size_t max = context.field.max ? context.field.max : text_code_points_max;
  if (!context.field.member().empty()) max = std::min(max, class_code_points_max);
  if (code_points(value) <= max) return std::nullopt;
  return Text{"最多 " + std::to_string(max) + " 个字", "At most " + std::to_string(max) + " characters"};
}

Complaint date(const Context& context, const std::string& value) {
  const auto day = parse_date(value);
  if (day) return context.field.member() == "birth_date" ? check_birth_date(*day, context.today) : std::nullopt;
  return Text{"日期应为真实的日期，写作 YYYY-MM-DD", "A date is a real day written YYYY-MM-DD"};
}

Complaint choice(const Context& context, const std::string& value) {
  const auto& choices = context.field.choices;
  if (std::any_of(choices.begin(), choices.end(), [&](const Choice& each) { return each.key == value; }))
    return std::nullopt;
  std::string keys;
  for (const Choice& each : choices) keys += (keys.empty() ? "" : ", ") + each.key;
  return Text{"请在以下各项中选择：" + keys, "Choose one of: " + keys};
}

Complaint office(const Context& context, const std::string& value) {
  const auto id = parse_id<OfficeId>(value);
  if (id && context.offices.find(*id)) return std::nullopt;
  return Text{"没有这个机构", "There is no such office"};
}

Complaint school(const Context& context, const std::string& value) {
  const auto id = parse_id<OfficeId>(value);
  const Office* found = id ? context.offices.find(*id) : nullptr;
  if (found && found->level == Level::school) return std::nullopt;
  return Text{"没有这所学校", "There is no such school"};
}

Complaint grade(const Context&, const std::string& value) {
  if (std::find(grade_words.begin(), grade_words.end(), value) != grade_words.end()) return std::nullopt;
  return Text{"年级应为 1 至 12", "A grade is 1 to 12"};
}

Complaint status(const Context&, const std::string& value) {
  const auto words = words_of(MemberType::status);
  if (std::find(words.begin(), words.end(), value) != words.end()) return std::nullopt;
  return Text{"没有这种学籍状态", "There is no such status"};
}

Complaint subject(const Context&, const std::string& value) {
  if (value == "1" || value == "2") return std::nullopt;
  return Text{"请选择两名学生之一", "Choose one of the two students"};
}

Complaint rows(const Context& context, const std::string& value) {
  const auto faults = faults_of_rows(context.field, value, context.offices, context.today);
  if (faults.empty()) return std::nullopt;
  const RowFault& first = faults.front();
  if (!first.row) return first.message;
  const std::string number = std::to_string(*first.row + 1);
  return Text{"第 " + number + " 行：" + first.message.zh, "Row " + number + ": " + first.message.en};
}

std::string unchanged(const std::string& typed) { return typed; }
std::string plain_number(const std::string& typed) { return normalise_id_number(typed); }
std::string plain(const std::string& typed) { return plain_characters(typed); }

struct Type {
  FieldType type;
  std::string (*normalise)(const std::string&);
  Complaint (*check)(const Context&, const std::string&);
};

constexpr std::array<Type, 12> field_types{{{FieldType::person_name, unchanged, person_name},
                                            {FieldType::id_number, plain_number, id_number},
                                            {FieldType::student_number, plain_number, student_number},
                                            {FieldType::text, unchanged, text},
                                            {FieldType::date, plain, date},
                                            {FieldType::choice, unchanged, choice},
                                            {FieldType::office, unchanged, office},
                                            {FieldType::school, unchanged, school},
                                            {FieldType::grade, plain, grade},
                                            {FieldType::status, unchanged, status},
                                            {FieldType::subject, plain, subject},
                                            {FieldType::rows, unchanged, rows}}};

const Type& type_of(const Field& field) {
  return *std::find_if(field_types.begin(), field_types.end(),
                       [&](const Type& each) { return each.type == field.type; });
}

}  // namespace

std::string normalise_field(const Field& field, const std::string& typed) {
  if (field.type == FieldType::rows) return normalise_rows(field, typed);
  const bool is_recorded = field.type == FieldType::text && !field.member().empty();
  return is_recorded ? in_one_line(typed) : type_of(field).normalise(typed);
}

Complaint check_field(const Field& field, const std::string& value, const OfficeTree& offices, Date today) {
  if (field.type != FieldType::rows && holds_rows(value))
    return Text{"此项只填一个值，不分行", "This takes one value, not rows"};
  return type_of(field).check({field, offices, today}, value);
}

}  // namespace xueji

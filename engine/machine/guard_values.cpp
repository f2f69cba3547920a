#include "engine/machine/guard_values.hpp"

#include "engine/definition/guard_paths.hpp"
#include "engine/machine/sentences.hpp"

namespace xueji {
namespace {

GuardValue text_or_missing(const std::string& text) { return is_blank(text) ? GuardValue{} : GuardValue{text}; }

std::vector<std::string> current_numbers(const Student& student, std::optional<NumberKind> kind) {
  std::vector<std::string> result;
  for (const StudentNumber& each : student.numbers)
    if (each.state == NumberState::current && (!kind || each.kind == *kind)) result.push_back(each.number);
  return result;
}

GuardValue student_value(const Student& student, std::string_view member) {
  if (member == "birth_date") return student.birth_date;
  if (member == "current_numbers") return current_numbers(student, std::nullopt);
  if (member == "current_g_numbers") return current_numbers(student, NumberKind::G);
  return text_or_missing(member_text(student, member));
}

GuardValue field_value(const Definition& definition, const FieldValues& fields, std::string_view key) {
  const auto value = fields.find(std::string(key));
  if (value == fields.end()) return {};
  const Field* field = definition.field(key);
  if (field && field->type == FieldType::date) {
    const auto date = parse_date(value->second);
    return date ? GuardValue{*date} : GuardValue{};
  }
  return text_or_missing(value->second);
}

GuardValue value_of(const Definition& definition, const FieldValues& fields, const Student& student,
                    std::string_view path) {
  constexpr std::string_view of_student = "student.";
  if (path.starts_with(of_student)) return student_value(student, path.substr(of_student.size()));
  return field_value(definition, fields, path);
}

}  // namespace

Guard::Lookup opening_guard_values(const Places& places, const Student& student, const OfficeTree& offices,
                                   const std::optional<OpenedFrom>& opened_from) {
  return [places, &student, &offices, opened_from](std::string_view path) -> GuardValue {
    if (path == opened_from_path) return opened_from ? GuardValue{opened_from->business} : GuardValue{};
    if (auto office = office_value(path, places, offices)) return *std::move(office);
    constexpr std::string_view of_student = "student.";
    return path.starts_with(of_student) ? student_value(student, path.substr(of_student.size())) : GuardValue{};
  };
}

Guard::Lookup guard_values(const Definition& definition, const FieldValues& fields, const Student& student) {
  return [&](std::string_view path) { return value_of(definition, fields, student, path); };
}

Guard::Lookup effect_guard_values(const Definition& definition, const Request& request, const Student& student,
                                  const OfficeTree& offices) {
  return [&, places = places_of(request)](std::string_view path) -> GuardValue {
    if (auto office = office_value(path, places, offices)) return *std::move(office);
    return value_of(definition, request.fields, student, path);
  };
}

Guard::Lookup action_guard_values(const Definition& definition, const Request& request, const Student& student,
                                  std::string_view comment) {
  return [&, comment](std::string_view path) -> GuardValue {
    if (path == "request.round") return std::int64_t{request.round};
    if (path == "comment") return text_or_missing(std::string(comment));
    return value_of(definition, request.fields, student, path);
  };
}

Text explain_rule(const Rule& rule, const Guard::Lookup& values) {
  const Text parts = join(rule.guard.explain(values), "；", "; ");
  if (parts.zh.empty()) return rule.otherwise;
  return {rule.otherwise.zh + "（" + parts.zh + "）", rule.otherwise.en + " (" + parts.en + ")"};
}

}  // namespace xueji

#include "engine/machine/guard_values.hpp"

#include "engine/definition/guard_paths.hpp"
#include "engine/definition/rows.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/registry/invariants.hpp"

namespace xueji {
namespace {

constexpr std::string_view of_student = "student.";

constexpr std::string_view member_of(std::string_view path) { return path.substr(of_student.size()); }

GuardValue text_or_missing(const std::string& text) { return is_blank(text) ? GuardValue{} : GuardValue{text}; }

std::vector<std::string> current_numbers(const Student& student, std::optional<NumberKind> kind) {
  std::vector<std::string> result;
  for (const StudentNumber& each : student.numbers)
    if (each.state == NumberState::current && (!kind || each.kind == *kind)) result.push_back(each.number);
  return result;
}

GuardValue stage_value(const Student& student, const OfficeTree& offices) {
  const Office* school = offices.find(student.school);
  const auto stage = school ? stage_at(*school, student.grade) : std::nullopt;
  return stage ? GuardValue{std::string(to_string(*stage))} : GuardValue{};
}

bool is_graduating(const Student& student, const OfficeTree& offices) {
  const Office* school = offices.find(student.school);
  return school && is_graduating_at(*school, student.grade);
}

GuardValue student_value(const Student& student, const OfficeTree& offices, std::string_view member) {
  if (member == member_of(stage_path)) return stage_value(student, offices);
  if (member == member_of(graduating_path)) return is_graduating(student, offices);
  if (member == member_of(wrong_data_path)) return wrong_data_of(student).has_value();
  const Member* known = student_member(member);
  if (known && known->type == MemberType::date) {
    const auto date = parse_date(known->read(student));
    return date ? GuardValue{*date} : GuardValue{};
  }
  if (member == member_of(numbers_path)) return current_numbers(student, std::nullopt);
  if (member == member_of(g_numbers_path)) return current_numbers(student, NumberKind::G);
  if (member == member_of(j_numbers_path)) return current_numbers(student, NumberKind::J);
  if (member == member_of(g_number_of_id_path)) return text_or_missing(g_number_of(student));
  return text_or_missing(member_text(student, member));
}

/// An office, or what its school teaches; nothing for another path.
std::optional<GuardValue> place_value(std::string_view path, const Places& places, const OfficeTree& offices) {
  const auto taught = taught_path(path);
  if (!taught) return office_value(path, places, offices);
  const Office* school = offices.find(places.at(taught->place));
  if (!school) return GuardValue{std::vector<std::string>()};
  if (taught->grades) return GuardValue{grades_taught(*school)};
  std::vector<std::string> words;
  for (const Stage stage : stages_taught(*school)) words.emplace_back(to_string(stage));
  return GuardValue{std::move(words)};
}

GuardValue field_value(const Definition& definition, const FieldValues& fields, std::string_view key) {
  const auto value = fields.find(std::string(key));
  const Field* field = definition.field(key);
  const bool is_rows = field && field->type == FieldType::rows;
  if (is_rows) return rows_of(value == fields.end() ? std::string() : value->second).value_or(GuardRows{});
  if (value == fields.end()) return {};
  if (field && field->type == FieldType::date) {
    const auto date = parse_date(value->second);
    return date ? GuardValue{*date} : GuardValue{};
  }
  return text_or_missing(value->second);
}

/// Nothing for a path that is none of the records'.
std::optional<GuardValue> record_value(GuardRecords records, std::string_view path) {
  if (path.starts_with(of_student)) return student_value(records.first, records.offices, member_of(path));
  const auto of_pair = pair_path(path);
  if (!of_pair) return std::nullopt;
  const Student* student = of_pair->ordinal == 1 ? &records.first : records.second;
  return student ? student_value(*student, records.offices, member_of(of_pair->of_one)) : GuardValue{};
}

GuardValue value_of(const Definition& definition, const FieldValues& fields, GuardRecords records,
                    std::string_view path) {
  if (auto of_record = record_value(records, path)) return *std::move(of_record);
  return field_value(definition, fields, path);
}

Guard::Lookup values_with_places(const Definition& definition, const Request& request, GuardRecords records,
                                 Places places) {
  return [&definition, &request, records, places = std::move(places)](std::string_view path) -> GuardValue {
    if (auto place = place_value(path, places, records.offices)) return *std::move(place);
    return value_of(definition, request.fields, records, path);
  };
}

}  // namespace

GuardRecords records_of(const Situation& situation) {
  const auto& subjects = situation.subjects;
  const bool is_whole = situation.definition.subject.kind == SubjectRule::Kind::pair && subjects.size() == 2;
  return {situation.offices, *situation.student, is_whole ? subjects[1].student : nullptr};
}

Guard::Lookup opening_guard_values(const Places& places, GuardRecords records,
                                   const std::optional<OpenedFrom>& opened_from) {
  return [places, records, opened_from](std::string_view path) -> GuardValue {
    if (path == opened_from_path) return opened_from ? GuardValue{opened_from->business} : GuardValue{};
    if (auto place = place_value(path, places, records.offices)) return *std::move(place);
    return record_value(records, path).value_or(GuardValue{});
  };
}

Guard::Lookup guard_values(const Definition& definition, const FieldValues& fields, GuardRecords records) {
  return [&definition, &fields, records](std::string_view path) { return value_of(definition, fields, records, path); };
}

Guard::Lookup submission_guard_values(const Definition& definition, const Request& request, GuardRecords records) {
  return values_with_places(definition, request, records, places_ahead(definition, request));
}

Guard::Lookup effect_guard_values(const Definition& definition, const Request& request, GuardRecords records) {
  return values_with_places(definition, request, records, places_of(request));
}

Guard::Lookup action_guard_values(const Definition& definition, const Request& request, GuardRecords records,
                                  std::string_view comment) {
  return [&definition, &request, records, comment](std::string_view path) -> GuardValue {
    if (path == "request.round") return std::int64_t{request.round};
    if (path == "comment") return text_or_missing(std::string(comment));
    return value_of(definition, request.fields, records, path);
  };
}

Text explain_rule(const Rule& rule, const Guard::Lookup& values) {
  const Text parts = join(rule.guard.explain(values), "；", "; ");
  if (parts.zh.empty()) return rule.otherwise;
  return {rule.otherwise.zh + "（" + parts.zh + "）", rule.otherwise.en + " (" + parts.en + ")"};
}

}  // namespace xueji

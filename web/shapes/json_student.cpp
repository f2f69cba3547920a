#include "web/shapes/json_student.hpp"

#include "engine/registry/invariants.hpp"
#include "engine/registry/numbers.hpp"
#include "web/shapes/json_office.hpp"

namespace xueji::web {

std::string shown_number(const std::string& number, const Rendering& rendering) {
  return rendering.brief || rendering.elsewhere ? mask_number(number) : number;
}

void write_number(JsonWriter& json, const StudentNumber& number, const Rendering& rendering) {
  json.begin_object().member("number", shown_number(number.number, rendering));
  json.member("kind", to_string(number.kind));
  json.member("state", to_string(number.state)).member("since", number.since).end_object();
}

namespace {

void write_stage(JsonWriter& json, const Student& student, const Rendering& rendering) {
  const Office* school = rendering.offices->find(student.school);
  const auto stage = school ? stage_at(*school, student.grade) : std::nullopt;
  json.member_or_null("stage", stage ? to_string(*stage) : "");
  json.member("graduating", school && is_graduating_at(*school, student.grade));
}

void write_merged_into(JsonWriter& json, const Student& student, const GoesOnOf& goes_on_of) {
  json.key("mergedInto");
  if (!student.merged_into) {
    json.null();
    return;
  }
  const GoesOn record = goes_on_of(student.merged_into);
  json.begin_object().member_or_null("id", record.id ? to_string(record.id) : std::string());
  json.member("name", record.name.empty() ? student.name : record.name).end_object();
}

}  // namespace

void write_student(JsonWriter& json, const Student& student, const Request* open, const std::vector<Claimer>& claimers,
                   const Rendering& rendering, const GoesOnOf& goes_on_of) {
  json.begin_object().member("id", student.id).member("name", student.name);
  json.member_or_null("idNumber", shown_number(student.id_number.value_or(""), rendering));
  json.member("sex", to_string(student.sex)).key("birthDate");
  rendering.brief ? json.null() : json.value(student.birth_date);
  json.member("status", to_string(student.status)).key("statusUntil");
  student.status_until && !rendering.elsewhere ? json.value(*student.status_until) : json.null();
  json.member("grade", student.grade);
  write_stage(json, student, rendering);
  json.key("class");
  rendering.elsewhere ? json.null() : json.value(student.class_name);
  json.key("school");
  write_school(json, student.school, rendering);
  json.key("numbers").begin_array();
  for (const auto& number : student.numbers) write_number(json, number, rendering);
  json.end_array().key("openRequest");
  if (open) {
    json.begin_object()
        .member("id", open->id)
        .member("workflow", rendering.definition(open->definition).key)
        .key("holders");
    write_holders(json, *open, claimers, rendering);
    json.end_object();
  } else {
    json.null();
  }
  write_merged_into(json, student, goes_on_of);
  const auto wrong = rendering.elsewhere ? Complaint{} : wrong_data_of(student);
  json.member_or_null("wrongData", wrong ? rendering.text(*wrong) : std::string());
  json.member("version", student.version).end_object();
}

}  // namespace xueji::web

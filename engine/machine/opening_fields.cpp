#include "engine/machine/opening_fields.hpp"

#include <algorithm>

#include "engine/machine/field_types.hpp"

namespace xueji {
namespace {

/// What is wrong with a value that stands in the file; offices stand in none.
Complaint complaint_of(const Field& field, const std::string& text) {
  constexpr Date any_later_day{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};
  if (field.type == FieldType::office || field.type == FieldType::school)
    return Text{"单位不能写在流程定义里", "An office cannot be named in a file"};
  if (field.type == FieldType::rows) return Text{"多行内容不能写在流程定义里", "Rows cannot be written in a file"};
  return check_field(field, normalise_field(field, text), {}, any_later_day);
}

bool has_choice(const Field& field, const std::string& key) {
  return std::any_of(field.choices.begin(), field.choices.end(), [&](const Choice& each) { return each.key == key; });
}

/// Why not every value of a field can be one of the other field's; empty where each can.
std::string misfit_of(const Field& from, const Field& to) {
  if (from.type != to.type)
    return "is of type " + std::string(to_string(to.type)) + ", not " + std::string(to_string(from.type));
  for (const Choice& each : from.choices)
    if (!has_choice(to, each.key)) return "has no choice `" + each.key + "`";
  if (from.type == FieldType::text && to.max > 0 && (from.max == 0 || from.max > to.max))
    return "takes " + std::to_string(to.max) + " characters at most";
  if (from.at_most > to.at_most) return "takes " + std::to_string(to.at_most) + " rows at most";
  for (const Field& each : from.row) {
    const Field* inner = to.inner(each.key);
    if (!inner) return "has no `" + each.key + "` in its rows";
    if (const std::string why = misfit_of(each, *inner); !why.empty())
      return "has another `" + each.key + "` in its rows, which " + why;
  }
  return {};
}

}  // namespace

void add_unfit_value(const Definition& of, Position position, const FieldSetting& setting, const std::string& name,
                     const Field& field, std::vector<Fault>& faults) {
  const std::string where = "the field `" + setting.key + "` of " + name;
  const auto tell = [&](const std::string& what, std::string advice) {
    faults.push_back({of.file, position, where + ' ' + what, std::move(advice)});
  };
  if (field.each) {
    tell("has a value for each of several students", "leave it out");
  } else if (const Field* from = of.field(setting.field)) {
    if (const std::string why = misfit_of(*from, field); !why.empty())
      tell(why, "take it from another field than `" + from->key + "`, or leave it out");
  } else if (const auto complaint = complaint_of(field, setting.text)) {
    tell("cannot be `" + setting.text + "`: " + complaint->en, "write a value that the field takes, or leave it out");
  }
}

}  // namespace xueji

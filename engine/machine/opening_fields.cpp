#include "engine/machine/opening_fields.hpp"

#include <fmt/format.h>

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
  if (from.type != to.type) return fmt::format("is of type {}, not {}", to_string(to.type), to_string(from.type));
  for (const Choice& each : from.choices)
    if (!has_choice(to, each.key)) return fmt::format("has no choice `{}`", each.key);
  if (from.type == FieldType::text && to.max > 0 && (from.max == 0 || from.max > to.max))
    return fmt::format("takes {} characters at most", to.max);
  if (from.at_most > to.at_most) return fmt::format("takes {} rows at most", to.at_most);
  for (const Field& each : from.row) {
    const Field* inner = to.inner(each.key);
    if (!inner) return fmt::format("has no `{}` in its rows", each.key);
    if (const std::string why = misfit_of(each, *inner); !why.empty())
      return fmt::format("has another `{}` in its rows, which {}", each.key, why);
  }
  return {};
}

}  // namespace

void add_unfit_value(const Definition& of, Position position, const FieldSetting& setting, const std::string& name,
                     const Field& field, std::vector<Fault>& faults) {
  const std::string where = fmt::format("the field `{}` of {}", setting.key, name);
  if (field.each)
    faults.push_back({of.file, position, where + " has a value for each of several students", "leave it out"});
  else if (const Field* from = of.field(setting.field)) {
    if (const std::string why = misfit_of(*from, field); !why.empty())
      faults.push_back({of.file, position, fmt::format("{} {}", where, why),
                        fmt::format("take it from another field than `{}`, or leave it out", from->key)});
  } else if (const auto complaint = complaint_of(field, setting.text))
    faults.push_back({of.file, position, fmt::format("{} cannot be `{}`: {}", where, setting.text, complaint->en),
                      "write a value that the field takes, or leave it out"});
}

}  // namespace xueji

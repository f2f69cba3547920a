#include "cli/schema/schema_parts.hpp"

#include <fmt/format.h>

#include "engine/authority/role.hpp"

namespace xueji::schema {
namespace {

constexpr std::string_view author_key = "^[a-z][a-z0-9_]{0,39}$";

void write(const json::value& value, std::size_t depth, std::string& out) {
  const std::string indent(2 * depth + 2, ' '), closing(2 * depth, ' ');
  const auto separated = [&](const auto& items, char open, char close, const auto& write_item) {
    if (items.empty()) return void(out += {open, close});
    out += open;
    bool first = true;
    for (const auto& item : items) {
      out += first ? "\n" + indent : ",\n" + indent;
      first = false;
      write_item(item);
    }
    out += "\n" + closing + close;
  };
  if (const auto* object = value.if_object())
    separated(*object, '{', '}', [&](const json::key_value_pair& each) {
      out += json::serialize(json::value(each.key())) + ": ";
      write(each.value(), depth + 1, out);
    });
  else if (const auto* array = value.if_array())
    separated(*array, '[', ']', [&](const json::value& each) { write(each, depth + 1, out); });
  else
    out += json::serialize(value);
}

}  // namespace

json::object described(std::string_view zh, std::string_view en, json::object schema) {
  json::object result{{"description", fmt::format("{}\n{}", zh, en)}};
  for (auto& each : schema) result.insert_or_assign(each.key(), std::move(each.value()));
  return result;
}

json::object reference(std::string_view definition) { return {{"$ref", fmt::format("#/$defs/{}", definition)}}; }

json::object map_of(std::vector<Property> properties) {
  json::object all;
  json::array required;
  for (Property& each : properties) {
    if (each.required) required.emplace_back(each.key);
    all.insert_or_assign(each.key, std::move(each.schema));
  }
  json::object schema{{"type", "object"}, {"properties", std::move(all)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

json::object map_by_key(json::object value) {
  return {{"type", "object"},
          {"minProperties", 1},
          {"propertyNames", {{"pattern", author_key}}},
          {"additionalProperties", std::move(value)}};
}

json::object list_of(json::object item) { return {{"type", "array"}, {"minItems", 1}, {"items", std::move(item)}}; }

json::object one_of_words(const std::vector<std::string_view>& words) {
  return {{"type", "string"}, {"enum", json::array(words.begin(), words.end())}};
}

json::object text(std::int64_t max) { return {{"type", "string"}, {"minLength", 1}, {"maxLength", max}}; }

json::object matching(std::string_view pattern, std::vector<std::string_view> examples) {
  return {{"type", "string"}, {"pattern", pattern}, {"examples", json::array(examples.begin(), examples.end())}};
}

json::object whole_number(std::int64_t least, std::int64_t most) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
}

json::object any_of(std::vector<json::object> schemas) {
  json::array all;
  for (json::object& each : schemas) all.emplace_back(std::move(each));
  return {{"anyOf", std::move(all)}};
}

json::object texts(std::int64_t max) {
  return map_of({{"zh", true, described("中文。", "Chinese.", text(max))},
                 {"en", true, described("英文。", "English.", text(max))}});
}

namespace {

json::object actor_at(std::string_view more) {
  constexpr std::string_view base = "(student\\.school|initiator\\.office|branch\\.school|[a-z][a-z0-9_]*)";
  return matching(
      fmt::format(
          "^({0}) +at +({1}|authority +of +{1}|({2}) +of +{1}|common +superior +of +({1}(,| +and) +{1}|students)|"
          "ministry{3})$",
          fmt::join(role_words, "|"), base, fmt::join(level_words, "|"), more),
      {"registrar at student.school", "head at student.school", "reviewer at authority of student.school",
       "approver at authority of student.school", "approver at province of student.school", "reviewer at ministry"});
}

}  // namespace

json::object actor() { return actor_at(""); }
json::object opener() { return actor_at("|any +school"); }
json::object told() { return actor_at("|schools +of +students"); }

json::object working_days(std::string_view ending) {
  return matching(fmt::format("^[1-9][0-9]{{0,2}} +working +days?{}$", ending),
                  ending.empty() ? std::vector<std::string_view>{"5 working days", "10 working days"}
                                 : std::vector<std::string_view>{"2 working days before"});
}

json::object heading(std::string_view name, std::string_view zh, std::string_view en) {
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", name},
          {"description", fmt::format("{}\n{}", zh, en)}};
}

std::string pretty(const json::value& value) {
  std::string out;
  write(value, 0, out);
  return out + "\n";
}

}  // namespace xueji::schema

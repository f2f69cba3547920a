// What the JSON Schemas of definitions and scenarios are put together from. Descriptions are Chinese and English; an
// editor shows them beside the key.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace xueji::schema {

namespace json = boost::json;

inline constexpr std::int64_t short_text = 200;  ///< characters of a title, at most

struct Property {
  std::string_view key;
  bool required = false;
  json::object schema;
};

/// The schema with that description.
json::object described(std::string_view zh, std::string_view en, json::object schema);
json::object reference(std::string_view definition);
/// A map with exactly these keys.
json::object map_of(std::vector<Property> properties);
/// A map whose keys the author chooses.
json::object map_by_key(json::object value);
json::object list_of(json::object item);
json::object one_of_words(const std::vector<std::string_view>& words);
json::object text(std::int64_t max);
json::object matching(std::string_view pattern, std::vector<std::string_view> examples);
json::object whole_number(std::int64_t least, std::int64_t most);
json::object any_of(std::vector<json::object> schemas);

/// `{zh: …, en: …}`
json::object texts(std::int64_t max);
/// `ROLE at OFFICE`, with the author's own words for places
json::object actor();
/// The same, and `ROLE at any school`.
json::object opener();
/// Who is told, of a pair at the schools of both.
json::object told();
json::object working_days(std::string_view ending);
/// The first part of every schema.
json::object heading(std::string_view name, std::string_view zh, std::string_view en);

/// Indented by two, keys in the order in which they were put in, a line feed at the end.
std::string pretty(const json::value& value);

}  // namespace xueji::schema

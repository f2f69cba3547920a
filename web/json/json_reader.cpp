#include "web/json/json_reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <unordered_set>

namespace xueji::web {
namespace {

namespace json = boost::json;

/// Builds the value as Boost's own handler does, and remembers the keys of every open object.
struct KeepingKeys {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();
  using Fault = json::error_code;

  json::value_stack values;
  std::vector<std::unordered_set<std::string>> keys;
  std::string key;
  bool duplicate = false;

  bool on_document_begin(Fault&) { return true; }
  bool on_document_end(Fault&) { return true; }
  bool on_object_begin(Fault&) {
    keys.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t count, Fault&) {
    keys.pop_back();
    values.push_object(count);
    return true;
  }
  bool on_array_begin(Fault&) { return true; }
  bool on_array_end(std::size_t count, Fault&) {
    values.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, Fault&) {
    key.append(part.data(), part.size());
    values.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Fault& fault) {
    key.append(part.data(), part.size());
    values.push_key(part);
    duplicate = !keys.back().insert(std::move(key)).second;
    key.clear();
    if (duplicate) fault = json::make_error_code(json::error::exception);
    return !duplicate;
  }
  bool on_string_part(json::string_view part, std::size_t, Fault&) {
    values.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, Fault&) {
    values.push_string(part);
    return true;
  }
  bool on_number_part(json::string_view, Fault&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, Fault&) {
    values.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, Fault&) {
    values.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, Fault&) {
    values.push_double(number);
    return true;
  }
  bool on_bool(bool truth, Fault&) {
    values.push_bool(truth);
    return true;
  }
  bool on_null(Fault&) {
    values.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, Fault&) { return true; }
  bool on_comment(json::string_view, Fault&) { return true; }
};

Text sentence(const json::error_code& fault) {
  if (fault == json::error::too_deep)
    return {"JSON 嵌套过深，最多 32 层", "The JSON is nested too deep; 32 levels at most"};
  if (fault == json::error::extra_data) return {"JSON 之后还有多余内容", "Something follows the JSON text"};
  return {"正文不是有效的 JSON（UTF-8）", "The body is not valid JSON in UTF-8"};
}

void collect_unclean(const json::value& value, const std::string& pointer, std::vector<std::string>& found) {
  if (const auto* text = value.if_string()) {
    if (!is_clean_utf8({text->data(), text->size()})) found.push_back(pointer);
  } else if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      const std::string_view name{key.data(), key.size()};
      const auto place = pointer + '/' + pointer_token(name);
      if (!is_clean_utf8(name)) found.push_back(place);
      collect_unclean(member, place, found);
    }
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i)
      collect_unclean((*array)[i], pointer + '/' + std::to_string(i), found);
  }
}

}  // namespace

std::string pointer_token(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (c == '~')
      text += "~0";
    else if (c == '/')
      text += "~1";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
      text += c;
  }
  return text;
}

std::variant<json::value, Text> read_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::basic_parser<KeepingKeys> parser(options);
  parser.handler().values.reset();
  json::error_code fault;
  const auto taken = parser.write_some(false, text.data(), text.size(), fault);
  if (parser.handler().duplicate) return Text{"JSON 对象中有重复的键", "An object of the JSON has the same key twice"};
  if (!fault && taken < text.size()) fault = json::make_error_code(json::error::extra_data);
  if (fault) return sentence(fault);
  return parser.handler().values.release();
}

std::vector<std::string> unclean_texts(const json::value& value) {
  std::vector<std::string> found;
  collect_unclean(value, "", found);
  return found;
}

}  // namespace xueji::web

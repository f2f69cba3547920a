#include "web/json/body_reader.hpp"

#include <algorithm>

#include "engine/definition/rows.hpp"
#include "web/json/json_reader.hpp"

namespace xueji::web {
namespace {

namespace json = boost::json;

const Text wants_text{"应为文字", "This must be a text"};

bool is_json_type(std::string_view type) {
  const auto end = std::min(type.find(';'), type.size());
  auto media = type.substr(0, end);
  while (!media.empty() && media.back() == ' ') media.remove_suffix(1);
  if (!equal_without_case(media, "application/json")) return false;
  const auto charset = type.find("charset=");
  if (charset == std::string_view::npos) return true;
  auto name = type.substr(charset + 8);
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  return equal_without_case(name, "utf-8");
}

std::string text_of(const json::string& text) { return {text.data(), text.size()}; }

}  // namespace

std::variant<json::object, Problem> read_body(const HttpRequest& request, EmptyBody empty) {
  if (request.body.empty() && empty == EmptyBody::is_empty_object) return json::object{};
  const auto type = request.headers.find("Content-Type");
  if (!type || !is_json_type(*type))
    return Problem{
        "unsupported-media-type", {"请求正文须为 application/json", "The body must be application/json"}, {}, {}, {}};
  auto read = read_json(request.body);
  if (auto* fault = std::get_if<Text>(&read)) return malformed(std::move(*fault));
  auto& value = std::get<json::value>(read);
  if (!value.is_object()) return malformed({"请求正文须为 JSON 对象", "The body must be a JSON object"});
  std::vector<FieldComplaint> unclean;
  for (auto& pointer : unclean_texts(value))
    unclean.push_back({std::move(pointer), {"不能含有控制字符", "Control characters are not accepted"}});
  if (!unclean.empty()) return invalid(std::move(unclean));
  return std::move(value.as_object());
}

std::string BodyReader::pointer_to(std::string_view name) const { return pointer_ + '/' + pointer_token(name); }

const json::value* BodyReader::find(std::string_view name, Null null) {
  asked_.emplace(name);
  const auto* value = object_.if_contains({name.data(), name.size()});
  if (!value || !value->is_null()) return value;
  if (null == Null::is_fault) complain(name, {"不能为 null；不填请省略", "This cannot be null; leave it out instead"});
  return nullptr;
}

void BodyReader::complain(std::string_view member, Text message) {
  complaints_.push_back({pointer_to(member), std::move(message)});
}

void BodyReader::adopt(std::vector<FieldComplaint> complaints) {
  complaints_.insert(complaints_.end(), std::make_move_iterator(complaints.begin()),
                     std::make_move_iterator(complaints.end()));
}

std::string BodyReader::required_text(std::string_view name) {
  const auto* value = find(name, Null::is_absent);
  if (!value)
    complain(name, {"必须填写", "This is required"});
  else if (!value->is_string())
    complain(name, wants_text);
  else
    return text_of(value->get_string());
  return {};
}

std::optional<std::string> BodyReader::text(std::string_view name) { return text(name, Null::is_fault); }
std::optional<std::string> BodyReader::nullable_text(std::string_view name) { return text(name, Null::is_absent); }

std::optional<std::string> BodyReader::text(std::string_view name, Null null) {
  const auto* value = find(name, null);
  if (!value) return std::nullopt;
  if (value->is_string()) return text_of(value->get_string());
  complain(name, wants_text);
  return std::nullopt;
}

std::optional<bool> BodyReader::truth(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  complain(name, {"应为 true 或 false", "This must be true or false"});
  return std::nullopt;
}

std::optional<std::int64_t> BodyReader::integer(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  complain(name, {"应为整数", "This must be a whole number"});
  return std::nullopt;
}

std::optional<Instant> BodyReader::instant(std::string_view name) { return instant(name, Null::is_fault); }
std::optional<Instant> BodyReader::nullable_instant(std::string_view name) { return instant(name, Null::is_absent); }

std::optional<Instant> BodyReader::instant(std::string_view name, Null null) {
  const auto given = text(name, null);
  if (!given) return std::nullopt;
  const auto instant = parse_rfc3339(*given);
  if (!instant)
    complain(name, {"应为 RFC 3339 时刻，例如 2026-09-01T00:00:00Z",
                    "This must be an RFC 3339 instant such as 2026-09-01T00:00:00Z"});
  return instant;
}

std::optional<FieldValues> BodyReader::fields(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_object()) {
    complain(name, {"应为对象", "This must be an object"});
    return std::nullopt;
  }
  return values_in(value->get_object(), pointer_to(name), true);
}

FieldValues BodyReader::values_in(const json::object& object, const std::string& pointer, bool takes_rows) {
  FieldValues fields;
  for (const auto& [key, field] : object) {
    const std::string field_name(key.data(), key.size());
    const std::string at = pointer + '/' + pointer_token(field_name);
    if (field.is_string())
      fields.emplace(field_name, text_of(field.get_string()));
    else if (field.is_null())
      fields.emplace(field_name, std::string());
    else if (takes_rows && field.is_array())
      fields.emplace(field_name, rows_in(field.get_array(), at));
    else
      complaints_.push_back(
          {at, takes_rows ? Text{"应为文字，或各行的数组", "This must be a text, or an array of rows"} : wants_text});
  }
  return fields;
}

std::string BodyReader::rows_in(const json::array& rows, const std::string& pointer) {
  GuardRows values;
  if (rows.size() > rows_max) {
    complaints_.push_back(
        {pointer, {"最多 " + std::to_string(rows_max) + " 行", "At most " + std::to_string(rows_max) + " rows"}});
    return {};
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    std::string at = pointer + '/' + std::to_string(row);
    if (const auto* object = rows[row].if_object())
      values.push_back(values_in(*object, at, false));
    else
      complaints_.push_back({std::move(at), {"应为对象", "This must be an object"}});
  }
  return text_of_rows(values);
}

std::vector<ForOne> BodyReader::each(std::string_view name) {
  std::vector<ForOne> each;
  std::set<int> before;
  for (const auto& [object, pointer] : objects(name, subjects_max)) {
    BodyReader item(*object, pointer);
    const auto ordinal = item.integer("ordinal");
    const bool is_one = ordinal && *ordinal >= 1 && *ordinal <= static_cast<std::int64_t>(subjects_max);
    if (!is_one)
      item.complain("ordinal", {"请指明此件的第几名学生", "Say which of the request's students it is"});
    else if (!before.insert(static_cast<int>(*ordinal)).second)
      item.complain("ordinal", {"与前面的一名学生相同", "This student stands here twice"});
    if (!item.has("fields"))
      item.complain("fields", {"请写明为这名学生填写的内容；要清空的，写空对象",
                               "Say what is filled in for this student; an empty object clears it"});
    auto fields = item.fields("fields").value_or(FieldValues{});
    adopt(item.finish());
    if (is_one) each.push_back({static_cast<int>(*ordinal), std::move(fields)});
  }
  return each;
}

std::optional<std::vector<EvidenceReference>> BodyReader::evidence(std::string_view name) {
  if (!find(name)) return std::nullopt;
  std::vector<EvidenceReference> references;
  for (const auto& [object, pointer] : objects(name, 200)) {
    BodyReader item(*object, pointer);
    references.push_back({item.required_text("kind"), item.required_text("sha256")});
    adopt(item.finish());
  }
  return references;
}

std::optional<std::vector<std::string>> BodyReader::texts(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  std::vector<std::string> texts;
  if (!value->is_array()) {
    complain(name, {"应为数组", "This must be an array"});
    return std::nullopt;
  }
  for (std::size_t i = 0; i < value->get_array().size(); ++i) {
    const auto& item = value->get_array()[i];
    if (item.is_string())
      texts.push_back(text_of(item.get_string()));
    else
      complaints_.push_back({pointer_to(name) + '/' + std::to_string(i), wants_text});
  }
  return texts;
}

std::vector<std::pair<const json::object*, std::string>> BodyReader::objects(std::string_view name, std::size_t max) {
  std::vector<std::pair<const json::object*, std::string>> found;
  const auto* value = find(name);
  if (!value) return found;
  if (!value->is_array()) {
    complain(name, {"应为数组", "This must be an array"});
    return found;
  }
  const auto& array = value->get_array();
  if (array.size() > max) {
    complain(name, {"最多 " + std::to_string(max) + " 项", "At most " + std::to_string(max) + " items"});
    return found;
  }
  for (std::size_t i = 0; i < array.size(); ++i) {
    auto pointer = pointer_to(name) + '/' + std::to_string(i);
    if (const auto* object = array[i].if_object())
      found.emplace_back(object, std::move(pointer));
    else
      complaints_.push_back({std::move(pointer), {"应为对象", "This must be an object"}});
  }
  return found;
}

std::vector<FieldComplaint> BodyReader::finish() {
  for (const auto& member : object_) {
    const std::string_view name{member.key().data(), member.key().size()};
    if (!asked_.contains(name)) complain(name, {"没有此项", "There is no such member"});
  }
  return std::move(complaints_);
}

}  // namespace xueji::web

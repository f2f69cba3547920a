// GET /api/v1/name-characters: what a name may hold, for the page to ask the same table as the server.
#include "engine/registry/name_characters.hpp"

#include "engine/registry/names.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

template <class Characters>
void write_characters(JsonWriter& json, std::string_view key, const Characters& characters) {
  json.key(key).begin_array();
  for (const char32_t c : characters) json.value(static_cast<std::uint32_t>(c));
  json.end_array();
}

void write_pair(JsonWriter& json, char32_t one, char32_t other) {
  json.begin_array().value(static_cast<std::uint32_t>(one)).value(static_cast<std::uint32_t>(other)).end_array();
}

std::string table() {
  JsonWriter json;
  json.begin_object().member("unicode", unicode_version()).member("charactersMax", person_name_code_points_max);
  json.key("letters").begin_array();
  for (const CharacterRange& range : name_letters()) write_pair(json, range.first, range.last);
  json.end_array();
  write_characters(json, "between", name_marks_between);
  write_characters(json, "dots", name_dots);
  json.key("lookAlikes").begin_array();
  for (const LookAlike& one : look_alikes()) write_pair(json, one.given, one.meant);
  json.end_array().end_object();
  return json.take();
}

}  // namespace

HttpResponse show_name_characters(Context&, const Exchange&) {
  static const auto text = std::make_shared<const std::string>(table());
  HttpResponse response;
  response.content_type = "application/json; charset=utf-8";
  response.shared_body = text;
  response.headers.emplace_back("Cache-Control", "public, max-age=86400");
  return response;
}

}  // namespace xueji::web

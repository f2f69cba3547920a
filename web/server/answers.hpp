// How resources answer.
#pragma once
#include "web/json/json_writer.hpp"
#include "web/json/problem.hpp"
#include "web/server/application.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

inline constexpr std::string_view svg_type = "image/svg+xml";

HttpResponse json_response(int status, JsonWriter json);
HttpResponse empty_response();
HttpResponse html_response(int status, std::string html);
HttpResponse answer(const Exchange& exchange, const Problem& problem);
std::string etag(std::int64_t version);
Rendering rendering_for(const Services& services, Language language);

/// `{"items": […], "next": …, "count"?: …}`; `write` writes each item.
template <class Items, class Write>
HttpResponse list_response(const Items& items, const std::optional<std::string>& next, Write write,
                           std::optional<std::size_t> count = std::nullopt) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const auto& item : items) write(json, item);
  json.end_array().member("next", next);
  if (count) json.member("count", *count);
  json.end_object();
  return json_response(200, std::move(json));
}

}  // namespace xueji::web

#include "web/live/live_hello.hpp"

#include <boost/json/parse.hpp>

namespace xueji::web {

namespace {

namespace json = boost::json;

/// Boost.JSON keeps the last of two equal keys; without escapes two spellings of a key are one.
bool names_once(std::string_view text, std::string_view key) {
  const auto first = text.find(key);
  return first != std::string_view::npos && text.find(key, first + 1) == std::string_view::npos;
}

std::optional<std::chrono::seconds> heartbeat_of(const json::value& value) {
  const auto* seconds = value.if_int64();
  if (!seconds || *seconds < heartbeat_min.count() || *seconds > heartbeat_max.count()) return std::nullopt;
  return std::chrono::seconds{*seconds};
}

}  // namespace

std::optional<LiveHello> parse_live_hello(std::string_view text) {
  if (text.find('\\') != std::string_view::npos || !names_once(text, "\"after\"")) return std::nullopt;
  boost::system::error_code error;
  const auto value = json::parse(json::string_view{text.data(), text.size()}, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* after = object ? object->if_contains("after") : nullptr;
  if (!after) return std::nullopt;
  LiveHello hello;
  if (const auto* id = after->if_string())
    hello.after = std::string{id->data(), id->size()};
  else if (!after->is_null())
    return std::nullopt;
  const auto* heartbeat = object->if_contains("heartbeat");
  if (object->size() != (heartbeat ? 2u : 1u)) return std::nullopt;
  if (!heartbeat) return hello;
  const auto seconds = names_once(text, "\"heartbeat\"") ? heartbeat_of(*heartbeat) : std::nullopt;
  if (!seconds) return std::nullopt;
  hello.heartbeat = *seconds;
  return hello;
}

}  // namespace xueji::web

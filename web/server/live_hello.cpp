#include "web/server/live_hello.hpp"

#include <boost/json/parse.hpp>

namespace xueji::web {

namespace {
/// Boost.JSON keeps the last of two equal keys; without escapes two spellings of a key are one.
bool names_after_once(std::string_view text) {
  constexpr std::string_view key = "\"after\"";
  const auto first = text.find(key);
  return text.find('\\') == std::string_view::npos && first != std::string_view::npos &&
         text.find(key, first + 1) == std::string_view::npos;
}
}  // namespace

std::optional<LiveHello> parse_live_hello(std::string_view text) {
  if (!names_after_once(text)) return std::nullopt;
  boost::system::error_code error;
  const auto value = boost::json::parse(boost::json::string_view{text.data(), text.size()}, error);
  const auto* object = error ? nullptr : value.if_object();
  if (!object || object->size() != 1) return std::nullopt;
  const auto* after = object->if_contains("after");
  if (!after) return std::nullopt;
  if (after->is_null()) return LiveHello{};
  if (const auto* id = after->if_string()) return LiveHello{std::string{id->data(), id->size()}};
  return std::nullopt;
}

}  // namespace xueji::web

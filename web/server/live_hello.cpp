#include "web/server/live_hello.hpp"

#include <boost/json/parse.hpp>

namespace xueji::web {

std::optional<LiveHello> parse_live_hello(std::string_view text) {
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

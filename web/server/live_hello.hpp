// The first message of a WebSocket: where to go on.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace xueji::web {

struct LiveHello {
  std::optional<std::string> after;
};

/// `{"after": null | "ID"}` and nothing else; nothing for any other text. The id itself is judged by the hub.
std::optional<LiveHello> parse_live_hello(std::string_view text);

}  // namespace xueji::web

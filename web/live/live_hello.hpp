// The first message of a WebSocket: where to go on, and whether to hear that the line is alive.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace xueji::web {

struct LiveHello {
  std::optional<std::string> after;
  std::chrono::seconds heartbeat{0};  ///< how often to send a sign of life; 0 for never
};

inline constexpr std::chrono::seconds heartbeat_min{5}, heartbeat_max{300};

/// `{"after": null | "ID"}` with or without `"heartbeat": SECONDS` from 5 to 300, and nothing else; nothing for any
/// other text. The id itself is judged by the hub.
std::optional<LiveHello> parse_live_hello(std::string_view text);

}  // namespace xueji::web

// From an HTTP connection to a follower of the hub. Internal to the listener.
#pragma once
#include "web/http/http.hpp"
#include "web/wire/listener.hpp"

namespace xueji::web {

/// Whether the request asks for a WebSocket, version 13, with a well-formed key.
bool is_websocket_upgrade(const HttpRequest& request);

/// Takes the connection over; the account's place was taken before, and is released when the WebSocket ends.
void start_websocket(Listener& listener, Lane& lane, Socket socket, LiveSession session, const HttpRequest& request);

}  // namespace xueji::web

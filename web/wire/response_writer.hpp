// An HttpResponse on the wire. Internal to the listener.
#pragma once
#include <string_view>

#include "web/http/http.hpp"
#include "web/wire/lane.hpp"

namespace xueji::web {

struct ResponseContext {
  std::string_view request_id;
  bool head_only = false;  ///< the answer to HEAD: the lengths, not the body
  bool keep_alive = true;
  bool http_1_0 = false;
  bool tls_only = false;  ///< browsers are told to come by TLS alone from now on
};

/// Writes it whole, with Content-Length, X-Request-Id and the security headers that the application did not set; pushes
/// `deadline` on while the peer reads. False when the peer has gone or the response could not be sent as it is.
Coroutine<bool> write_response(Socket& socket, HttpResponse response, ResponseContext context, Moment& deadline,
                               std::chrono::seconds timeout, std::size_t rate_min);

}  // namespace xueji::web

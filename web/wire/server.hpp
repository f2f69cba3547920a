// The listener: Beast and Asio, confined to server.cpp, http_session.cpp and websocket_session.cpp.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "web/http/http.hpp"
#include "web/live/live.hpp"
#include "web/wire/bound_port.hpp"

namespace xueji::web {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0 takes a free one
  unsigned io_threads = 2;
  std::size_t connections_max = 20'000;
  std::size_t websockets_per_account_max = 20'000;  ///< lowered in production configuration
  std::chrono::seconds header_timeout{10};
  std::chrono::seconds idle_timeout{30};
  std::chrono::seconds write_timeout{30};
  std::chrono::seconds websocket_idle{60};
  std::chrono::seconds linger{5};        ///< for the rest of a refused body; a steady sender has longer
  std::size_t body_rate_min = 8 * 1024;  ///< bytes per second below which a body is given up
  std::size_t header_bytes_max = std::size_t{16} * 1024;
  std::size_t bodies_bytes_max = 512u << 20;           ///< of all requests being read at once; more are answered 503
  std::size_t account_bodies_bytes_max = 64u << 20;    ///< of one account's; likewise
  std::size_t anonymous_bodies_bytes_max = 16u << 20;  ///< of all who are not signed in; likewise
  std::size_t websocket_queue_max = 256;  ///< frames waiting for one slow reader, then 1013; at least twice Hub::page()
  std::size_t websocket_queue_bytes_max = 1 << 20;
  std::chrono::seconds drain{10};  ///< for requests under way when stopping
  bool tls_only = false;           ///< clients come by TLS, through a proxy: HSTS
};

struct ServerFigures {
  std::atomic<std::uint64_t> connections{0}, accepted{0}, refused{0}, requests{0}, malformed{0};
};

/// Who may open the WebSocket: decided by the application before the upgrade.
struct LiveSession {
  Caller caller;
  std::string session;  ///< names the session for Hub::end_session
};
/// Runs off the I/O threads when it must block. Answers a LiveSession, or the refusal to send instead of the upgrade.
using LiveGate = std::function<void(HttpRequest, std::function<void(std::optional<LiveSession>, HttpResponse)>)>;

class Server {
 public:
  /// Listens; throws std::system_error. `live_path` is `/api/v1/events`. Without a port it binds that of the options.
  Server(Handler& handler, Hub& hub, LiveGate gate, std::string live_path, ServerOptions options);
  Server(Handler& handler, Hub& hub, LiveGate gate, std::string live_path, ServerOptions options, BoundPort port);
  ~Server();
  std::uint16_t port() const;
  /// Serves until stop(); returns when drained.
  void run();
  /// From any thread, also from a signal-handling thread: accepts no more, lets requests finish, closes WebSockets with
  /// 1001.
  void stop();
  const ServerFigures& figures() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xueji::web

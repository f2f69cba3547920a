// What all connections of one server share. Internal to the listener.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "web/wire/access_log.hpp"
#include "web/wire/lane.hpp"
#include "web/wire/server.hpp"

namespace xueji::web {

/// Outlives every connection: Server::run() returns only when the last one has ended.
struct Listener {
  Listener(Handler& to_handler, Hub& to_hub, LiveGate live_gate, std::string path, ServerOptions with);

  std::string next_request_id();
  /// A place for one more WebSocket of that account; false when it has too many.
  bool take_websocket(AccountId account);
  void release_websocket(AccountId account);
  /// Room for that many more bytes of bodies; false when too many are being read, of all or of that account. Whoever is
  /// not signed in counts as one account.
  bool take_body_bytes(AccountId account, std::size_t bytes);
  void release_body_bytes(AccountId account, std::size_t bytes);
  /// Each connection is counted from its construction to its end; the last one after stopping ends the server.
  void connection_began();
  void connection_ended();
  void finish();

  Handler& handler;
  Hub& hub;
  LiveGate gate;
  std::string live_path;
  ServerOptions options;
  ServerFigures figures;
  AccessLog access_log;
  std::vector<std::unique_ptr<Lane>> lanes;
  std::atomic<bool> stopping{false};

 private:
  std::mutex bodies_mutex_;
  std::size_t body_bytes_ = 0;
  std::unordered_map<AccountId, std::size_t> body_bytes_of_;
  std::atomic<std::uint64_t> next_id_{0};
  std::string id_prefix_;
  std::mutex websockets_mutex_;
  std::unordered_map<AccountId, std::size_t> websockets_;
};

/// Counts a connection for as long as it lives.
class Counted {
 public:
  explicit Counted(Listener& listener) : listener_(listener) { listener_.connection_began(); }
  ~Counted() { listener_.connection_ended(); }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  Listener& listener_;
};

}  // namespace xueji::web

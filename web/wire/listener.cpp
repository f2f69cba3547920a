#include "web/wire/listener.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace xueji::web {

Listener::Listener(Handler& to_handler, Hub& to_hub, LiveGate live_gate, std::string path, ServerOptions with)
    : handler(to_handler),
      hub(to_hub),
      gate(std::move(live_gate)),
      live_path(std::move(path)),
      options(std::move(with)) {
  options.websocket_queue_max = std::max(options.websocket_queue_max, 2 * hub.page());
  std::random_device device;
  id_prefix_ = fmt::format("{:08x}", device());
  for (unsigned i = 0; i < std::max(options.io_threads, 1u); ++i) lanes.push_back(std::make_unique<Lane>());
}

std::string Listener::next_request_id() { return fmt::format("{}{:08x}", id_prefix_, ++next_id_); }

bool Listener::take_websocket(AccountId account) {
  const std::lock_guard lock(websockets_mutex_);
  auto& count = websockets_[account];
  if (count >= options.websockets_per_account_max) return false;
  ++count;
  return true;
}

void Listener::release_websocket(AccountId account) {
  const std::lock_guard lock(websockets_mutex_);
  if (const auto found = websockets_.find(account); found != websockets_.end() && --found->second == 0)
    websockets_.erase(found);
}

bool Listener::take_body_bytes(AccountId account, std::size_t bytes) {
  const std::lock_guard lock(bodies_mutex_);
  auto& own = body_bytes_of_[account];
  const auto own_max = account ? options.account_bodies_bytes_max : options.anonymous_bodies_bytes_max;
  const bool has_room = body_bytes_ + bytes <= options.bodies_bytes_max && own + bytes <= own_max;
  if (has_room) {
    body_bytes_ += bytes;
    own += bytes;
  }
  if (own == 0) body_bytes_of_.erase(account);
  return has_room;
}

void Listener::release_body_bytes(AccountId account, std::size_t bytes) {
  const std::lock_guard lock(bodies_mutex_);
  body_bytes_ -= bytes;
  if (const auto found = body_bytes_of_.find(account); found != body_bytes_of_.end() && (found->second -= bytes) == 0)
    body_bytes_of_.erase(found);
}

void Listener::connection_began() { ++figures.connections; }

void Listener::connection_ended() {
  if (--figures.connections == 0 && stopping) finish();
}

void Listener::finish() {
  for (const auto& lane : lanes) lane->finish();
}

}  // namespace xueji::web

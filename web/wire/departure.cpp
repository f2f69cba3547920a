#include "web/wire/departure.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace xueji::web {

Departure::Departure(Socket& socket) : watch_(std::make_shared<Watch>()) {
  watch_->socket = &socket;
  socket.async_wait(Socket::wait_read, [watch = watch_](const boost::system::error_code& error) {
    if (!error && watch->socket) look(*watch);
  });
}

Departure::~Departure() {
  watch_->departed = true;
  boost::system::error_code ignored;
  watch_->socket->cancel(ignored);
  watch_->socket = nullptr;
}

std::shared_ptr<const std::atomic<bool>> Departure::flag() const { return {watch_, &watch_->departed}; }

void Departure::look(Watch& watch) {
  char byte = 0;
  const auto got = ::recv(watch.socket->native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  watch.departed = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

}  // namespace xueji::web

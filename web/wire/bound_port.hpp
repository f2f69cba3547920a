// An address of this machine that is taken before anything else is done, so that a second server on it touches nothing.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

namespace xueji::web {

/// Nobody is answered there before a Server has it: until then connections are refused.
class BoundPort {
 public:
  /// Throws std::system_error, so where another program listens there. Port 0 takes a free one.
  BoundPort(const std::string& address, std::uint16_t port);
  BoundPort(BoundPort&&) noexcept;
  ~BoundPort();
  struct Impl;

 private:
  friend class Server;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xueji::web

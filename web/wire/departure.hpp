// Whether nobody waits for an answer any more: the client has closed its connection, or the server gave up on it.
#pragma once
#include <atomic>
#include <memory>

#include "web/wire/lane.hpp"

namespace xueji::web {

class Departure {
 public:
  /// From the lane's thread; nothing may be read from `socket` until this is destroyed, on the same thread. A client
  /// that sends its next request early is not watched any more.
  explicit Departure(Socket& socket);
  /// From then on the flag says that nobody waits.
  ~Departure();
  Departure(const Departure&) = delete;
  Departure& operator=(const Departure&) = delete;

  /// May be read from any thread, and outlives this.
  std::shared_ptr<const std::atomic<bool>> flag() const;

 private:
  struct Watch {
    Socket* socket = nullptr;  ///< null when nobody wants to know any more
    std::atomic<bool> departed{false};
  };
  static void look(Watch& watch);

  std::shared_ptr<Watch> watch_;
};

}  // namespace xueji::web

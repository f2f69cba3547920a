// Ends the WebSockets of sessions that have ended, whoever ended them: this server, another, the command line, the
// clock.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "web/live/live.hpp"
#include "web/sessions/authentication.hpp"

namespace xueji::web {

/// Looks at the sessions of all followers now and then, on a thread of its own, as a request of each would be looked
/// at. While the database can't be asked, who follows goes on to.
class LiveWatch {
 public:
  LiveWatch(Hub& hub, Authentication& authentication, std::chrono::milliseconds pause);
  ~LiveWatch();
  LiveWatch(const LiveWatch&) = delete;
  LiveWatch& operator=(const LiveWatch&) = delete;
  /// Ends the thread; nothing is looked at any more.
  void stop();

 private:
  void run();
  void look();

  Hub& hub_;
  Authentication& authentication_;
  const std::chrono::milliseconds pause_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace xueji::web

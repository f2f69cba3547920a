// SIGINT and SIGTERM, as a call of a function.
#pragma once
#include <csignal>
#include <functional>
#include <thread>

namespace xueji {

/// Made before any other thread, so that all inherit the blocked signals. SIGPIPE is ignored from then on.
class StopSignals {
 public:
  StopSignals();
  /// Ends the waiting thread.
  ~StopSignals();
  /// Calls `stop` on a thread of its own at the first signal. Once.
  void on_signal(std::function<void()> stop);

 private:
  sigset_t signals_;
  std::thread waiting_;
};

}  // namespace xueji

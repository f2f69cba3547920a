// Who may write next, in order of asking: one process writes one transaction at a time, and no thread is starved by
// another that always has something to write.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace xueji::sql {

class WriteTurn {
 public:
  /// Throws StoreError{busy} when the turn does not come in time.
  void take(std::chrono::milliseconds wait);
  void give_back();

 private:
  struct Waiter {
    std::condition_variable called;
    bool granted = false;
  };
  std::mutex mutex_;
  bool taken_ = false;
  std::deque<Waiter*> waiting_;
};

}  // namespace xueji::sql

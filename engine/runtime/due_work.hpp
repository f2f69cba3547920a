// Which requests the machine is working on, and the checks that wait for a thread.
#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "engine/ports/store.hpp"

namespace xueji {

/// Safe from any thread. A request is worked on at most once at a time.
class DueWork {
 public:
  /// Called before the store is asked what is due: what finishes from now on may be in its answer all the same.
  void begin_look();
  /// False when that request is being worked on, or was finished since the look began.
  bool start(RequestId request);
  void finish(RequestId request);
  /// Finishes what can't be done as things stand, and lets it rest for more and more looks each time, so that neither
  /// it nor those behind it in the store's order wait for it.
  void put_off(RequestId request);
  std::size_t put_off() const;
  /// Forgets the rest of those that are due no more.
  void keep_resting(const std::unordered_set<RequestId>& due);
  void add_check(DueTask task);
  /// Waits for a check; nothing once stopped.
  std::optional<DueTask> next_check();
  bool is_under_way(RequestId request) const;
  std::size_t under_way() const;
  /// Drops checks that have not begun.
  void stop();
  void wait_until_idle();

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  struct Rest {
    std::uint64_t looks = 1;  ///< that it lasts
    std::uint64_t until_look = 0;
  };
  std::unordered_set<RequestId> under_way_, finished_;
  std::unordered_map<RequestId, Rest> resting_;
  std::uint64_t look_ = 0;
  std::deque<DueTask> checks_;
  bool stopped_ = false;
};

}  // namespace xueji

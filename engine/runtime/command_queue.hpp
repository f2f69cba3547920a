// The commands that wait for the committer, and the idempotency keys under way.
#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/runtime/runtime.hpp"

namespace xueji {

struct QueuedCommand {
  Command command;
  Completion completion;
};

/// Bounded; safe from any thread.
class CommandQueue {
 public:
  CommandQueue(std::size_t queue_max, std::size_t batch_max) : queue_max_(queue_max), batch_max_(batch_max) {}

  enum class Taken { queued, full, stopped, key_under_way };
  /// Moves from `command` only when it is queued.
  Taken add(QueuedCommand& command);
  /// Waits for at least one command and takes what has gathered, at most a batch. Empty once stopped and drained.
  std::vector<QueuedCommand> take();
  /// The key may be used again.
  void release(const IdempotencyKey& key);
  /// Accepts no more; what waits is still taken.
  void stop();
  std::size_t waiting() const;

 private:
  const std::size_t queue_max_;
  const std::size_t batch_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<QueuedCommand> commands_;
  std::unordered_set<std::string> keys_;
  bool stopped_ = false;
};

}  // namespace xueji

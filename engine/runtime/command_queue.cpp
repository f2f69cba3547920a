#include "engine/runtime/command_queue.hpp"

#include <algorithm>
#include <iterator>

#include "engine/ports/store.hpp"

namespace xueji {
namespace {

std::string text_of(const IdempotencyKey& key) { return key_text(key.account, key.key); }

}  // namespace

CommandQueue::Taken CommandQueue::add(QueuedCommand& command) {
  const auto& key = command.command.idempotency;
  std::lock_guard lock(mutex_);
  if (stopped_) return Taken::stopped;
  if (key && keys_.contains(text_of(*key))) return Taken::key_under_way;
  if (commands_.size() >= queue_max_) return Taken::full;
  if (key) keys_.insert(text_of(*key));
  commands_.push_back(std::move(command));
  if (commands_.size() == 1) changed_.notify_one();
  return Taken::queued;
}

std::vector<QueuedCommand> CommandQueue::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || !commands_.empty(); });
  const auto count = static_cast<std::ptrdiff_t>(std::min(commands_.size(), batch_max_));
  const auto end = commands_.begin() + count;
  std::vector<QueuedCommand> batch(std::make_move_iterator(commands_.begin()), std::make_move_iterator(end));
  commands_.erase(commands_.begin(), end);
  return batch;
}

void CommandQueue::release(const IdempotencyKey& key) {
  std::lock_guard lock(mutex_);
  keys_.erase(text_of(key));
}

void CommandQueue::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

std::size_t CommandQueue::waiting() const {
  std::lock_guard lock(mutex_);
  return commands_.size();
}

}  // namespace xueji

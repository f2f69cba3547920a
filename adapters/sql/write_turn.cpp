#include "adapters/sql/write_turn.hpp"

#include <algorithm>

#include "engine/ports/store.hpp"

namespace xueji::sql {

void WriteTurn::take(std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  if (!taken_) {
    taken_ = true;
    return;
  }
  Waiter self;
  waiting_.push_back(&self);
  if (self.called.wait_until(lock, std::chrono::steady_clock::now() + wait, [&] { return self.granted; })) return;
  std::erase(waiting_, &self);
  throw StoreError(StoreError::Kind::busy, "the turn to write did not come in time");
}

void WriteTurn::give_back() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    taken_ = false;
    return;
  }
  Waiter* next = waiting_.front();
  waiting_.pop_front();
  next->granted = true;
  next->called.notify_one();
}

}  // namespace xueji::sql

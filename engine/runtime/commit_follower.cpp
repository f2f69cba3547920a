#include "engine/runtime/commit_follower.hpp"

#include <algorithm>

namespace xueji {
namespace {

constexpr std::size_t rows_at_once = 1000;

}  // namespace

void CommitFollower::committed(std::span<const OutboxRow> rows) {
  const std::lock_guard lock(mutex_);
  while (!rows.empty() && rows.front().id <= told_) rows = rows.subspan(1);
  if (rows.empty()) return;
  if (rows.front().first.value > told_.value + 1) tell_others_up_to(HistoryId{rows.front().first.value - 1});
  told_ = rows.back().id;
  next_.committed(rows);
}

void CommitFollower::catch_up() {
  const std::lock_guard lock(mutex_);
  const HistoryId newest = queries_.newest_history();
  if (newest > told_) tell_others_up_to(newest);
}

void CommitFollower::tell_others_up_to(HistoryId last) {
  while (told_ < last) {
    auto rows = queries_.outbox(told_, rows_at_once);
    std::erase_if(rows, [&](const OutboxRow& row) { return row.id > last; });
    if (rows.empty()) break;
    told_ = rows.back().id;
    next_.committed(rows);
  }
  told_ = std::max(told_, last);
}

}  // namespace xueji

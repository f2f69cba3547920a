#include "web/server/record_looks.hpp"

#include <spdlog/spdlog.h>

#include "engine/ports/store.hpp"

namespace xueji::web {

RecordLooks::RecordLooks(AuditTrail& trail, RecordLooksOptions options)
    : trail_(trail), options_(options), thread_([this] { run(); }) {}

RecordLooks::~RecordLooks() { stop(); }

void RecordLooks::note(AuditLine line) {
  const std::lock_guard lock(mutex_);
  if (remembered_.contains(line.once)) return;
  if (waiting_.size() >= options_.waiting_max)
    throw StoreError(StoreError::Kind::busy, "the audit trail can't be written");
  if (remembered_.size() >= options_.remembered_max) remembered_.clear();
  remembered_.insert(line.once);
  waiting_.push_back(std::move(line));
  if (waiting_.size() == 1) woken_.notify_all();
}

void RecordLooks::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RecordLooks::run() {
  std::unique_lock lock(mutex_);
  auto end = std::chrono::steady_clock::time_point::max();
  while (true) {
    woken_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (!stopping_) woken_.wait_for(lock, options_.gather, [this] { return stopping_; });
    if (stopping_ && end == std::chrono::steady_clock::time_point::max())
      end = std::chrono::steady_clock::now() + options_.last_try;
    if (waiting_.empty()) return;
    const AuditLines lines = waiting_;
    lock.unlock();
    bool written = false;
    try {
      trail_.add(lines);
      written = true;
    } catch (const StoreError& error) {
      spdlog::warn("writing {} lines of the audit trail failed: {}", lines.size(), error.what());
    }
    lock.lock();
    if (written) {
      waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(lines.size()));
      continue;
    }
    if (std::chrono::steady_clock::now() >= end) return;
    woken_.wait_for(lock, options_.again, [this, before = stopping_] { return stopping_ != before; });
  }
}

}  // namespace xueji::web

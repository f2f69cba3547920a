#include "adapters/sql/connections.hpp"

#include <utility>

namespace xueji::sql {

Connections::Connections(const std::string& url, DatabaseOptions options)
    : options_(options), dialect_(make_dialect(url)), writer_(std::make_unique<Session>(*dialect_, true, options_)) {}

std::unique_ptr<Session> Connections::borrow() {
  std::unique_lock lock(mutex_);
  const auto deadline = std::chrono::steady_clock::now() + options_.wait;
  if (!free_.wait_until(lock, deadline, [&] { return !idle_.empty() || made_ < options_.read_sessions; }))
    throw StoreError(StoreError::Kind::busy, "no reading session was free in time");
  if (!idle_.empty()) {
    auto session = std::move(idle_.back());
    idle_.pop_back();
    return session;
  }
  ++made_;
  lock.unlock();
  try {
    return std::make_unique<Session>(*dialect_, false, options_);
  } catch (...) {
    bring_back(nullptr);
    throw;
  }
}

void Connections::bring_back(std::unique_ptr<Session> session) {
  {
    const std::lock_guard lock(mutex_);
    if (session)
      idle_.push_back(std::move(session));
    else
      --made_;
  }
  free_.notify_one();
}

Connections::Reading::Reading(Connections& connections) : connections_(connections), session_(connections.borrow()) {
  try {
    session_->execute(connections_.dialect_->begin_read());
  } catch (...) {
    connections_.bring_back(nullptr);
    throw;
  }
}

Connections::Reading::~Reading() {
  try {
    session_->execute("ROLLBACK");
    session_->trim();
  } catch (const std::exception&) {
    session_.reset();  // A session that can't end its transaction is not lent again.
  }
  connections_.bring_back(std::move(session_));
}

Connections::Writing::Writing(Connections& connections) : connections_(connections) {
  connections_.turn_.take(connections_.options_.wait);
  try {
    if (!connections_.writer_)
      connections_.writer_ = std::make_unique<Session>(*connections_.dialect_, true, connections_.options_);
    connections_.writer_->execute(connections_.dialect_->begin_write());
  } catch (...) {
    connections_.turn_.give_back();
    throw;
  }
}

void Connections::Writing::commit() {
  connections_.writer_->execute("COMMIT", true);
  open_ = false;
}

Connections::Writing::~Writing() {
  try {
    if (open_) connections_.writer_->execute("ROLLBACK");
    connections_.writer_->trim();
  } catch (const std::exception&) {
    connections_.writer_.reset();  // Closing it rolls back; the next to write opens a new one.
  }
  connections_.turn_.give_back();
}

}  // namespace xueji::sql

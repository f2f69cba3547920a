// The way back from an application's thread to the coroutine that waits for its answer. Internal to the listener.
#pragma once
#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "web/wire/lane.hpp"

namespace xueji::web {

/// One value of type T, given at most once and from any thread. A giver that comes after the waiter has gone, or after
/// another, is ignored and touches nothing of the lane.
template <class T>
class Answer : public std::enable_shared_from_this<Answer<T>> {
 public:
  explicit Answer(Executor executor) : executor_(executor) {}

  void give(T value) {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    value_ = std::move(value);
    wake();
  }

  /// The waiter goes on without an answer.
  void abandon() {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    wake();
  }

  /// On the lane, once. Nothing when it was abandoned.
  Coroutine<std::optional<T>> wait() {
    co_await signal_.wait();
    co_return std::move(value_);
  }

 private:
  void wake() {
    asio::post(executor_, [self = this->shared_from_this()] { self->signal_.notify(); });
  }

  Executor executor_;
  std::mutex mutex_;
  bool closed_ = false;
  std::optional<T> value_;
  Signal signal_;
};

/// The giving end; when its last copy is gone and nothing was given, the waiter goes on without an answer.
template <class T>
class Promise {
 public:
  explicit Promise(std::shared_ptr<Answer<T>> answer) : answer_(std::move(answer)) {}
  ~Promise() { answer_->abandon(); }
  Promise(const Promise&) = delete;
  Promise& operator=(const Promise&) = delete;
  void give(T value) { answer_->give(std::move(value)); }

 private:
  std::shared_ptr<Answer<T>> answer_;
};

}  // namespace xueji::web

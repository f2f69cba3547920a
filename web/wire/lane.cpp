#include "web/wire/lane.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace xueji::web {

namespace {
constexpr std::chrono::milliseconds tick{200};
}

Lane::Lane() : guard_(asio::make_work_guard(context_)), ticks_(context_.get_executor()) {}

void Lane::run() {
  asio::co_spawn(executor(), watch_deadlines(), asio::detached);
  context_.run();
}

void Lane::finish() {
  asio::post(executor(), [this] {
    finished_ = true;
    ticks_.cancel();
    guard_.reset();
  });
}

void Lane::add(Connection& connection) {
  connections_.insert(&connection);
  if (draining_until_) connection.drain();
}

void Lane::remove(Connection& connection) { connections_.erase(&connection); }

void Lane::drain(Moment until) {
  draining_until_ = until;
  for (auto* connection : connections_) connection->drain();
}

Coroutine<> Lane::watch_deadlines() {
  while (!finished_) {
    ticks_.expires_after(tick);
    co_await ticks_.async_wait(resume_with_error);
    const auto now = Steady::now();
    for (auto* connection : connections_) {
      if (connection->deadline > now && (!draining_until_ || *draining_until_ > now)) continue;
      connection->deadline = Moment::max();
      connection->abort();
    }
  }
}

template <class Completion>
struct Signal::WaiterOf : Signal::Waiter {
  explicit WaiterOf(Completion handler) : completion(std::move(handler)) {}
  void resume() override {
    auto handler = std::move(completion);
    std::move(handler)();
  }
  Completion completion;
};

Coroutine<> Signal::wait() {
  if (!raised_) {
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        [this](auto completion) { waiter_ = std::make_unique<WaiterOf<decltype(completion)>>(std::move(completion)); },
        resume_here);
  }
  raised_ = false;
}

void Signal::notify() {
  raised_ = true;
  if (const auto waiter = std::move(waiter_)) waiter->resume();
}

}  // namespace xueji::web

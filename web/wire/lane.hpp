// One I/O thread with the connections it carries. A connection stays on its lane for life, so its own state needs no
// lock: the lane is its strand. Internal to the listener; the only header here that includes Asio.
#pragma once
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <unordered_set>

// GCC 12 takes Asio's coroutine frames, which have their own operator new and delete, for a mismatch when it inlines
// them.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace xueji::web {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Steady = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor>;
using Moment = Steady::time_point;
template <class T = void>
using Coroutine = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> resume_here{};
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> resume_with_error{};

/// What a lane knows of a connection. Called on the lane's thread only; none of these may destroy the connection before
/// they return.
class Connection {
 public:
  virtual ~Connection() = default;
  /// The server stops: end as soon as what is under way is done.
  virtual void drain() = 0;
  /// End now.
  virtual void abort() = 0;
  /// When the lane calls abort(); pushed on by whoever makes progress.
  Moment deadline = Moment::max();
};

class Lane {
 public:
  Lane();
  Executor executor() { return context_.get_executor(); }
  /// Runs until finish() was called and every connection has ended.
  void run();
  /// From any thread.
  void finish();

  void add(Connection& connection);
  void remove(Connection& connection);
  /// Drains all, also those that are added later, and aborts at `until` those that are still there.
  void drain(Moment until);
  /// For bytes that nobody will look at.
  asio::mutable_buffer scratch() { return asio::buffer(scratch_); }

 private:
  Coroutine<> watch_deadlines();

  asio::io_context context_{1};
  asio::executor_work_guard<Executor> guard_;
  Timer ticks_;
  bool finished_ = false;
  std::optional<Moment> draining_until_;
  std::unordered_set<Connection*> connections_;
  std::array<char, 64 * 1024> scratch_;
};

/// Wakes one coroutine of the lane. Both members are for the lane's thread only.
class Signal {
 public:
  /// Returns at once when notify() was called since the last wait.
  Coroutine<> wait();
  /// Resumes the waiting coroutine before it returns: call it from a posted function.
  void notify();

 private:
  struct Waiter {
    virtual ~Waiter() = default;
    virtual void resume() = 0;
  };
  template <class Completion>
  struct WaiterOf;
  bool raised_ = false;
  std::unique_ptr<Waiter> waiter_;
};

}  // namespace xueji::web

#include "web/wire/websocket_session.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <exception>
#include <mutex>

#include "web/http/http_head_validator.hpp"
#include "web/live/live_hello.hpp"

namespace xueji::web {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

constexpr std::size_t message_bytes_max = 4096;
constexpr std::chrono::seconds close_time{5};
constexpr std::size_t kept_capacity_max = 32;
constexpr int too_slow = 1013;
constexpr int not_wanted = 1008;
/// CloudEvents want an id; nobody goes on from this one.
constexpr std::string_view heartbeat_frame =
    R"({"specversion":"1.0","id":"heartbeat","source":"/xueji","type":"heartbeat"})";

http::request<http::empty_body> upgrade_request(const HttpRequest& request) {
  http::request<http::empty_body> upgrade{http::verb::get, request.target, 11};
  for (const auto* name : {"Host", "Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version"})
    if (const auto value = request.headers.find(name)) upgrade.set(name, *value);
  return upgrade;
}

/// A close frame of a server: unmasked, at most 125 bytes with its code.
std::string close_frame(int code, std::string_view reason) {
  std::string frame{static_cast<char>(0x88), static_cast<char>(reason.size() + 2), static_cast<char>(code >> 8),
                    static_cast<char>(code & 0xff)};
  return frame.append(reason);
}

/// A reader and a writer coroutine on one lane. Others only push frames and wake the writer. Beast's own close waits
/// for the reader, and its reader, when a frame breaks the protocol, for the close: so the writer ends the reader
/// first, and then closes by itself.
class WebSocketSession : public Connection, public Follower, public std::enable_shared_from_this<WebSocketSession> {
 public:
  WebSocketSession(Listener& listener, Lane& lane, Socket socket, LiveSession session)
      : listener_(listener),
        lane_(lane),
        counted_(listener),
        stream_(std::move(socket)),
        session_(std::move(session)),
        heartbeats_(lane.executor()) {}
  ~WebSocketSession() override {
    lane_.remove(*this);
    listener_.release_websocket(session_.caller.account);
  }

  static Coroutine<> serve(std::shared_ptr<WebSocketSession> self, HttpRequest request) {
    // Not before it is shared: a lane that is draining asks at once for the close.
    self->lane_.add(*self);
    try {
      co_await self->read(std::move(request));
    } catch (const std::exception& error) {
      spdlog::error("a WebSocket failed: {}", typeid(error).name());
    }
    self->listener_.hub.leave(self.get());
    if (!self->closing_) self->abort();
    self->reader_ended_ = true;
    self->heartbeats_.cancel();
    const std::lock_guard lock(self->mutex_);
    self->wake();
  }

  void deliver(std::shared_ptr<const std::string> frame) override {
    const std::lock_guard lock(mutex_);
    if (close_code_ != 0) return;
    if (frames_ >= listener_.options.websocket_queue_max ||
        bytes_ + frame->size() > listener_.options.websocket_queue_bytes_max) {
      ++listener_.hub.figures().too_slow;
      waiting_.clear();
      close_code_ = too_slow;
      close_reason_ = "too slow: resume";
    } else {
      ++frames_;
      bytes_ += frame->size();
      waiting_.push_back(std::move(frame));
    }
    wake();
  }

  void pause() override {
    const std::lock_guard lock(mutex_);
    paused_ = true;
    wake();
  }

  void close(int code, std::string_view reason) override {
    const std::lock_guard lock(mutex_);
    if (close_code_ != 0) return;
    close_code_ = code;
    close_reason_ = reason;
    wake();
  }

  void drain() override { close(1001, "the server stops"); }

  void abort() override {
    boost::system::error_code ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  Coroutine<> read(HttpRequest request) {
    configure();
    deadline = Steady::now() + listener_.options.header_timeout;
    {
      const auto upgrade = upgrade_request(request);
      const auto [error] = co_await stream_.async_accept(upgrade, resume_with_error);
      if (error) co_return;
    }
    asio::co_spawn(lane_.executor(), write(shared_from_this()), asio::detached);
    if (!co_await greet()) co_return;
    char unwanted[64];
    while (!closing_) {
      const auto [error, bytes] = co_await stream_.async_read_some(asio::buffer(unwanted), resume_with_error);
      if (error) co_return;
      close(not_wanted, "nothing may be sent after the first message");
    }
  }

  void configure() {
    auto timeouts = websocket::stream_base::timeout::suggested(beast::role_type::server);
    timeouts.handshake_timeout = listener_.options.write_timeout;
    timeouts.idle_timeout = listener_.options.websocket_idle;
    stream_.set_option(timeouts);
    stream_.read_message_max(message_bytes_max);
    stream_.write_buffer_bytes(64);
    stream_.auto_fragment(false);
    stream_.text(true);
  }

  /// Reads the first message and joins the hub. False when the connection has gone.
  Coroutine<bool> greet() {
    if (closing_) co_return false;
    beast::flat_buffer buffer{message_bytes_max};
    deadline = Steady::now() + listener_.options.header_timeout;
    const auto [error, bytes] = co_await stream_.async_read(buffer, resume_with_error);
    if (error) co_return false;
    deadline = Moment::max();
    const auto hello = stream_.got_text()
                           ? parse_live_hello({static_cast<const char*>(buffer.data().data()), buffer.data().size()})
                           : std::nullopt;
    if (!hello) {
      close(not_wanted, "the first message must be {\"after\": null or an event's id}");
      co_return true;
    }
    listener_.hub.join(shared_from_this(), session_.caller, session_.session, hello->after);
    if (hello->heartbeat.count() > 0)
      asio::co_spawn(lane_.executor(), beat(shared_from_this(), hello->heartbeat), asio::detached);
    co_return true;
  }

  /// A browser's page hears no pings: a frame now and then tells it that the line is alive.
  static Coroutine<> beat(std::shared_ptr<WebSocketSession> self, std::chrono::seconds every) {
    static const auto frame = std::make_shared<const std::string>(heartbeat_frame);
    while (!self->reader_ended_) {
      self->heartbeats_.expires_after(every);
      const auto [error] = co_await self->heartbeats_.async_wait(resume_with_error);
      if (!error) self->deliver(frame);
    }
  }

  static Coroutine<> write(std::shared_ptr<WebSocketSession> self) {
    try {
      while (!self->reader_ended_ && co_await self->send_waiting()) co_await self->signal_.wait();
    } catch (const std::exception& error) {
      spdlog::error("writing to a WebSocket failed: {}", typeid(error).name());
    }
    self->abort();
  }

  /// Sends what waits, then closes where that was asked for. False at the end.
  Coroutine<bool> send_waiting() {
    std::vector<std::shared_ptr<const std::string>> batch;
    while (take(batch)) {
      for (const auto& frame : batch) {
        deadline = Steady::now() + listener_.options.write_timeout;
        const auto [error, bytes] = co_await stream_.async_write(asio::buffer(*frame), resume_with_error);
        if (error) co_return false;
        if (!sent(*frame)) break;
      }
      deadline = Moment::max();
      batch.clear();
    }
    if (close_requested()) {
      co_await send_close();
      co_return false;
    }
    if (take_pause()) listener_.hub.resume(this);
    co_return true;
  }

  /// Ends the reader, sends the close frame, and gives the client a moment to answer by its own.
  Coroutine<> send_close() {
    const auto until = Steady::now() + (close_code_ == too_slow ? listener_.options.write_timeout : close_time);
    deadline = until;
    closing_ = true;
    auto& socket = stream_.next_layer();
    boost::system::error_code ignored;
    socket.cancel(ignored);
    while (!reader_ended_) co_await signal_.wait();
    deadline = until;  // the reader may have set another one at its end
    const std::string frame = close_frame(close_code_, close_reason_);
    const auto [failed, sent] = co_await asio::async_write(socket, asio::buffer(frame), resume_with_error);
    if (failed) co_return;
    socket.shutdown(Socket::shutdown_send, ignored);
    while (true) {
      const auto [error, bytes] = co_await socket.async_read_some(lane_.scratch(), resume_with_error);
      if (error) co_return;
    }
  }

  bool take(std::vector<std::shared_ptr<const std::string>>& batch) {
    const std::lock_guard lock(mutex_);
    if (close_code_ != 0 || reader_ended_) return false;
    batch.swap(waiting_);
    if (waiting_.capacity() > kept_capacity_max) waiting_.shrink_to_fit();
    return !batch.empty();
  }

  /// False when the rest is not to be sent any more.
  bool sent(const std::string& frame) {
    const std::lock_guard lock(mutex_);
    --frames_;
    bytes_ -= frame.size();
    return close_code_ == 0;
  }

  bool close_requested() {
    const std::lock_guard lock(mutex_);
    return close_code_ != 0;
  }

  bool take_pause() {
    const std::lock_guard lock(mutex_);
    return std::exchange(paused_, false);
  }

  /// With the mutex held. Many pushes, one wake-up.
  void wake() {
    if (std::exchange(wake_posted_, true)) return;
    asio::post(lane_.executor(), [self = shared_from_this()] {
      {
        const std::lock_guard lock(self->mutex_);
        self->wake_posted_ = false;
      }
      self->signal_.notify();
    });
  }

  Listener& listener_;
  Lane& lane_;
  Counted counted_;
  websocket::stream<Socket> stream_;
  LiveSession session_;
  Signal signal_;
  Timer heartbeats_;
  bool closing_ = false;       ///< on the lane: the writer has the socket for itself
  bool reader_ended_ = false;  ///< on the lane

  std::mutex mutex_;  ///< for all below
  std::vector<std::shared_ptr<const std::string>> waiting_;
  std::size_t frames_ = 0;  ///< not yet sent, with those that the writer took
  std::size_t bytes_ = 0;
  bool wake_posted_ = false;
  bool paused_ = false;
  int close_code_ = 0;
  std::string close_reason_;
};

}  // namespace

bool is_websocket_upgrade(const HttpRequest& request) {
  const auto field = [&](std::string_view name) { return request.headers.find(name).value_or(std::string_view{}); };
  const auto key = field("Sec-WebSocket-Key");
  return list_contains(field("Connection"), "upgrade") && list_contains(field("Upgrade"), "websocket") &&
         field("Sec-WebSocket-Version") == "13" && key.size() == 24 && key.ends_with("==");
}

void start_websocket(Listener& listener, Lane& lane, Socket socket, LiveSession session, const HttpRequest& request) {
  auto started = std::make_shared<WebSocketSession>(listener, lane, std::move(socket), std::move(session));
  HttpRequest head;
  head.target = request.target;
  head.headers = request.headers;
  asio::co_spawn(lane.executor(), WebSocketSession::serve(std::move(started), std::move(head)), asio::detached);
}

}  // namespace xueji::web

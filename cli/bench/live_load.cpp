#include "cli/bench/live_load.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

namespace xueji::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;

constexpr std::size_t actors = 16;
constexpr std::chrono::seconds settle{2};

/// What all connections write down.
struct Book {
  std::unordered_map<std::string, Steady::time_point> sent;
  std::unordered_set<std::string> events;
  std::vector<std::uint32_t> microseconds;
  std::vector<std::uint32_t> answers;  ///< microseconds, too
  LiveResult result;
};

std::string_view between(std::string_view text, std::string_view start, char end) {
  const auto at = text.find(start);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + start.size());
  return rest.substr(0, rest.find(end));
}

class Watcher : public std::enable_shared_from_this<Watcher> {
 public:
  Watcher(asio::io_context& io, Book& book) : stream_(io), book_(book) {}

  void open(std::uint16_t port, const std::string& token) {
    beast::get_lowest_layer(stream_).connect({asio::ip::address_v4::loopback(), port});
    stream_.set_option(websocket::stream_base::decorator([&token](websocket::request_type& request) {
      request.set(beast::http::field::authorization, "Bearer " + token);
    }));
    stream_.handshake("localhost", "/api/v1/events");
    stream_.write(asio::buffer(std::string_view{R"({"after":null})"}));
    read();
  }

 private:
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) {
        if (error != asio::error::operation_aborted) ++self->book_.result.wrong;
        return;
      }
      self->note();
      self->read();
    });
  }

  void note() {
    const auto bytes = buffer_.cdata();
    const std::string_view frame(static_cast<const char*>(bytes.data()), bytes.size());
    if (frame.find(R"("type":"resync")") != std::string_view::npos) ++book_.result.resyncs;
    const auto sent = book_.sent.find(std::string(between(frame, "requests/", '"')));
    if (sent != book_.sent.end()) {
      const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - sent->second);
      book_.microseconds.push_back(static_cast<std::uint32_t>(took.count()));
      book_.events.emplace(between(frame, R"("id":")", '"'));
    }
    buffer_.consume(buffer_.size());
  }

  websocket::stream<tcp::socket> stream_;
  Book& book_;
  beast::flat_buffer buffer_;
};

/// A keep-alive connection that sends one act at a time.
class Actor : public std::enable_shared_from_this<Actor> {
 public:
  Actor(asio::io_context& io, std::uint16_t port, Book& book) : socket_(io), book_(book) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
  }
  bool busy() const { return busy_; }

  void send(const Act& act) {
    busy_ = true;
    sent_ = book_.sent[act.request] = Steady::now();
    asio::async_write(socket_, asio::buffer(act.bytes),
                      [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                        if (error) return self->done(false);
                        self->received_.clear();
                        self->receive();
                      });
  }

 private:
  void receive() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                              if (error) return self->done(false);
                              self->received_.append(self->buffer_.data(), size);
                              const auto head = self->received_.find("\r\n\r\n");
                              const auto length = between(self->received_, "Content-Length: ", '\r');
                              if (head == std::string::npos || length.empty() ||
                                  self->received_.size() < head + 4 + std::stoul(std::string(length)))
                                return self->receive();
                              self->done(self->received_.compare(9, 3, "200") == 0);
                            });
  }
  void done(bool good) {
    busy_ = false;
    if (!good) ++book_.result.wrong;
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - sent_);
    book_.answers.push_back(static_cast<std::uint32_t>(took.count()));
  }

  tcp::socket socket_;
  Book& book_;
  bool busy_ = false;
  Steady::time_point sent_;
  std::string received_;
  std::array<char, 16 * 1024> buffer_;
};

/// Sends acts at their pace, then stops everything once the last frames have come.
class Conductor {
 public:
  Conductor(asio::io_context& io, const LivePlan& plan, std::uint16_t port, Book& book)
      : timer_(io), io_(io), plan_(plan) {
    for (std::size_t n = 0; n < actors; ++n) actors_.push_back(std::make_shared<Actor>(io, port, book));
  }

  void start() {
    began_ = Steady::now();
    tick();
  }
  double seconds() const { return std::chrono::duration<double>(last_ - began_).count(); }

 private:
  void tick() {
    const double due = plan_.acts_per_second * std::chrono::duration<double>(Steady::now() - began_).count();
    for (const auto& actor : actors_)
      if (next_ < plan_.acts.size() && static_cast<double>(next_) <= due && !actor->busy())
        actor->send(plan_.acts[next_++]);
    last_ = next_ < plan_.acts.size() ? Steady::now() : last_;
    if (next_ == plan_.acts.size() && Steady::now() - last_ > settle) return io_.stop();
    timer_.expires_after(std::chrono::milliseconds{2});
    timer_.async_wait([this](boost::system::error_code) { tick(); });
  }

  asio::steady_timer timer_;
  asio::io_context& io_;
  const LivePlan& plan_;
  std::vector<std::shared_ptr<Actor>> actors_;
  std::size_t next_ = 0;
  Steady::time_point began_, last_;
};

}  // namespace

LiveResult drive_live(std::uint16_t port, const LivePlan& plan) {
  asio::io_context io(1);
  Book book;
  const auto follow = [&](const std::string& token) {
    std::make_shared<Watcher>(io, book)->open(port, token);
    ++book.result.connections;
    io.poll();
  };
  for (std::size_t n = 0; n < plan.idle; ++n) follow(plan.idle_tokens[n % plan.idle_tokens.size()]);
  for (const std::string& token : plan.tokens) follow(token);
  if (plan.all_connected) plan.all_connected();
  Conductor conductor(io, plan, port, book);
  conductor.start();
  io.run();
  const auto percentile = [](std::vector<std::uint32_t>& times, double share) {
    if (times.empty()) return 0.0;
    std::sort(times.begin(), times.end());
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))] / 1000.0;
  };
  book.result.seconds = conductor.seconds();
  book.result.events = book.events.size();
  book.result.frames = book.microseconds.size();
  book.result.p50_ms = percentile(book.microseconds, 0.5);
  book.result.p99_ms = percentile(book.microseconds, 0.99);
  book.result.answer_p99_ms = percentile(book.answers, 0.99);
  return book.result;
}

}  // namespace xueji::bench

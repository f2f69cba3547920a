#include "cli/bench/http_load.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <memory>
#include <stdexcept>

namespace xueji::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;

/// The end of the first answer in `text`, or 0 while it is not whole. Good for what our own servers send.
std::size_t whole_answer(std::string_view text) {
  const auto head = text.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  const auto field = text.substr(0, head).find("\r\nContent-Length: ");
  if (field == std::string_view::npos) throw std::runtime_error("an answer without Content-Length");
  std::size_t length = 0;
  std::from_chars(text.data() + field + 18, text.data() + head, length);
  const std::size_t end = head + 4 + length;
  return text.size() < end ? 0 : end;
}

int status_of(std::string_view answer) {
  int status = 0;
  if (answer.size() > 12) std::from_chars(answer.data() + 9, answer.data() + 12, status);
  return status;
}

struct Shared {
  const std::vector<std::string>& requests;
  int wanted_status;
  std::size_t next = 0;
  LoadResult result{};
  std::vector<std::uint32_t> microseconds{};
  std::string fault{};
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& io, Shared& shared) : socket_(io), shared_(shared) {}

  void start(std::uint16_t port) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
  }

  void send_next() {
    if (shared_.next == shared_.requests.size() || !shared_.fault.empty()) return;
    const std::string& request = shared_.requests[shared_.next++];
    sent_ = Steady::now();
    received_.clear();
    asio::async_write(socket_, asio::buffer(request),
                      [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                        if (error)
                          self->shared_.fault = "a connection broke while sending: " + error.message();
                        else
                          self->receive();
                      });
  }

 private:
  void receive() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                              if (error) {
                                self->shared_.fault = "a connection broke while receiving: " + error.message();
                                return;
                              }
                              self->received_.append(self->buffer_.data(), size);
                              if (whole_answer(self->received_) == 0)
                                self->receive();
                              else
                                self->answered();
                            });
  }

  void answered() {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - sent_);
    shared_.microseconds.push_back(static_cast<std::uint32_t>(took.count()));
    ++shared_.result.answered;
    if (status_of(received_) != shared_.wanted_status && shared_.result.wrong++ == 0)
      shared_.result.first_wrong = received_.substr(0, 2000);
    send_next();
  }

  tcp::socket socket_;
  Shared& shared_;
  Steady::time_point sent_;
  std::string received_;
  std::array<char, 16 * 1024> buffer_;
};

double percentile_ms(std::vector<std::uint32_t>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))] / 1000.0;
}

}  // namespace

LoadResult drive(std::uint16_t port, unsigned connections, const std::vector<std::string>& requests,
                 int wanted_status) {
  asio::io_context io(1);
  Shared shared{requests, wanted_status};
  shared.microseconds.reserve(requests.size());
  std::vector<std::shared_ptr<Connection>> all;
  for (unsigned n = 0; n < connections; ++n) {
    all.push_back(std::make_shared<Connection>(io, shared));
    all.back()->start(port);
  }
  const auto start = Steady::now();
  for (const auto& connection : all) connection->send_next();
  io.run();
  shared.result.seconds = std::chrono::duration<double>(Steady::now() - start).count();
  if (!shared.fault.empty()) throw std::runtime_error(shared.fault);
  std::sort(shared.microseconds.begin(), shared.microseconds.end());
  shared.result.p50_ms = percentile_ms(shared.microseconds, 0.5);
  shared.result.p99_ms = percentile_ms(shared.microseconds, 0.99);
  return shared.result;
}

std::string post(const std::string& target, const std::string& token, const std::string& headers,
                 const std::string& body) {
  return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" +
         (token.empty() ? "" : "Authorization: Bearer " + token + "\r\n") + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string ask(std::uint16_t port, const std::string& request) {
  asio::io_context io(1);
  tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), port});
  asio::write(socket, asio::buffer(request));
  std::string answer;
  std::array<char, 16 * 1024> buffer;
  std::size_t end = 0;
  while ((end = whole_answer(answer)) == 0) answer.append(buffer.data(), socket.read_some(asio::buffer(buffer)));
  const int status = status_of(answer);
  if (status != 200 && status != 201)
    throw std::runtime_error(request.substr(0, request.find(" HTTP/1.1")) + " answered " + answer.substr(0, 1000));
  const auto body = answer.find("\r\n\r\n") + 4;
  return answer.substr(body, end - body);
}

std::string fetch(std::uint16_t port, const std::string& target, const std::string& token) {
  return ask(port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" +
                       (token.empty() ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n");
}

}  // namespace xueji::bench

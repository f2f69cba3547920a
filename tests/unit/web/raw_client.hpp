// A client that sends exactly the bytes it is told to, over a real socket.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace xueji::web {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const timeval patience{30, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("connect failed");
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the server no longer takes it.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  /// False at the end of the stream.
  bool receive_some() {
    char buffer[16 * 1024];
    const auto n = ::recv(socket_, buffer, sizeof buffer, 0);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
      throw std::runtime_error("the server neither answered nor closed");
    if (n <= 0) return false;
    received_.append(buffer, static_cast<std::size_t>(n));
    return true;
  }

  int socket() const { return socket_; }
  /// What was received and not yet read.
  std::string take() { return std::exchange(received_, {}); }

  std::string receive_all() {
    while (receive_some()) {
    }
    return std::exchange(received_, {});
  }

  std::optional<std::string> receive(std::size_t size) {
    while (received_.size() < size)
      if (!receive_some()) return std::nullopt;
    auto result = received_.substr(0, size);
    received_.erase(0, size);
    return result;
  }

  struct Response {
    int status = 0;
    std::string head, body;
    bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
  };

  /// The next response, with as much body as its Content-Length says; nothing at the end of the stream.
  std::optional<Response> response(bool to_head = false) {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos)
      if (!receive_some()) return std::nullopt;
    Response result;
    result.head = *receive(end + 4);
    result.status = std::stoi(result.head.substr(9, 3));
    const auto length = result.head.find("Content-Length: ");
    if (to_head || length == std::string::npos) return result;
    auto body = receive(std::stoul(result.head.substr(length + 16)));
    if (!body) return std::nullopt;
    result.body = std::move(*body);
    return result;
  }

 private:
  int socket_;
  std::string received_;
};

}  // namespace xueji::web

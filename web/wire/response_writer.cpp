#include "web/wire/response_writer.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>

namespace xueji::web {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;

/// Line breaks in a value would let it end the head.
bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text,
                              [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

void set_default(http::fields& fields, std::string_view name, std::string_view value) {
  if (fields.find(name) == fields.end()) fields.insert(name, value);
}

bool set_head(http::response_header<>& head, const HttpResponse& response, const ResponseContext& context) {
  head.version(11);
  head.result(static_cast<unsigned>(response.status));
  if (!response.content_type.empty()) head.insert(http::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) {
    if (!is_one_line(name) || !is_one_line(value)) return false;
    head.insert(name, value);
  }
  set_default(head, "X-Request-Id", context.request_id);
  set_default(head, "X-Content-Type-Options", "nosniff");
  set_default(head, "Referrer-Policy", "no-referrer");
  set_default(head, "Cache-Control", "no-store");
  set_default(head, "Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
  if (context.tls_only) head.set(http::field::strict_transport_security, "max-age=31536000; includeSubDomains");
  if (!context.keep_alive)
    head.set(http::field::connection, "close");
  else if (context.http_1_0)
    head.set(http::field::connection, "keep-alive");
  return true;
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

template <class Body>
Coroutine<bool> write_message(Socket& socket, http::response<Body>& message, Moment& deadline,
                              std::chrono::seconds timeout, std::size_t rate_min) {
  http::response_serializer<Body> serializer{message};
  const auto start = Steady::now();
  std::size_t sent = 0;
  while (!serializer.is_done()) {
    const auto now = Steady::now();
    const auto at_rate = start + timeout + std::chrono::seconds(sent / std::max<std::size_t>(rate_min, 1));
    deadline = std::min(now + timeout, at_rate);
    const auto [error, bytes] = co_await http::async_write_some(socket, serializer, resume_with_error);
    if (error) co_return false;
    sent += bytes;
  }
  co_return true;
}

/// A body that comes piece by piece from its source; one that ends too early ends the connection.
struct SourceBody {
  using value_type = std::shared_ptr<ByteSource>;
  static std::uint64_t size(const value_type& bytes) { return bytes->size(); }

  class writer {
   public:
    using const_buffers_type = asio::const_buffer;
    template <bool is_request, class Fields>
    writer(http::header<is_request, Fields>&, value_type& bytes) : bytes_(bytes), left_(bytes->size()) {}
    void init(boost::system::error_code& error) { error = {}; }
    boost::optional<std::pair<const_buffers_type, bool>> get(boost::system::error_code& error) {
      error = {};
      if (left_ == 0) return boost::none;
      const std::size_t got = bytes_->read({piece_.data(), std::min(piece_.size(), left_)});
      if (got == 0) error = http::error::short_read;
      if (got == 0) return boost::none;
      left_ -= got;
      return {{asio::buffer(piece_.data(), got), left_ > 0}};
    }

   private:
    value_type& bytes_;
    std::size_t left_;
    std::array<char, 32 * 1024> piece_;
  };
};

Coroutine<bool> write_bytes(Socket& socket, const HttpResponse& response, const ResponseContext& context,
                            Moment& deadline, std::chrono::seconds timeout, std::size_t rate_min) {
  http::response<SourceBody> message;
  if (!set_head(message.base(), response, context)) co_return false;
  message.body() = response.bytes;
  message.content_length(response.bytes->size());
  if (!context.head_only) co_return co_await write_message(socket, message, deadline, timeout, rate_min);
  http::response<http::empty_body> head;
  head.base() = message.base();
  co_return co_await write_message(socket, head, deadline, timeout, rate_min);
}

}  // namespace

Coroutine<bool> write_response(Socket& socket, HttpResponse response, ResponseContext context, Moment& deadline,
                               std::chrono::seconds timeout, std::size_t rate_min) {
  if (response.bytes) co_return co_await write_bytes(socket, response, context, deadline, timeout, rate_min);
  if (context.head_only || !has_body(response.status)) {
    http::response<http::empty_body> message;
    if (!set_head(message.base(), response, context)) co_return false;
    if (has_body(response.status)) message.content_length(response.content().size());
    co_return co_await write_message(socket, message, deadline, timeout, rate_min);
  }
  const std::string_view content = response.content();
  http::response<http::span_body<const char>> message;
  if (!set_head(message.base(), response, context)) co_return false;
  message.content_length(content.size());
  message.body() = {content.data(), content.size()};
  co_return co_await write_message(socket, message, deadline, timeout, rate_min);
}

}  // namespace xueji::web

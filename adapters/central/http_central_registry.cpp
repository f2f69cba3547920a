#include "adapters/central/http_central_registry.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/parse.hpp>
#include <optional>
#include <stdexcept>

#include "adapters/central/identity_answer.hpp"

// g++ 12 takes the coroutine frames of Asio 1.81 for allocated by one pair and freed by another.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace xueji {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t answer_bytes_max = 64 * 1024;

struct Target {
  const std::string& host;
  const std::string& port;
  const std::string& path;
};

asio::awaitable<Finding> ask(Target target, const IdentityQuery& query) {
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  const auto addresses = co_await resolver.async_resolve(target.host, target.port, asio::use_awaitable);
  beast::tcp_stream stream(executor);
  co_await stream.async_connect(addresses, asio::use_awaitable);

  http::request<http::string_body> request(http::verb::post, target.path, 11);
  request.set(http::field::host, target.host + ":" + target.port);
  request.set(http::field::content_type, "application/json");
  request.set("Idempotency-Key", query.idempotency_key);
  request.keep_alive(false);
  request.body() = question_body(query);
  request.prepare_payload();
  co_await http::async_write(stream, request, asio::use_awaitable);

  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(answer_bytes_max);
  co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
  co_return finding_of_answer(parser.get().result_int(), parser.get().body());
}

}  // namespace

HttpCentralRegistry::HttpCentralRegistry(const HttpCentralRegistryOptions& options) : timeout_(options.timeout) {
  const auto url = boost::urls::parse_uri(options.url);
  if (!url || url->scheme() != "http" || url->host().empty() || url->has_query() || url->has_fragment() ||
      url->has_userinfo())
    throw std::invalid_argument("the national side's address must be http://HOST[:PORT][/PATH], not '" + options.url +
                                "'");
  host_ = url->host_address();
  port_ = url->has_port() ? std::string(url->port()) : "80";
  target_ = std::string(url->encoded_path());
  if (target_.ends_with('/')) target_.pop_back();
  target_ += "/v1/identity-comparison";
}

Finding HttpCentralRegistry::compare_identity(const IdentityQuery& query) {
  try {
    std::optional<Finding> answer;
    asio::io_context io(1);
    asio::co_spawn(io, ask({host_, port_, target_}, query), [&answer](std::exception_ptr failed, Finding finding) {
      if (!failed) answer = std::move(finding);
    });
    io.run_for(timeout_);
    return answer ? *answer : national_side_unavailable();
  } catch (const std::exception&) {
    return national_side_unavailable();
  }
}

}  // namespace xueji

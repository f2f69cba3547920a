#include "adapters/central/http_central_registry.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
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
namespace ssl = boost::asio::ssl;

constexpr std::size_t answer_bytes_max = 64 * 1024;

struct Target {
  std::string host, port, path;
};

template <class Stream>
asio::awaitable<Finding> exchange(Stream& stream, const Target& target, const IdentityQuery& query) {
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

/// `trust`: null for plain HTTP.
asio::awaitable<Finding> ask(const Target& target, ssl::context* trust, const IdentityQuery& query) {
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  const auto addresses = co_await resolver.async_resolve(target.host, target.port, asio::use_awaitable);
  beast::tcp_stream plain(executor);
  co_await plain.async_connect(addresses, asio::use_awaitable);
  if (!trust) co_return co_await exchange(plain, target, query);
  beast::ssl_stream<beast::tcp_stream> stream(std::move(plain), *trust);
  stream.set_verify_callback(ssl::host_name_verification(target.host));
  if (SSL_set_tlsext_host_name(stream.native_handle(), target.host.c_str()) != 1) co_return national_side_unavailable();
  co_await stream.async_handshake(ssl::stream_base::client, asio::use_awaitable);
  co_return co_await exchange(stream, target, query);
}

bool is_this_machine(const std::string& host) {
  boost::system::error_code no_address;
  const auto address = asio::ip::make_address(host, no_address);
  return host == "localhost" || (!no_address && address.is_loopback());
}

/// Boost.URL 1.81 takes `127.0.0.1.example` for an address, and the rest of it for a path.
bool begins_like_a_path(std::string_view path) { return path.empty() || path.front() == '/'; }

Target target_of(const boost::urls::url_view& url) {
  Target target{url.host_address(),
                url.has_port()            ? std::string(url.port())
                : url.scheme() == "https" ? "443"
                                          : "80",
                std::string(url.encoded_path())};
  if (target.path.ends_with('/')) target.path.pop_back();
  target.path += "/v1/identity-comparison";
  return target;
}

void require(const boost::system::error_code& error, const char* what, const std::string& file) {
  if (error) throw std::invalid_argument(std::string(what) + " can't be read from '" + file + "': " + error.message());
}

ssl::context trusting(const HttpCentralRegistryOptions& options) {
  ssl::context context(ssl::context::tls_client);
  context.set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  context.set_verify_mode(ssl::verify_peer);
  boost::system::error_code error;
  if (options.authorities.empty())
    context.set_default_verify_paths(error);
  else
    context.load_verify_file(options.authorities, error);
  require(error, "the authorities of the national side", options.authorities);
  if (options.certificate.empty() != options.key.empty())
    throw std::invalid_argument("a certificate for the national side needs its key, and a key its certificate");
  if (options.certificate.empty()) return context;
  context.use_certificate_chain_file(options.certificate, error);
  require(error, "the certificate for the national side", options.certificate);
  context.use_private_key_file(options.key, ssl::context::pem, error);
  require(error, "the key of the certificate for the national side", options.key);
  return context;
}

}  // namespace

struct HttpCentralRegistry::Parts {
  Target target;
  std::chrono::milliseconds timeout;
  std::optional<ssl::context> trust;
};

HttpCentralRegistry::HttpCentralRegistry(const HttpCentralRegistryOptions& options) {
  const auto url = boost::urls::parse_uri(options.url);
  if (!url || (url->scheme() != "http" && url->scheme() != "https") || url->host().empty() || url->has_query() ||
      url->has_fragment() || url->has_userinfo() || !begins_like_a_path(url->encoded_path()))
    throw std::invalid_argument("the national side's address must be https://HOST[:PORT][/PATH], not '" + options.url +
                                "'");
  parts_ = std::make_unique<Parts>(Parts{target_of(*url), options.timeout, std::nullopt});
  if (url->scheme() == "https")
    parts_->trust = trusting(options);
  else if (!is_this_machine(parts_->target.host))
    throw std::invalid_argument("names and ID numbers are not sent in the clear: take https:// for '" + options.url +
                                "' (plain http:// goes to this machine only)");
}

HttpCentralRegistry::~HttpCentralRegistry() = default;

Finding HttpCentralRegistry::compare_identity(const IdentityQuery& query) {
  try {
    std::optional<Finding> answer;
    asio::io_context io(1);
    asio::co_spawn(io, ask(parts_->target, parts_->trust ? &*parts_->trust : nullptr, query),
                   [&answer](std::exception_ptr failed, Finding finding) {
                     if (!failed) answer = std::move(finding);
                   });
    io.run_for(parts_->timeout);
    return answer ? *answer : national_side_unavailable();
  } catch (const std::exception&) {
    return national_side_unavailable();
  }
}

}  // namespace xueji

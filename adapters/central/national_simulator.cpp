#include "adapters/central/national_simulator.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <stdexcept>
#include <thread>

namespace xueji {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t body_bytes_max = 64 * 1024;
constexpr std::chrono::seconds idle_max{30};

NationalCall call_of(const http::request<http::string_body>& request) {
  const std::string_view target(request.target().data(), request.target().size());
  const auto question = target.find('?');
  return {std::string(request.method_string()), std::string(target.substr(0, question)),
          question == std::string_view::npos ? "" : std::string(target.substr(question + 1)),
          std::string(request["Idempotency-Key"]), request.body()};
}

asio::awaitable<void> serve(tcp::socket socket, SimulatedNationalSide& side) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  for (bool is_open = true; is_open;) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(body_bytes_max);
    stream.expires_after(idle_max);
    co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
    const auto& request = parser.get();
    const NationalAnswer answer = side.answer(call_of(request));
    if (answer.delay.count() > 0) {
      asio::steady_timer timer(stream.get_executor(), answer.delay);
      co_await timer.async_wait(asio::use_awaitable);
    }
    if (answer.cut) co_return;
    http::response<http::string_body> response(static_cast<http::status>(answer.status), request.version());
    response.set(http::field::content_type, "application/json");
    response.keep_alive(request.keep_alive());
    response.body() = answer.body;
    response.prepare_payload();
    stream.expires_after(idle_max);
    co_await http::async_write(stream, response, asio::use_awaitable);
    is_open = request.keep_alive();
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, SimulatedNationalSide& side) {
  for (;;) {
    beast::error_code error;
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (!error) asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), side), asio::detached);
  }
}

}  // namespace

struct NationalSimulator::Impl {
  Impl(Population population, NationalSwitches switches, const std::string& address, std::uint16_t port)
      : side(std::move(population), switches), acceptor(io) {
    try {
      const tcp::endpoint endpoint(asio::ip::make_address(address), port);
      acceptor.open(endpoint.protocol());
      acceptor.set_option(asio::socket_base::reuse_address(true));
      acceptor.bind(endpoint);
      acceptor.listen();
    } catch (const std::exception& error) {
      throw std::runtime_error("can't listen on " + address + ":" + std::to_string(port) + ": " + error.what());
    }
    asio::co_spawn(io, accept(acceptor, side), asio::detached);
    thread = std::thread([this] { io.run(); });
  }

  ~Impl() {
    io.stop();
    thread.join();
  }

  SimulatedNationalSide side;
  asio::io_context io{1};
  tcp::acceptor acceptor;
  std::thread thread;
};

NationalSimulator::NationalSimulator(Population population, NationalSwitches switches, const std::string& address,
                                     std::uint16_t port)
    : impl_(std::make_unique<Impl>(std::move(population), switches, address, port)) {}

NationalSimulator::~NationalSimulator() = default;

std::uint16_t NationalSimulator::port() const { return impl_->acceptor.local_endpoint().port(); }

}  // namespace xueji

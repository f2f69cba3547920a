// The least that Beast can do, to compare with: reads a request, answers 1,600 bytes of JSON, keeps the connection.
// bare_beast PORT: serves on 127.0.0.1 with two threads until killed.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

asio::awaitable<void> serve(beast::tcp_stream stream) {
  beast::flat_buffer buffer;
  const std::string body = "{\"id\":\"1\",\"padding\":\"" + std::string(1575, 'x') + "\"}";
  try {
    for (;;) {
      http::request<http::string_body> request;
      co_await http::async_read(stream, buffer, request, asio::use_awaitable);
      http::response<http::string_body> response{http::status::ok, request.version(), body};
      response.set(http::field::content_type, "application/json");
      response.keep_alive(request.keep_alive());
      response.prepare_payload();
      co_await http::async_write(stream, response, asio::use_awaitable);
      if (!request.keep_alive()) break;
    }
  } catch (const beast::system_error&) {
    co_return;  // the client has gone
  }
}

asio::awaitable<void> listen(tcp::acceptor acceptor) {
  for (;;) {
    tcp::socket socket =
        co_await acceptor.async_accept(asio::make_strand(acceptor.get_executor()), asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    const auto executor = socket.get_executor();
    asio::co_spawn(executor, serve(beast::tcp_stream(std::move(socket))), asio::detached);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: bare_beast PORT\n";
    return 2;
  }
  asio::io_context io(2);
  asio::co_spawn(io,
                 listen(tcp::acceptor(
                     io, {asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(std::atoi(argv[1]))})),
                 asio::detached);
  std::thread second([&] { io.run(); });
  io.run();
}

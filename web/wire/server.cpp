#include "web/wire/server.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <system_error>
#include <thread>

#include "web/wire/http_session.hpp"
#include "web/wire/listener.hpp"

namespace xueji::web {

namespace {
constexpr std::chrono::milliseconds accept_pause{100};  ///< after an error such as too many open files

[[noreturn]] void fail(const boost::system::error_code& error, const std::string& what) {
  throw std::system_error(error.value(), std::system_category(), what);
}
}  // namespace

struct BoundPort::Impl {
  asio::io_context context{1};
  asio::ip::tcp::acceptor acceptor{context};
  std::string where{};
};

BoundPort::BoundPort(const std::string& address, std::uint16_t port) : impl_(std::make_unique<Impl>()) {
  impl_->where = address + ":" + std::to_string(port);
  boost::system::error_code error;
  const asio::ip::tcp::endpoint endpoint{asio::ip::make_address(address, error), port};
  if (error) fail(error, "listening address " + impl_->where);
  auto& acceptor = impl_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (error) fail(error, "listening at " + impl_->where);
}

BoundPort::BoundPort(BoundPort&&) noexcept = default;
BoundPort::~BoundPort() = default;

struct Server::Impl {
  using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

  Impl(Handler& handler, Hub& hub, LiveGate gate, std::string live_path, ServerOptions options, BoundPort::Impl& port)
      : listener(handler, hub, std::move(gate), std::move(live_path), std::move(options)),
        acceptor(listener.lanes.front()->executor()),
        pause(listener.lanes.front()->executor()) {
    listen(port);
  }

  void listen(BoundPort::Impl& port) {
    boost::system::error_code error;
    const auto protocol = port.acceptor.local_endpoint().protocol();
    acceptor.assign(protocol, port.acceptor.release(), error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) fail(error, "listening at " + port.where);
  }

  Coroutine<> accept() {
    std::size_t turn = 0;
    while (!listener.stopping) {
      auto& lane = *listener.lanes[turn++ % listener.lanes.size()];
      auto [error, socket] = co_await acceptor.async_accept(lane.executor(), resume_with_error);
      if (listener.stopping || error == asio::error::operation_aborted) break;
      if (error) {
        pause.expires_after(accept_pause);
        co_await pause.async_wait(resume_with_error);
        continue;
      }
      begin(lane, std::move(socket));
    }
  }

  void begin(Lane& lane, Socket socket) {
    if (listener.figures.connections >= listener.options.connections_max) {
      ++listener.figures.refused;
      return;
    }
    ++listener.figures.accepted;
    boost::system::error_code error;
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    auto session = std::make_unique<HttpSession>(listener, lane, std::move(socket), peer.address().to_string());
    asio::co_spawn(lane.executor(), HttpSession::serve(std::move(session)), asio::detached);
  }

  void stop() {
    if (listener.stopping.exchange(true)) return;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    listener.hub.stop();
    const auto until = Steady::now() + listener.options.drain;
    for (const auto& lane : listener.lanes)
      asio::post(lane->executor(), [lane = lane.get(), until] { lane->drain(until); });
    if (listener.figures.connections == 0) listener.finish();
  }

  Listener listener;
  Acceptor acceptor;
  Timer pause;
};

Server::Server(Handler& handler, Hub& hub, LiveGate gate, std::string live_path, ServerOptions options)
    : Server(handler, hub, std::move(gate), std::move(live_path), options, BoundPort{options.address, options.port}) {}

Server::Server(Handler& handler, Hub& hub, LiveGate gate, std::string live_path, ServerOptions options, BoundPort port)
    : impl_(std::make_unique<Impl>(handler, hub, std::move(gate), std::move(live_path), std::move(options),
                                   *port.impl_)) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::run() {
  auto& lanes = impl_->listener.lanes;
  asio::co_spawn(lanes.front()->executor(), impl_->accept(), asio::detached);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < lanes.size(); ++i) threads.emplace_back([lane = lanes[i].get()] { lane->run(); });
  lanes.front()->run();
  for (auto& thread : threads) thread.join();
}

void Server::stop() {
  asio::post(impl_->listener.lanes.front()->executor(), [impl = impl_.get()] { impl->stop(); });
}

const ServerFigures& Server::figures() const { return impl_->listener.figures; }

}  // namespace xueji::web

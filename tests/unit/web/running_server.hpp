// A real server on a free port with a small application behind it.
#pragma once
#include <spdlog/spdlog.h>

#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "web/wire/server.hpp"

namespace xueji::web {

struct FixedClock : Clock {
  Instant now() const override { return Instant{std::chrono::seconds{1'790'000'000}}; }
};

/// Answers `METHOD path body` and keeps what it was asked. `/held` is answered when release() is called, `/dropped`
/// never, `/shared` by a body that many responses may share, `/small` takes no body over 1,000 bytes, `/none` none at
/// all, `/bytes` sends the bytes it was given.
class EchoHandler : public Handler {
 public:
  std::size_t body_limit(Method, std::string_view path) const override {
    if (path == "/none") return 0;
    return path == "/small" ? 1000 : 10 * 1024 * 1024;
  }
  /// `Authorization: N` is account N; `/open` is for everybody, and what else comes without it is refused.
  void identify(HttpRequest head, std::function<void(Sender)> give) override {
    const auto account = parse_id<AccountId>(head.headers.find("Authorization").value_or(""));
    if (account) return give({*account, std::nullopt});
    if (!asks_who || head.path == "/open") return give({});
    give({{}, problem(401, "unauthenticated", "", "sign in", head.headers)});
  }
  bool asks_who = false;
  void handle(HttpRequest request, Reply reply) override {
    const std::lock_guard lock(mutex_);
    asked_.push_back(std::string{to_string(request.method)} + " " + request.path);
    if (request.path == "/throws") throw std::runtime_error("a secret");
    if (request.path == "/dropped") return;
    HttpResponse response;
    response.content_type = "text/plain";
    response.body = asked_.back() + " " + request.body;
    if (request.path == "/bytes") response.bytes = bytes;
    if (request.path == "/shared") response.shared_body = std::make_shared<const std::string>(100'000, 's');
    if (request.path == "/split") response.headers.emplace_back("Location", "/a\r\nSet-Cookie: b");
    if (request.path != "/held") return reply(std::move(response));
    held_.push_back([reply, response] { reply(response); });
    arrived_.set_value();
  }
  HttpResponse problem(int status, std::string_view slug, std::string_view, std::string_view detail,
                       const Headers& headers) const override {
    HttpResponse response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = std::string{slug} + ": " + std::string{detail} + " (" +
                    std::string{headers.find("X-Request-Id").value_or("")} + ")";
    return response;
  }
  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  void wait_for_held() { arrived_.get_future().wait(); }
  void release() {
    const std::lock_guard lock(mutex_);
    for (const auto& answer : std::exchange(held_, {})) answer();
  }
  std::shared_ptr<ByteSource> bytes;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
  std::vector<std::function<void()>> held_;
  std::promise<void> arrived_;
};

class RunningServer {
 public:
  explicit RunningServer(ServerOptions options = {}) : hub(directory, clock, HubOptions{}) {
    spdlog::set_level(spdlog::level::warn);
    options.port = 0;
    server = std::make_unique<Server>(
        handler, hub, [this](HttpRequest request, auto decide) { gate(std::move(request), decide); }, "/api/v1/events",
        options);
    thread_ = std::thread([this] { server->run(); });
  }
  ~RunningServer() { stop(); }
  void stop() {
    server->stop();
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return server->port(); }

  EchoHandler handler;
  FixedClock clock;
  Directory directory{OfficeTree{}, Calendar{}, Catalog{}};
  Hub hub;
  std::unique_ptr<Server> server;

 private:
  /// `Authorization: N` is account N, reviewer at office 7.
  void gate(HttpRequest request, const std::function<void(std::optional<LiveSession>, HttpResponse)>& decide) {
    const auto account = parse_id<AccountId>(request.headers.find("Authorization").value_or(""));
    if (!account) return decide(std::nullopt, handler.problem(401, "unauthenticated", "", "sign in", request.headers));
    LiveSession session;
    session.session = "session-" + to_string(*account);
    session.caller.account = *account;
    session.caller.posts.push_back({PostId{1}, *account, OfficeId{7}, Role::reviewer, {}, {}, {}, {}});
    decide(session, {});
  }
  std::thread thread_;
};

}  // namespace xueji::web

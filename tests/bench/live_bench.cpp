// The listener and the hub alone: memory of idle WebSockets, delay of events that fan out to them, and the rate of
// small HTTP requests. The server runs in a process of its own, so that its memory is its own.
//   bench_live [FOLLOWERS [EVENTS_PER_SECOND [SECONDS]]]
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>

#include "tests/unit/web/raw_client.hpp"
#include "tests/unit/web/running_server.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace std::string_literals;
using Clock_ = std::chrono::steady_clock;

namespace {

constexpr int offices = 500;  ///< an event concerns the followers of one

struct WallClock : Clock {
  Instant now() const override {
    return std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
  }
};

struct Hello : Handler {
  void identify(HttpRequest, std::function<void(Sender)> give) override { give({}); }
  std::size_t body_limit(Method, std::string_view) const override { return 0; }
  void handle(HttpRequest, Reply reply) override { reply({200, {}, "text/plain", "hello", {}, {}}); }
  HttpResponse problem(int status, std::string_view, std::string_view, std::string_view,
                       const Headers&) const override {
    return {status, {}, {}, {}, {}, {}};
  }
};

OutboxRow event(std::int64_t id, Instant at) {
  OutboxRow row;
  row.id = HistoryId{id};
  row.request = RequestId{id};
  row.at = at;
  row.state = "county_review";
  Task task;
  task.id = task_id(RequestId{id}, 1);
  task.holder = {OfficeId{id % offices + 1}, Role::reviewer};
  task.state = row.state;
  row.after = {task};
  return row;
}

/// Tells its port, then makes as many events as it is asked for.
[[noreturn]] void serve(int commands, int answers) {
  spdlog::set_level(spdlog::level::warn);
  Hello handler;
  WallClock clock;
  Directory directory{OfficeTree{}, Calendar{}, Catalog{}};
  Hub hub{directory, clock, HubOptions{}};
  ServerOptions options;
  options.port = 0;
  const auto gate = [](HttpRequest request, const auto& decide) {
    LiveSession session;
    session.caller.account = *parse_id<AccountId>(request.headers.find("Authorization").value_or("1"));
    const OfficeId office{session.caller.account.value % offices + 1};
    session.caller.posts.push_back({PostId{1}, session.caller.account, office, Role::reviewer, {}, {}, {}, {}});
    decide(session, {});
  };
  Server server{handler, hub, gate, "/api/v1/events", options};
  std::thread running([&] { server.run(); });
  const auto port = server.port();
  if (::write(answers, &port, sizeof port) != sizeof port) std::_Exit(1);
  std::int64_t order[2], id = 0;  // events per second, seconds; 0 ends
  while (::read(commands, order, sizeof order) == sizeof order && order[0] > 0) {
    const auto start = Clock_::now();
    for (std::int64_t i = 0; i < order[0] * order[1]; i += 10) {
      std::vector<OutboxRow> rows;
      for (int k = 0; k < 10; ++k) rows.push_back(event(++id, clock.now()));
      hub.committed(rows);
      std::this_thread::sleep_until(start + std::chrono::microseconds{(i + 10) * 1'000'000 / order[0]});
    }
  }
  server.stop();
  running.join();
  std::_Exit(0);
}

long resident_kib(pid_t process) {
  std::ifstream status{"/proc/" + std::to_string(process) + "/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  return 0;
}

double percentile(std::vector<double>& sorted, double part) {
  return sorted.empty()
             ? 0
             : sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(static_cast<double>(sorted.size()) * part))];
}

void measure_http(std::uint16_t port) {
  constexpr int connections = 64, seconds = 3;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < connections; ++i) clients.push_back(std::make_unique<RawClient>(port));
  const auto request =
      "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer 0123456789\r\nAccept: application/json\r\n\r\n"s;
  long done = 0;
  const auto end = Clock_::now() + std::chrono::seconds{seconds};
  while (Clock_::now() < end) {
    for (auto& client : clients) client->send(request);
    for (auto& client : clients) done += client->response()->status == 200;
  }
  std::printf("HTTP, %d connections: %ld requests/s\n", connections, done / seconds);
}

std::vector<double> collect_delays(const std::vector<std::unique_ptr<RawClient>>& clients, std::size_t expected) {
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  for (const auto& client : clients) {
    epoll_event wanted{EPOLLIN, {.ptr = client.get()}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, client->socket(), &wanted);
  }
  std::vector<double> delays;
  delays.reserve(expected);
  epoll_event ready[256];
  while (delays.size() < expected) {
    const int count = ::epoll_wait(poll, ready, 256, 10'000);
    if (count <= 0) break;
    const WallClock clock;
    for (int i = 0; i < count; ++i) {
      auto& client = *static_cast<RawClient*>(ready[i].data.ptr);
      if (!client.receive_some()) continue;
      const auto text = client.take();
      for (std::size_t at = 0; (at = text.find("\"time\":\"", at)) != std::string::npos; at += 8) {
        const auto begin = at + 8;
        const auto time = parse_rfc3339(std::string_view{text}.substr(begin, text.find('"', begin) - begin));
        if (time) delays.push_back(static_cast<double>((clock.now() - *time).count()) / 1000);
      }
    }
  }
  ::close(poll);
  return delays;
}

}  // namespace

int main(int argc, char** argv) {
  const int followers = argc > 1 ? std::atoi(argv[1]) : 5000;
  const std::int64_t rate = argc > 2 ? std::atoi(argv[2]) : 1000, seconds = argc > 3 ? std::atoi(argv[3]) : 10;
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  int commands[2], answers[2];
  if (::pipe(commands) != 0 || ::pipe(answers) != 0) return 1;
  const pid_t server = ::fork();
  if (server == 0) {
    ::close(commands[1]);
    serve(commands[0], answers[1]);
  }
  ::close(commands[0]);
  ::close(answers[1]);
  std::uint16_t port = 0;
  if (::read(answers[0], &port, sizeof port) != sizeof port) return 1;

  measure_http(port);
  const long before = resident_kib(server);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 1; i <= followers; ++i) {
    auto client = std::make_unique<RawClient>(port);
    client->send(
        "GET /api/v1/events HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
        "13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: " +
        std::to_string(i) + "\r\n\r\n");
    if (client->response()->status != 101) return 1;
    client->send("\x81\x8e\0\0\0\0{\"after\":null}"s);
    client->send("\x89\x80\0\0\0\0"s);  // a ping: its answer comes after the joining
    client->receive(2);
    clients.push_back(std::move(client));
  }
  std::printf("%d idle WebSockets: %.1f KiB each\n", followers,
              static_cast<double>(resident_kib(server) - before) / followers);

  const std::int64_t order[2] = {rate, seconds};
  if (::write(commands[1], order, sizeof order) != sizeof order) return 1;
  std::size_t expected = 0;
  for (std::int64_t id = 1; id <= rate * seconds; ++id)
    expected +=
        static_cast<std::size_t>(followers / offices + (id % offices > 0 && id % offices <= followers % offices));
  const auto start = Clock_::now();
  auto delays = collect_delays(clients, expected * 2);
  const double took = std::chrono::duration<double>(Clock_::now() - start).count();
  std::sort(delays.begin(), delays.end());
  std::printf(
      "%lld events/s to %d followers: %zu of %zu frames in %.1f s (%.0f/s); delay p50 %.2f ms, p99 %.2f ms, most %.2f "
      "ms\n",
      static_cast<long long>(rate), followers, delays.size(), expected * 2, took,
      static_cast<double>(delays.size()) / took, percentile(delays, 0.5), percentile(delays, 0.99),
      percentile(delays, 1));
  std::printf("resident afterwards: %.1f MiB\n", static_cast<double>(resident_kib(server)) / 1024);
  ::close(commands[1]);
  int status = 0;
  ::waitpid(server, &status, 0);
  return delays.size() == expected * 2 && status == 0 ? 0 : 1;
}

#include "cli/bench_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <random>
#include <thread>

#include "adapters/sql/copy_database.hpp"
#include "adapters/sql/database_address.hpp"
#include "adapters/sql/scratch_database.hpp"
#include "cli/bench/bench_world.hpp"
#include "cli/bench/child_process.hpp"
#include "cli/bench/http_load.hpp"
#include "cli/bench/live_load.hpp"
#include "cli/setup/console.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;
using namespace bench;

/// Below it batches gain too little; far under what is measured, so that a busy machine does not fail the test.
constexpr double smoke_ratio_min = 1.3;

const fs::path& own_program() {
  static const fs::path program = fs::read_symlink("/proc/self/exe");
  return program;
}

/// A folder that goes with the bench.
struct Workplace {
  explicit Workplace(const std::string& data) {
    std::string pattern = ((data.empty() ? fs::temp_directory_path() : fs::path{data}) / "xueji-bench-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw UsageError("cannot make a folder for the databases; name another with --data");
    folder = pattern;
  }
  ~Workplace() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  fs::path folder;
};

struct Waiting {
  std::string task, request;
  std::int64_t version;
};

std::string approval(const std::string& token, const Waiting& waiting) {
  return fmt::format(
      "POST /api/v1/requests/{0}/actions/approve HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {1}\r\n"
      "Content-Type: application/json\r\nIf-Match: \"{2}\"\r\nIdempotency-Key: bench-{0}-{2}\r\nContent-Length: "
      "2\r\n\r\n{{}}",
      waiting.request, token, waiting.version);
}

/// The queue of an account, as its browser reads it.
std::vector<Waiting> queue_of(std::uint16_t port, const std::string& token) {
  std::vector<Waiting> all;
  std::string cursor;
  do {
    const auto page =
        boost::json::parse(fetch(port, "/api/v1/tasks?limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor), token));
    for (const auto& item : page.at("items").as_array())
      all.push_back({std::string(item.at("id").as_string()), std::string(item.at("request").as_string()),
                     item.at("version").to_number<std::int64_t>()});
    cursor = page.at("next").is_null() ? "" : std::string(page.at("next").as_string());
  } while (!cursor.empty());
  return all;
}

/// Approvals of what waits for the reviewers, counties and requests in random order, as offices work.
std::vector<bench::Act> approvals(std::uint16_t port, const BenchWorld& world, std::size_t wanted) {
  std::vector<bench::Act> acts;
  for (const County& county : world.counties)
    for (const Waiting& waiting : queue_of(port, county.reviewer_token))
      acts.push_back({waiting.request, approval(county.reviewer_token, waiting)});
  std::shuffle(acts.begin(), acts.end(), std::mt19937{1});
  acts.resize(std::min(wanted, acts.size()));
  return acts;
}

std::vector<std::string> texts(const std::vector<bench::Act>& acts) {
  std::vector<std::string> result;
  for (const bench::Act& act : acts) result.push_back(act.bytes);
  return result;
}

/// The address goes by the environment, where only its owner reads it.
struct MeasuredServer {
  MeasuredServer(const fs::path& data, const std::string& database, std::size_t batch_max)
      : port(free_port()),
        child(own_program(), {"serve", "--data", data.string(), "--port", std::to_string(port)},
              {{"XUEJI_DATABASE", database},
               {"XUEJI_PIPELINE_BATCH_MAX", std::to_string(batch_max)},
               {"XUEJI_ACCOUNTS_RATE_PER_SECOND", "1000000"},
               {"XUEJI_ACCOUNTS_RATE_BURST", "1000000"},
               {"XUEJI_SERVER_WEBSOCKETS_PER_ACCOUNT_MAX", "100000"},
               {"XUEJI_LOG_LEVEL", "warning"}},
              data / "server.log") {
    wait_until_ready(child, port, "/readyz");
  }
  std::uint16_t port;
  ChildProcess child;
};

/// Processor time per request, in microseconds.
struct Cost {
  double server = 0;
  double busiest_thread = 0;
  double load = 0;
};

void print(const std::string& what, const LoadResult& result, const Cost& cost) {
  std::cout << fmt::format(
                   "{:<34}{:>9.0f}/s   p50 {:>7.2f} ms   p99 {:>7.2f} ms   processor: server {:.0f} us, its busiest "
                   "thread {:.0f} us, load {:.0f} us\n",
                   what, result.per_second(), result.p50_ms, result.p99_ms, cost.server, cost.busiest_thread, cost.load)
            << std::flush;
  if (result.wrong > 0)
    throw std::runtime_error(
        fmt::format("{} answers were not as wanted; the first:\n{}", result.wrong, result.first_wrong));
}

LoadResult measure(const std::string& what, const ChildProcess& child, std::uint16_t port, unsigned connections,
                   const std::vector<std::string>& requests) {
  const double server = child.cpu_seconds(), load = own_cpu_seconds();
  const auto threads = child.cpu_seconds_by_thread();
  const LoadResult result = drive(port, connections, requests, 200);
  const auto each = [&](double seconds) { return seconds * 1e6 / static_cast<double>(result.answered); };
  Cost cost{each(child.cpu_seconds() - server), 0, each(own_cpu_seconds() - load)};
  for (const auto& [thread, seconds] : child.cpu_seconds_by_thread())
    cost.busiest_thread =
        std::max(cost.busiest_thread, each(seconds - (threads.contains(thread) ? threads.at(thread) : 0)));
  print(what, result, cost);
  return result;
}

class Bench {
 public:
  explicit Bench(const BenchOptions& options) : options_(options), place_(options.data) {}

  int run() {
    std::cout << fmt::format("{}, {} connections, {} processors, {} open files allowed\n",
                             options_.database.empty() ? "SQLite" : sql::without_password(options_.database),
                             options_.connections, std::thread::hardware_concurrency(), raise_open_files());
    prepare();
    const double batched = through_the_pipeline();
    const double single = one_by_one();
    std::cout << fmt::format("{:<34}{:>9.2f} times batches of one\n", "gain by batches", batched / single);
    if (!options_.smoke) bare_beast();
    live();
    if (options_.smoke && options_.database.empty() && is_in_memory(place_.folder)) {
      std::cout << "the gain is not judged: the databases are in memory, where a commit waits for no disk; name a "
                   "folder with --data\n";
      return exit_done;
    }
    if (options_.smoke && batched < smoke_ratio_min * single) {
      std::cerr << fmt::format("bench: batches gained only {:.2f} times, less than {}\n", batched / single,
                               smoke_ratio_min);
      return exit_fault;
    }
    return exit_done;
  }

 private:
  void prepare() {
    const std::size_t for_events =
        static_cast<std::size_t>(options_.live_events) * options_.live_seconds / events_per_act + 1;
    const std::size_t requests = std::max({options_.approvals, options_.single_approvals, for_events});
    std::cout << fmt::format("making a registry with {} requests that wait for the reviewers of 32 counties\n",
                             requests)
              << std::flush;
    world_ = make_bench_world(place_.folder / "template", requests);
  }

  /// The registry in a database of its own, and a folder for the server.
  struct Copy {
    fs::path folder;
    std::string url;
    std::unique_ptr<ScratchDatabase> on_server;
  };

  Copy fresh_copy(const std::string& name) {
    Copy copy{place_.folder / name, {}, {}};
    if (options_.database.empty()) {
      fs::copy(place_.folder / "template", copy.folder, fs::copy_options::recursive);
      copy.url = sqlite_url(copy.folder);
      return copy;
    }
    fs::create_directory(copy.folder);
    copy.on_server = std::make_unique<ScratchDatabase>(options_.database, options_.store);
    copy.url = copy.on_server->url();
    copy_database({sqlite_url(place_.folder / "template"), {}}, {copy.url, options_.store},
                  [](std::int64_t, std::int64_t) {});
    return copy;
  }

  static std::string sqlite_url(const fs::path& folder) { return "sqlite://" + (folder / "xueji.db").string(); }

  double through_the_pipeline() {
    const Copy copy = fresh_copy("pipeline");
    MeasuredServer server(copy.folder, copy.url, 512);
    const auto requests = texts(approvals(server.port, world_, options_.approvals));
    const LoadResult result =
        measure("approvals, committed together", server.child, server.port, options_.connections, requests);
    const std::vector<std::string> plain(options_.approvals, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    measure("GET /healthz of the same server", server.child, server.port, options_.connections, plain);
    std::cout << fmt::format("{:<34}{:>9.1f} MB\n", "peak memory of the server",
                             static_cast<double>(server.child.peak_memory_kb()) / 1024);
    return result.per_second();
  }

  double one_by_one() {
    const Copy copy = fresh_copy("single");
    MeasuredServer server(copy.folder, copy.url, 1);
    const auto requests = texts(approvals(server.port, world_, options_.single_approvals));
    return measure("approvals, batches of one", server.child, server.port, options_.connections, requests).per_second();
  }

  void bare_beast() {
    const fs::path program =
        options_.bare_beast.empty() ? own_program().parent_path() / "bare_beast" : fs::path{options_.bare_beast};
    if (!fs::exists(program)) {
      std::cout << "bare Beast is not measured: " << program.filename().string()
                << " is not built; script/bench builds it\n";
      return;
    }
    const std::uint16_t port = free_port();
    ChildProcess child(program, {std::to_string(port)}, {}, place_.folder / "bare_beast.log");
    wait_until_ready(child, port, "/");
    const std::vector<std::string> requests(options_.approvals, approval(std::string(43, 'x'), {"1", "1", 1}));
    measure("bare Beast, same request", child, port, options_.connections, requests);
  }

  void live() {
    const Copy copy = fresh_copy("live");
    MeasuredServer server(copy.folder, copy.url, 512);
    LivePlan plan;
    plan.idle = options_.live_connections;
    plan.idle_tokens = world_.idle_tokens;
    for (const County& county : world_.counties) {
      plan.tokens.push_back(county.reviewer_token);
      plan.tokens.push_back(county.approver_token);
    }
    plan.acts_per_second = static_cast<double>(options_.live_events) / events_per_act;
    plan.acts = approvals(server.port, world_, static_cast<std::size_t>(plan.acts_per_second * options_.live_seconds));
    const std::size_t before = server.child.memory_kb();
    std::size_t connected = 0;
    plan.all_connected = [&] { connected = server.child.memory_kb(); };
    const double cpu = server.child.cpu_seconds();
    const LiveResult result = drive_live(server.port, plan);
    std::cout << fmt::format("{:<34}{:>9}     {:.1f} KB each in the server\n", "WebSockets open", result.connections,
                             static_cast<double>(connected - before) / static_cast<double>(result.connections));
    std::cout << fmt::format(
        "{:<34}{:>9.0f}/s   {:.0f} frames/s   act to screen p50 {:.2f} ms   p99 {:.2f} ms   CPU: server {:.2f} cores\n",
        "live events", static_cast<double>(result.events) / result.seconds,
        static_cast<double>(result.frames) / result.seconds, result.p50_ms, result.p99_ms,
        (server.child.cpu_seconds() - cpu) / result.seconds);
    if (result.wrong > 0)
      throw std::runtime_error(fmt::format("{} acts were refused or WebSockets closed", result.wrong));
    if (result.frames == 0) throw std::runtime_error("no live event came");
  }

  /// The task leaves one queue, enters another, and the request changes.
  static constexpr unsigned events_per_act = 3;
  BenchOptions options_;
  Workplace place_;
  BenchWorld world_;
};

BenchOptions smoke(BenchOptions options) {
  options.connections = 64;
  options.approvals = 4000;
  options.single_approvals = 2000;
  options.live_connections = 200;
  options.live_events = 300;
  options.live_seconds = 2;
  return options;
}

}  // namespace

int run_bench(const BenchOptions& options) {
  if (options.connections == 0 || options.approvals == 0 || options.single_approvals == 0)
    throw UsageError("bench: --connections and --approvals must be above 0");
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away must not leave the measured servers behind
  try {
    return Bench(options.smoke ? smoke(options) : options).run();
  } catch (const std::runtime_error& error) {
    std::cerr << "bench: " << error.what() << '\n';
    return exit_fault;
  }
}

}  // namespace xueji

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
#include "cli/bench/batch_beside.hpp"
#include "cli/bench/bench_world.hpp"
#include "cli/bench/child_process.hpp"
#include "cli/bench/compared_program.hpp"
#include "cli/bench/http_load.hpp"
#include "cli/bench/live_load.hpp"
#include "cli/bench/queue.hpp"
#include "cli/bench/workplace.hpp"
#include "cli/setup/console.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;
using namespace bench;

/// Below it batches gain too little; far under what is measured, so that a busy machine does not fail the test.
constexpr double smoke_ratio_min = 1.3;

/// Approvals of what waits for the reviewers, counties and requests in random order, as offices work.
std::vector<bench::Act> approvals(std::uint16_t port, const BenchWorld& world, std::size_t wanted) {
  std::vector<bench::Act> acts;
  for (const County& county : world.counties)
    for (const Waiting& waiting : queue_of(port, county.reviewer_token))
      acts.push_back({waiting.request, act_on(waiting, "approve", county.reviewer_token)});
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
    batch();
    whole();
    if (!options_.json.empty()) write_whole_file(options_.json, boost::json::serialize(figures_) + "\n");
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
  LoadResult measure(const char* key, const std::string& what, const ChildProcess& child, std::uint16_t port,
                     unsigned connections, const std::vector<std::string>& requests) {
    const double server = child.cpu_seconds(), load = own_cpu_seconds();
    const auto threads = child.cpu_seconds_by_thread();
    const LoadResult result = drive(port, connections, requests, 200);
    const auto each = [&](double seconds) { return seconds * 1e6 / static_cast<double>(result.answered); };
    Cost cost{each(child.cpu_seconds() - server), 0, each(own_cpu_seconds() - load)};
    for (const auto& [thread, seconds] : child.cpu_seconds_by_thread())
      cost.busiest_thread =
          std::max(cost.busiest_thread, each(seconds - (threads.contains(thread) ? threads.at(thread) : 0)));
    print(what, result, cost);
    figures_[key] = {{"perSecond", result.per_second()},
                     {"p50Ms", result.p50_ms},
                     {"p99Ms", result.p99_ms},
                     {"serverProcessorUs", cost.server}};
    return result;
  }

  void prepare() {
    const std::size_t for_events =
        static_cast<std::size_t>(options_.live_events) * options_.live_seconds / events_per_act + 1;
    const std::size_t requests =
        std::max({options_.approvals, options_.single_approvals, for_events, options_.beside_batch.acts()});
    std::cout << fmt::format("making a registry with {} requests that wait for the reviewers of 32 counties\n",
                             requests)
              << std::flush;
    world_ = make_bench_world(place_.folder / "template", requests, options_.beside_batch.batches, options_.batch);
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
    const LoadResult result = measure("approvals", "approvals, committed together", server.child, server.port,
                                      options_.connections, requests);
    const std::vector<std::string> plain(options_.approvals, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    measure("healthz", "GET /healthz of the same server", server.child, server.port, options_.connections, plain);
    const double peak_mb = static_cast<double>(server.child.peak_memory_kb()) / 1024;
    std::cout << fmt::format("{:<34}{:>9.1f} MB\n", "peak memory of the server", peak_mb);
    figures_["peakMemoryMb"] = peak_mb;
    return result.per_second();
  }

  double one_by_one() {
    const Copy copy = fresh_copy("single");
    MeasuredServer server(copy.folder, copy.url, 1);
    const auto requests = texts(approvals(server.port, world_, options_.single_approvals));
    return measure("singleApprovals", "approvals, batches of one", server.child, server.port, options_.connections,
                   requests)
        .per_second();
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
    const std::vector<std::string> requests(options_.approvals,
                                            act_on({"1", "1", "", 1}, "approve", std::string(43, 'x')));
    measure("bareBeast", "bare Beast, same request", child, port, options_.connections, requests);
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
    figures_["liveEvents"] = {{"p50Ms", result.p50_ms}, {"p99Ms", result.p99_ms}};
    if (result.wrong > 0)
      throw std::runtime_error(fmt::format("{} acts were refused or WebSockets closed", result.wrong));
    if (result.frames == 0) throw std::runtime_error("no live event came");
  }

  /// Officers at work beside requests about a whole school.
  void batch() {
    const Copy copy = fresh_copy("batch");
    MeasuredServer server(copy.folder, copy.url, 512);
    LivePlan plan;
    for (const County& county : world_.counties) plan.tokens.push_back(county.reviewer_token);
    plan.acts_per_second = options_.beside_batch.acts_per_second;
    plan.acts = approvals(server.port, world_, options_.beside_batch.acts());
    const BesideBatch result = drive_beside_batches(server.port, plan, world_.classes, options_.beside_batch.windows);
    const Fluctuation alone = fluctuation_of(result.alone_p99_ms), beside = fluctuation_of(result.beside_p99_ms);
    const double seconds = fluctuation_of(result.seconds).median,
                 opening = fluctuation_of(result.opening_seconds).median;
    std::cout << fmt::format(
        "{:<34}{:>9.2f} s, of it {:.2f} s to open; 32 officers' p99 beside it {:.2f} ms ({:.2f} to {:.2f}), without it "
        "{:.2f} ms ({:.2f} to {:.2f}), medians of {} and {} windows: {:.2f} times; {} resyncs\n",
        fmt::format("a batch of {} students", options_.batch), seconds, opening, beside.median, beside.least,
        beside.greatest, alone.median, alone.least, alone.greatest, result.beside_p99_ms.size(),
        result.alone_p99_ms.size(), beside.median / alone.median, result.resyncs);
    figures_["batch"] = {{"students", options_.batch},
                         {"seconds", seconds},
                         {"openingSeconds", opening},
                         {"p99Ms", beside.median},
                         {"p99MsWithout", alone.median},
                         {"p99MsOfWindows", boost::json::value_from(result.beside_p99_ms)},
                         {"p99MsOfWindowsWithout", boost::json::value_from(result.alone_p99_ms)}};
    if (result.wrong > 0) throw std::runtime_error("an act beside the batch was refused");
    if (result.resyncs > 0) throw std::runtime_error("a follower was told to read everything anew");
  }

  /// From opening to completed, on the demo's data.
  void whole() {
    ComparedProgram own(own_program(), place_.folder / "whole", options_.database, options_.store);
    const Measured measured = own.run({options_.connections, options_.smoke ? 1u : 4u});
    std::cout << fmt::format("{:<34}{:>9.2f} ms of processor, peak memory {:.1f} MB\n", "a whole request",
                             measured.processor_ms, measured.peak_memory_mb);
    figures_["wholeRequest"] = {{"processorMs", measured.processor_ms}, {"peakMemoryMb", measured.peak_memory_mb}};
  }

  /// The task leaves one queue, enters another, and the request changes.
  static constexpr unsigned events_per_act = 3;
  BenchOptions options_;
  Workplace place_;
  BenchWorld world_;
  boost::json::object figures_;
};

BenchOptions smoke(BenchOptions options) {
  options.connections = 64;
  options.approvals = 4000;
  options.single_approvals = 2000;
  options.live_connections = 200;
  options.live_events = 300;
  options.live_seconds = 2;
  options.batch = 600;
  options.beside_batch = {.batches = 1, .windows = 1, .window_seconds = 2, .acts_per_second = 100};
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

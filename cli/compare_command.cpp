#include "cli/compare_command.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "cli/bench/child_process.hpp"
#include "cli/bench/workplace.hpp"
#include "cli/setup/console.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;
using namespace bench;

std::string load_of_the_machine() {
  std::array<double, 1> load{};
  return getloadavg(load.data(), 1) == 1 ? fmt::format("{:.2f}", load[0]) : "unknown";
}

fs::path program_at(const std::string& path) {
  if (!fs::is_regular_file(path)) throw UsageError("bench: there is no program at " + path);
  return fs::absolute(path);
}

std::vector<Pair> measure(const CompareOptions& options, const fs::path& folder) {
  ComparedProgram other(program_at(options.against), folder / "other", options.database, options.store);
  ComparedProgram today(options.today.empty() ? own_program() : program_at(options.today), folder / "today",
                        options.database, options.store);
  std::vector<Pair> pairs;
  for (unsigned n = 0; n < options.pairs; ++n) {
    Pair pair;
    // Which goes first changes, so that neither profits from what the other has left in caches.
    if (n % 2 == 0) pair.other = other.run(options.load);
    pair.today = today.run(options.load);
    if (n % 2 == 1) pair.other = other.run(options.load);
    std::cerr << fmt::format("pair {} of {}: {:.0f} and {:.0f} approvals/s, {:.2f} and {:.2f} ms of processor\n", n + 1,
                             options.pairs, pair.other.approvals_per_second, pair.today.approvals_per_second,
                             pair.other.processor_ms, pair.today.processor_ms);
    pairs.push_back(pair);
  }
  return pairs;
}

int judge(const std::vector<Pair>& pairs, double percent) {
  int status = exit_done;
  for (const Figure& figure : compared_figures()) {
    if (!is_regression(figure, pairs, percent)) continue;
    std::cerr << fmt::format("bench: {}: worse by more than {} %, in every pair\n", figure.name, percent);
    status = exit_fault;
  }
  return status;
}

int compare(const CompareOptions& options) {
  const Workplace place(options.data);
  const std::string before = load_of_the_machine();
  const auto pairs = measure(options, place.folder);
  std::cout << table_of(pairs, options.name)
            << fmt::format(
                   "{} whole requests in each run, {} connections, {} processors; load of the machine {} before, "
                   "{} after\n",
                   options.load.rounds * options.load.students_max, options.load.connections,
                   std::thread::hardware_concurrency(), before, load_of_the_machine())
            << std::flush;
  if (!options.json.empty())
    write_whole_file(options.json, boost::json::serialize(json_of(pairs, options.name)) + "\n");
  return options.max_regression ? judge(pairs, *options.max_regression) : exit_done;
}

}  // namespace

int run_compare(const CompareOptions& options) {
  if (options.pairs == 0 || options.load.rounds == 0 || options.load.students_max == 0 || options.load.connections == 0)
    throw UsageError("bench: --pairs, --rounds, --requests and --connections must be above 0");
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away must not leave the measured servers behind
  try {
    return compare(options);
  } catch (const UsageError&) {
    throw;
  } catch (const std::runtime_error& error) {
    std::cerr << "bench: " << error.what() << '\n';
    return exit_fault;
  }
}

}  // namespace xueji

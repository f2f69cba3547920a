#include "cli/bench/compared_program.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>

#include "adapters/sql/scratch_database.hpp"
#include "cli/bench/child_process.hpp"
#include "cli/bench/whole_requests.hpp"

namespace xueji::bench {

namespace fs = std::filesystem;

ComparedProgram::ComparedProgram(fs::path program, fs::path folder, std::string database, DatabaseOptions store)
    : program_(std::move(program)),
      folder_(std::move(folder)),
      database_(std::move(database)),
      store_(std::move(store)) {
  fs::create_directories(folder_);
}

void ComparedProgram::make_demo_data(const fs::path& data, const std::string& database) const {
  ChildProcess making(program_, {"demo-data", "--data", data.string()}, {{"XUEJI_DATABASE", database}},
                      folder_ / "demo-data.log");
  if (const int status = making.wait(); status != 0)
    throw std::runtime_error(
        fmt::format("{} demo-data ended with {}:\n{}", program_.string(), status, making.log_tail()));
}

Measured ComparedProgram::run(const Load& load) {
  const fs::path data = folder_ / fmt::format("run{}", ++runs_);
  std::unique_ptr<ScratchDatabase> on_server;
  if (database_.empty()) {
    const fs::path made = folder_ / "demo";
    if (!fs::exists(made)) make_demo_data(made, {});
    fs::copy(made, data, fs::copy_options::recursive);
  } else {
    on_server = std::make_unique<ScratchDatabase>(database_, store_);
    make_demo_data(data, on_server->url());
  }
  const std::string national = std::to_string(free_port()), port = std::to_string(free_port());
  ChildProcess side(program_,
                    {"national-simulator", "--port", national, "--population", (data / "population.tsv").string()}, {},
                    data / "national.log");
  ChildProcess server(
      program_,
      {"serve", "--demo", "--port", port, "--data", data.string(), "--national", "http://127.0.0.1:" + national},
      {{"XUEJI_DATABASE", on_server ? on_server->url() : ""}, {"XUEJI_LOG_LEVEL", "warning"}}, data / "server.log");
  wait_until_ready(server, static_cast<std::uint16_t>(std::stoi(port)), "/readyz");

  WholeRequests requests(static_cast<std::uint16_t>(std::stoi(port)), load.connections, load.students_max);
  const double before = server.cpu_seconds();
  for (unsigned round = 0; round < load.rounds; ++round) requests.round();
  Measured measured;
  measured.processor_ms = (server.cpu_seconds() - before) * 1000 / static_cast<double>(requests.completed());
  measured.approvals_per_second = static_cast<double>(requests.approvals()) / requests.approving_seconds();
  measured.peak_memory_mb = static_cast<double>(server.peak_memory_kb()) / 1024;
  return measured;
}

}  // namespace xueji::bench

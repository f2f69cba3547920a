// `xueji national-simulator`: the national side for demonstrations and tests (docs/national-side.md).
#pragma once
#include <cstdint>
#include <string>

namespace xueji {

struct NationalSimulatorOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8090;  ///< 0 takes a free one, which is printed
  std::string population;     ///< file of `id_number<TAB>name` lines, or *.json
  std::int64_t latency_ms = 0;
  double error_rate = 0;  ///< 0 to 1
  bool outage = false;
};

/// Prints `national simulator: http://ADDRESS:PORT, N people` and serves until SIGINT or SIGTERM.
/// Exit status 0 stopped, 1 it can't listen, 2 wrong options or population file.
int run_national_simulator(const NationalSimulatorOptions& options);

}  // namespace xueji

#include "cli/national_simulator_command.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <optional>

#include "adapters/central/national_simulator.hpp"

namespace xueji {
namespace {

std::optional<Population> population_of(const NationalSimulatorOptions& options) {
  if (options.latency_ms < 0 || options.error_rate < 0 || options.error_rate > 1) {
    std::cerr << "national-simulator: --latency-ms must not be negative and --error-rate be 0 to 1\n";
    return std::nullopt;
  }
  try {
    return Population::read(options.population);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return std::nullopt;
  }
}

}  // namespace

int run_national_simulator(const NationalSimulatorOptions& options) {
  auto population = population_of(options);
  if (!population) return 2;
  const std::size_t people = population->size();
  boost::asio::io_context io(1);
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([](const boost::system::error_code&, int) {});
  try {
    const NationalSimulator simulator(
        std::move(*population), {std::chrono::milliseconds(options.latency_ms), options.error_rate, options.outage},
        options.address, options.port);
    std::cout << "national simulator: http://" << options.address << ':' << simulator.port() << ", " << people
              << " people" << std::endl;
    io.run();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "national-simulator: " << error.what() << "; choose another with --port\n";
    return 1;
  }
}

}  // namespace xueji

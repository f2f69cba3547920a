#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "cli/bench_command.hpp"
#include "cli/check_command.hpp"
#include "cli/configuration_source.hpp"
#include "cli/console.hpp"
#include "cli/demo_data_command.hpp"
#include "cli/installation.hpp"
#include "cli/national_simulator_command.hpp"
#include "cli/test_command.hpp"

namespace xueji {
namespace {

/// What the options were read into, and what to run with them once all are read.
struct CommandLine {
  CLI::App app{"xueji: approvals for the student-status registry (学籍)", "xueji"};
  std::function<int()> run;

  std::string configuration_file;
  std::vector<std::pair<std::string, std::string>> configuration_options;
  std::vector<std::string> paths;
  NationalSimulatorOptions simulator;
  BenchOptions bench;

  CommandLine() {
    app.set_version_flag("--version", std::string{"xueji "} + XUEJI_VERSION);
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 it found a fault, 2 wrong usage or configuration.");
    add_demo_data();
    add_check();
    add_test();
    add_national_simulator();
    add_bench();
  }

  CLI::App* add(const char* name, const char* description, std::function<int()> what) {
    CLI::App* command = app.add_subcommand(name, description);
    command->callback([this, what = std::move(what)] { run = what; });
    return command;
  }

  Configuration configuration() const { return read_configuration(configuration_file, configuration_options); }

  /// --config, and those of its keys that are often given on the command line.
  void add_configuration(CLI::App* command, std::initializer_list<std::array<const char*, 3>> options) {
    command->add_option("--config", configuration_file, "Configuration file (see config/xueji.yaml)");
    for (const auto& [flag, key, description] : options)
      command->add_option_function<std::string>(
          flag,
          [this, key = std::string{key}](const std::string& value) { configuration_options.emplace_back(key, value); },
          description);
  }

  void add_demo_data() {
    CLI::App* command = add("demo-data", "Make the data of the demonstration where it is not there yet",
                            [this] { return run_demo_data(configuration()); });
    add_configuration(command, {{"--data", "data", "Folder of the data"}});
  }

  void add_test() {
    CLI::App* command =
        add("test", "Run the scenarios that stand beside definitions", [this] { return run_scenarios(paths); });
    command->add_option("paths", paths, "Scenarios, definitions or folders")->required();
  }

  void add_check() {
    CLI::App* command = add("check", "Read definitions as the server would and say what is wrong with them",
                            [this] { return run_check(paths); });
    command->add_option("paths", paths, "Files or folders")->required();
  }

  void add_national_simulator() {
    CLI::App* command = add("national-simulator", "Serve a simulated national side for demonstrations and tests",
                            [this] { return run_national_simulator(simulator); });
    command->add_option("--address", simulator.address, "Address to listen on")->capture_default_str();
    command->add_option("--port", simulator.port, "Port; 0 takes a free one")->capture_default_str();
    command->add_option("--population", simulator.population, "File of id_number<TAB>name lines")->required();
    command->add_option("--latency-ms", simulator.latency_ms, "Delay of each answer")->capture_default_str();
    command->add_option("--error-rate", simulator.error_rate, "Share of questions answered by 500, 0 to 1")
        ->capture_default_str();
    command->add_flag("--outage", simulator.outage, "Answer nothing");
  }

  void add_bench() {
    CLI::App* command = add("bench", "Measure approvals over HTTP and live events against a server of its own",
                            [this] { return run_bench(bench); });
    command->add_option("--connections", bench.connections, "Keep-alive connections")->capture_default_str();
    command->add_option("--approvals", bench.approvals, "Approvals to measure")->capture_default_str();
    command->add_option("--single-approvals", bench.single_approvals, "Approvals in batches of one")->capture_default_str();
    command->add_option("--live-connections", bench.live_connections, "WebSockets that stay idle")->capture_default_str();
    command->add_option("--live-events", bench.live_events, "Live events a second")->capture_default_str();
    command->add_option("--live-seconds", bench.live_seconds, "How long they go on")->capture_default_str();
    command->add_option("--bare-beast", bench.bare_beast, "Program to compare with; empty: bare_beast beside this one");
    command->add_option("--data", bench.data, "Folder for the databases; empty: that for temporary files");
    command->add_flag("--smoke", bench.smoke, "Small; fails where committing together gains nothing");
  }
};

int parse_and_run(int argc, char** argv) {
  CommandLine line;
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return line.app.exit(error) == 0 ? exit_done : exit_usage;
  }
  return line.run();
}

}  // namespace

int run_command_line(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (const FaultyFiles& found) {
    print_faults(found.faults);
    return exit_usage;
  } catch (const UsageError& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_usage;
  } catch (const std::exception& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_fault;
  }
}

}  // namespace xueji

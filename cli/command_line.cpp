#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/console.hpp"

namespace xueji {

int run_command_line(int argc, char** argv) {
  CLI::App app{"xueji: approvals for the student-status registry", "xueji"};
  app.set_version_flag("--version", std::string{"xueji "} + XUEJI_VERSION);
  app.require_subcommand(1);
  int status = exit_done;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_done : exit_usage;
  } catch (const UsageError& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_usage;
  } catch (const std::exception& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_fault;
  }
  return status;
}

}  // namespace xueji

#include "cli/audit_command.hpp"

#include <unistd.h>

#include <iostream>

#include "adapters/sql/audit.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"

namespace xueji {

int run_audit_verify(const Configuration& configuration, bool with_files) {
  require_database(configuration);
  const bool terminal = ::isatty(STDERR_FILENO) == 1;
  const auto progress = [&](std::int64_t done, std::int64_t all) {
    if (terminal) std::cerr << '\r' << done << " of " << all << " requests verified" << std::flush;
  };
  try {
    const auto report = audit(configuration.database_address(), database_options(configuration),
                              with_files ? scan_check(configuration) : CheckScan{}, progress);
    if (terminal) std::cerr << '\r' << std::string(60, ' ') << '\r';
    for (const auto& fault : report.faults) std::cout << "fault: " << fault << '\n';
    if (report.faults_found > static_cast<std::int64_t>(report.faults.size()))
      std::cout << "fault: " << report.faults_found - static_cast<std::int64_t>(report.faults.size()) << " more\n";
    std::cout << report.requests << " requests (" << report.open << " open), " << report.entries << " history entries, "
              << report.submissions << " submissions, " << report.changes << " changes of the registry, "
              << report.tasks
              << " tasks: " << (report.faults_found == 0 ? "sound" : std::to_string(report.faults_found) + " faults")
              << '\n';
    return report.faults_found == 0 ? exit_done : exit_fault;
  } catch (const std::exception& error) {
    std::cerr << (terminal ? "\n" : "") << "xueji: " << error.what() << '\n';
    return exit_usage;
  }
}

}  // namespace xueji

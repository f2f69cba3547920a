#include "cli/migrate_command.hpp"

#include <iostream>

#include "adapters/sql/migrations.hpp"
#include "cli/setup/console.hpp"

namespace xueji {

int run_migrate(const std::string& database, const DatabaseOptions& options, bool dry_run) {
  try {
    const auto report = migrate(database, options, dry_run);
    for (const auto& step : report.applied) std::cout << (dry_run ? "would apply " : "applied ") << step << '\n';
    if (report.applied.empty()) std::cout << "the schema is up to date: step " << report.version << '\n';
    return exit_done;
  } catch (const StoreError& error) {
    std::cerr << "xueji: the schema can't be " << (dry_run ? "looked at: " : "changed: ") << error.what() << '\n';
    return exit_fault;
  } catch (const std::exception& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_usage;
  }
}

}  // namespace xueji

#include "cli/migrate_command.hpp"

#include <iostream>

#include "adapters/sql/migrations.hpp"
#include "cli/live_requests.hpp"
#include "cli/logging.hpp"
#include "cli/migration_progress.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/system_clock.hpp"

namespace xueji {
namespace {

/// A database without offices has no requests, and definitions come with its first start.
void move_live_requests(const Configuration& configuration) {
  const auto database = open_database(configuration);
  if (database->is_empty()) return;
  start_logging(configuration.log.level);
  const DefinitionId before = database->definitions().newest_definition();
  const auto directory = open_directory(configuration, *database);
  bring_live_requests(*database, *directory, SystemClock{}, before);
  stop_logging();
}

}  // namespace

int run_migrate(const Configuration& configuration, bool dry_run) {
  if (dry_run) require_database(configuration);
  try {
    auto options = database_options(configuration);
    options.on_migration = show_migration();
    const auto report = migrate(configuration.database_address(), options, dry_run);
    for (const auto& step : report.applied) std::cout << (dry_run ? "would apply " : "applied ") << step << '\n';
    if (report.applied.empty()) std::cout << "the schema is up to date: step " << report.version << '\n';
    std::cout << std::flush;
    if (!dry_run) move_live_requests(configuration);
    return exit_done;
  } catch (const FaultyFiles&) {
    throw;
  } catch (const StoreError& error) {
    std::cerr << "xueji: the database can't be " << (dry_run ? "looked at: " : "brought up to date: ") << error.what()
              << '\n';
    return exit_fault;
  } catch (const std::exception& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_usage;
  }
}

}  // namespace xueji

#include "cli/backup_command.hpp"

#include <functional>
#include <iostream>

#include "adapters/sql/backup.hpp"
#include "adapters/sql/database_address.hpp"
#include "cli/setup/console.hpp"

namespace xueji {
namespace {

int run(const std::string& database, const std::function<void()>& act, const std::string& done) {
  try {
    sql::sqlite_file(database);
  } catch (const std::exception& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_usage;
  }
  try {
    act();
    std::cout << done << '\n';
    return exit_done;
  } catch (const std::exception& error) {
    std::cerr << "xueji: " << error.what() << '\n';
    return exit_fault;
  }
}

}  // namespace

int run_backup(const std::string& database, const std::string& to) {
  return run(database, [&] { backup(database, to); }, "copied to " + to);
}

int run_restore(const std::string& database, const std::string& from) {
  return run(database, [&] { restore(database, from); }, "restored from " + from);
}

}  // namespace xueji

#include "cli/copy_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "adapters/sql/copy_database.hpp"
#include "adapters/sql/database_address.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/password_input.hpp"

namespace xueji {
namespace {

constexpr const char* password_variable = "XUEJI_TO_PASSWORD";

std::string password_of_target(const CopyArguments& arguments) {
  if (!arguments.to_password_file.empty()) return read_secret(arguments.to_password_file);
  const char* password = std::getenv(password_variable);
  return password ? password : "";
}

void print(const CopiedTable& table) {
  const auto line = [](std::string_view name, std::string_view end, const CopiedTable::Side& side) {
    std::cout << fmt::format("{:<18} {:<4} {:>12} rows  {}\n", name, end, side.rows, side.sha256);
  };
  line(table.table, "from", table.from);
  line("", "to", table.to);
}

}  // namespace

int run_copy(const Configuration& configuration, const CopyArguments& arguments) {
  require_database(configuration);
  DatabaseEnd from{configuration.database_address(), database_options(configuration)};
  DatabaseEnd to{arguments.to, from.options};
  to.options.password = password_of_target(arguments);
  std::cerr << fmt::format(
      "copying {} to {}\nThe server must be stopped: what it commits from now on is not carried over. The folder of "
      "evidence is not part of the database; it stays.\n",
      sql::without_password(from.url), sql::without_password(to.url));
  const bool terminal = ::isatty(STDERR_FILENO) == 1;
  const auto progress = [&](std::int64_t done, std::int64_t all) {
    if (terminal)
      std::cerr << fmt::format("\r{:>3} %  {} of {} rows copied or compared", all == 0 ? 100 : done * 100 / all, done,
                               all)
                << std::flush;
  };
  try {
    const auto tables = copy_database(from, to, progress);
    if (terminal) std::cerr << '\r' << std::string(70, ' ') << '\r';
    std::int64_t rows = 0;
    for (const auto& table : tables) {
      print(table);
      rows += table.from.rows;
    }
    const auto differing =
        std::count_if(tables.begin(), tables.end(), [](const CopiedTable& table) { return table.from != table.to; });
    if (differing == 0) {
      std::cout << fmt::format("{} rows in {} tables: equal\n", rows, tables.size());
      return exit_done;
    }
    std::cout << fmt::format("{} tables differ: the copy is not usable, and every program refuses it\n", differing);
    return exit_fault;
  } catch (const StoreError& error) {
    std::cerr << (terminal ? "\n" : "") << "xueji: the copy broke off: " << error.what()
              << "; if it had begun, drop the target, make it anew and copy again\n";
    return exit_fault;
  } catch (const std::runtime_error& error) {
    std::cerr << (terminal ? "\n" : "") << "xueji: " << error.what() << '\n';
    return exit_usage;
  }
}

}  // namespace xueji

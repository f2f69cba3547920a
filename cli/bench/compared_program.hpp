// One of the programs that are compared, with its own demo data.
#pragma once
#include <filesystem>
#include <string>

#include "adapters/sql/database.hpp"
#include "cli/bench/comparison.hpp"

namespace xueji::bench {

struct Load {
  unsigned connections = 64;
  unsigned rounds = 4;             ///< in each run; see WholeRequests
  std::size_t students_max = 200;  ///< requests of a round
};

class ComparedProgram {
 public:
  /// Its data are made in `folder`, or on the MariaDB server of `database` where that is named.
  ComparedProgram(std::filesystem::path program, std::filesystem::path folder, std::string database,
                  DatabaseOptions store);
  /// Starts its server and its national side on fresh demo data, plays whole requests, and ends both.
  /// Throws std::runtime_error.
  Measured run(const Load& load);

 private:
  void make_demo_data(const std::filesystem::path& data, const std::string& database) const;

  const std::filesystem::path program_, folder_;
  const std::string database_;
  const DatabaseOptions store_;
  unsigned runs_ = 0;
};

}  // namespace xueji::bench

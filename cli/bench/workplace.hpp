// Where a bench makes its databases.
#pragma once
#include <filesystem>
#include <string>

namespace xueji::bench {

/// A folder that goes with the bench, in `data` or, where that is empty, in the folder for temporary files.
struct Workplace {
  /// Throws UsageError where it can't be made.
  explicit Workplace(const std::string& data);
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  std::filesystem::path folder;
};

/// The program that runs.
const std::filesystem::path& own_program();

}  // namespace xueji::bench

#include "cli/bench/workplace.hpp"

#include <cstdlib>

#include "cli/setup/console.hpp"

namespace xueji::bench {

namespace fs = std::filesystem;

Workplace::Workplace(const std::string& data) {
  std::string pattern = ((data.empty() ? fs::temp_directory_path() : fs::path{data}) / "xueji-bench-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw UsageError("cannot make a folder for the databases; name another with --data");
  folder = pattern;
}

Workplace::~Workplace() {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

const fs::path& own_program() {
  static const fs::path program = fs::read_symlink("/proc/self/exe");
  return program;
}

}  // namespace xueji::bench

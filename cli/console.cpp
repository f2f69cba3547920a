#include "cli/console.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

namespace xueji {

void print_faults(std::span<const Fault> faults) {
  for (const Fault& fault : faults) std::cerr << fault.to_string() << '\n';
}

std::string read_whole_file(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    throw UsageError(fmt::format("there is no file {}", file.string()));
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) throw UsageError(fmt::format("the file {} can't be read", file.string()));
  return std::move(text).str();
}

std::filesystem::path resources_directory() {
  const auto beside = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const char* place : {".", "../..", "../share/xueji"}) {
    const auto candidate = (beside / place).lexically_normal();
    if (std::filesystem::is_directory(candidate / "workflows")) return candidate;
  }
  throw UsageError(
      fmt::format("the folder `workflows` is neither beside {} nor in ../share/xueji; name it by workflows.directory",
                  beside.string()));
}

}  // namespace xueji

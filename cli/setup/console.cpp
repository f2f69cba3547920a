#include "cli/setup/console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

namespace xueji {
namespace {
void refuse_unwritten(const std::ofstream& stream, const std::filesystem::path& file) {
  if (!stream) throw UsageError(fmt::format("the file {} can't be written", file.string()));
}
}  // namespace

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

std::string read_file_up_to(const std::filesystem::path& file, std::uintmax_t bytes_max) {
  constexpr std::uintmax_t megabyte = 1024 * 1024;
  std::error_code error;
  if (const auto size = std::filesystem::file_size(file, error); !error && size > bytes_max)
    throw UsageError(
        fmt::format("the file {} is larger than {} MB; cut it into several", file.string(), bytes_max / megabyte));
  return read_whole_file(file);
}

void write_whole_file(const std::filesystem::path& file, std::string_view text) {
  std::ofstream stream{file, std::ios::binary};
  stream << text;
  stream.close();
  refuse_unwritten(stream, file);
}

void require_writable(const std::filesystem::path& file) {
  refuse_unwritten(std::ofstream{file, std::ios::binary | std::ios::app}, file);
}

std::string progress_bar(std::size_t done, std::size_t all) {
  constexpr std::size_t width = 30;
  const std::size_t full = all == 0 ? width : std::min(width, done * width / all);
  return fmt::format("[{}{}] {} of {}", std::string(full, '#'), std::string(width - full, '.'), done, all);
}

std::filesystem::path folder_of_program() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

std::optional<std::filesystem::path> find_resources_directory() {
  const auto beside = folder_of_program();
  for (const char* place : {".", "../..", "../share/xueji"}) {
    const auto candidate = (beside / place).lexically_normal();
    if (std::filesystem::is_directory(candidate / "workflows")) return candidate;
  }
  return std::nullopt;
}

std::filesystem::path resources_directory() {
  if (auto found = find_resources_directory()) return *found;
  throw UsageError(
      fmt::format("the folder `workflows` is neither beside {} nor in ../share/xueji; name it by workflows.directory",
                  folder_of_program().string()));
}

}  // namespace xueji

// What every subcommand shares: exit statuses, faults on standard error, files read whole.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/base/position.hpp"

namespace xueji {

enum ExitStatus : int { exit_done = 0, exit_fault = 1, exit_usage = 2 };

/// Wrong usage or configuration, in a sentence for the person at the terminal; main() prints it and exits 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `file:line:column: error: what; what to do`, one a line, on standard error.
void print_faults(std::span<const Fault> faults);

/// Throws UsageError when the file can't be read.
std::string read_whole_file(const std::filesystem::path& file);

/// Throws UsageError also when it is larger.
std::string read_file_up_to(const std::filesystem::path& file, std::uintmax_t bytes_max);

/// Throws UsageError when the file can't be written.
void write_whole_file(const std::filesystem::path& file, std::string_view text);
/// The same before the work whose result goes there, so that it is not done in vain. Makes the file where it is
/// missing.
void require_writable(const std::filesystem::path& file);

/// `[######....] 60 of 100`.
std::string progress_bar(std::size_t done, std::size_t all);

/// The folder that came with the program and holds `workflows/`, `config/` and perhaps `ui/`:
/// beside the executable, two above it (build/release), or `../share/xueji`.
std::optional<std::filesystem::path> find_resources_directory();
/// Throws UsageError when there is none.
std::filesystem::path resources_directory();
/// Where this program lies.
std::filesystem::path folder_of_program();

}  // namespace xueji

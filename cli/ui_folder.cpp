#include "cli/ui_folder.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/setup/console.hpp"

namespace xueji {
namespace {

namespace files = std::filesystem;

constexpr std::uintmax_t bytes_max = 256u << 20;

/// `ui` where the program is installed, `build/ui` where it was built; empty where there is neither.
files::path folder_that_came_with_the_program() {
  const auto resources = find_resources_directory();
  if (!resources) return {};
  for (const char* place : {"ui", "build/ui"})
    if (files::is_regular_file(*resources / place / "index.html")) return *resources / place;
  return {};
}

std::vector<web::BuiltFile> read_folder(const files::path& folder) {
  std::vector<web::BuiltFile> built;
  std::uintmax_t bytes = 0;
  for (const auto& entry : files::recursive_directory_iterator{folder}) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    bytes += entry.file_size();
    if (bytes > bytes_max)
      throw UsageError(
          fmt::format("{} holds more than {} MB and is no built application; name its folder by ui.directory",
                      folder.string(), bytes_max >> 20));
    built.push_back({entry.path().lexically_relative(folder).generic_string(), read_whole_file(entry.path())});
  }
  return built;
}

}  // namespace

web::StaticFiles read_ui(const Configuration& configuration) {
  const std::string& named = configuration.ui.directory;
  const files::path folder = named.empty() ? folder_that_came_with_the_program() : files::path{named};
  web::StaticFiles ui;
  if (!folder.empty() && files::is_directory(folder)) ui = web::StaticFiles{read_folder(folder)};
  if (ui.is_empty() && !named.empty())
    spdlog::warn("there is no application (index.html) in {}, which ui.directory names", named);
  return ui;
}

}  // namespace xueji

#include "cli/check_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "engine/definition/loader.hpp"

namespace xueji {
namespace {

namespace fs = std::filesystem;

constexpr int all_good = 0, found_fault = 1, wrong_usage = 2;

bool is_definition_file(const fs::path& path) {
  return path.extension() == ".yaml" && path.stem().extension() != ".scenario";
}

/// Nothing where the path does not exist.
std::optional<std::vector<fs::path>> definition_files(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return std::vector{path};
  if (!fs::is_directory(path, error)) return std::nullopt;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error))
    if (entry.is_regular_file(error) && is_definition_file(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Reads one byte more than a definition may have, so that a huge file is refused and not swallowed.
std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return std::nullopt;
  std::string content(definition_bytes_max + 1, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (stream.bad()) return std::nullopt;
  content.resize(static_cast<std::size_t>(stream.gcount()));
  return content;
}

int check_file(const fs::path& path) {
  const auto content = read_file(path);
  if (!content) {
    std::cerr << fmt::format("xueji check: {} cannot be read; check that it exists and that you may read it\n",
                             path.string());
    return wrong_usage;
  }
  const auto loaded = load_definition(*content, path.string());
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) {
    for (const auto& fault : *faults) std::cerr << fault.to_string() << '\n';
    return found_fault;
  }
  const auto& definition = std::get<Definition>(loaded);
  std::cout << fmt::format("{}: {} version {}, {} states\n", path.string(), definition.key, definition.version,
                           definition.states.size());
  return all_good;
}

}  // namespace

int run_check(const std::vector<std::string>& paths) {
  if (paths.empty()) {
    std::cerr << "xueji check: no path given; name files or folders of definitions\n";
    return wrong_usage;
  }
  int status = all_good;
  for (const auto& path : paths) {
    const auto files = definition_files(path);
    if (!files || files->empty()) {
      std::cerr << (files ? fmt::format("xueji check: {} holds no definition; definitions end in .yaml\n", path)
                          : fmt::format("xueji check: {} cannot be found; check the path\n", path));
      status = wrong_usage;
      continue;
    }
    for (const auto& file : *files) status = std::max(status, check_file(file));
  }
  return status;
}

}  // namespace xueji

#include "cli/definition_files.hpp"

#include <algorithm>
#include <fstream>

#include "cli/setup/calendar_file.hpp"
#include "engine/definition/loader.hpp"

namespace xueji {

namespace fs = std::filesystem;

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

std::optional<std::string> read_definition_file(const fs::path& path) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return std::nullopt;
  std::string content(definition_bytes_max + 1, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (stream.bad()) return std::nullopt;
  content.resize(static_cast<std::size_t>(stream.gcount()));
  return content;
}

std::variant<Calendar, std::vector<Fault>> calendar_for(const fs::path& definition, const fs::path& given) {
  const auto file = find_calendar(given, fs::absolute(definition).parent_path());
  if (!file) return Calendar{};
  if (const auto content = read_definition_file(*file)) return load_calendar(*content, file->string());
  return std::vector<Fault>{
      {file->string(), {}, "the calendar can't be read", "check that it exists and that you may read it"}};
}

}  // namespace xueji

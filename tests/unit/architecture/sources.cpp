#include "tests/unit/architecture/sources.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace xueji::tests {
namespace {

const std::filesystem::path top{XUEJI_SOURCE_DIR};

}  // namespace

std::string text_of(const std::string& path) {
  std::ifstream stream{top / path, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<SourceFile> sources_below(std::initializer_list<const char*> folders) {
  std::vector<SourceFile> files;
  for (const char* folder : folders)
    for (const auto& entry : std::filesystem::recursive_directory_iterator{top / folder})
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp") {
        const std::string path = std::filesystem::relative(entry.path(), top).generic_string();
        files.push_back({path, text_of(path)});
      }
  return files;
}

}  // namespace xueji::tests

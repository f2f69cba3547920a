#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/catch.hpp"
#include "tests/unit/architecture/source_rules.hpp"

using namespace xueji::tests;

namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream{path, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<SourceFile> sources_below(std::initializer_list<const char*> folders) {
  const std::filesystem::path top{XUEJI_SOURCE_DIR};
  std::vector<SourceFile> files;
  for (const char* folder : folders)
    for (const auto& entry : std::filesystem::recursive_directory_iterator{top / folder})
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
        files.push_back({std::filesystem::relative(entry.path(), top).generic_string(), text_of(entry.path())});
  return files;
}

}  // namespace

TEST_CASE("no room includes what is forbidden in it") {
  const auto files = sources_below({"engine", "adapters", "web", "cli"});
  REQUIRE(files.size() > 100);
  for (const SourceFile& file : files) CHECK(dependency_breaches(file) == Breaches{});
}

TEST_CASE("no source has more than 600 lines or work left undone") {
  for (const SourceFile& file : sources_below({"engine", "adapters", "web", "cli", "tests"}))
    if (!file.path.starts_with("tests/unit/architecture/")) CHECK(tidiness_breaches(file) == Breaches{});
}

TEST_CASE("a planted breach of the dependencies is found, with its line") {
  const auto [path, line] = GENERATE(table<std::string, std::string>({
      {"engine/machine/decide.cpp", "#include <boost/asio/io_context.hpp>"},
      {"engine/runtime/runtime.cpp", "#include <boost/beast/http.hpp>"},
      {"engine/registry/names.cpp", "#include <soci/soci.h>"},
      {"engine/definition/loader.cpp", "#include <fstream>"},
      {"engine/definition/loader.cpp", "#include <filesystem>"},
      {"engine/runtime/machine_room.cpp", "  const auto now = std::chrono::system_clock::now();"},
      {"engine/base/time.cpp", "  return time(nullptr);"},
      {"engine/machine/decide.cpp", "  std::random_device seed;"},
      {"engine/ports/store.hpp", "#include \"adapters/sql/database.hpp\""},
      {"engine/machine/open.cpp", "#include <yaml-cpp/yaml.h>"},
      {"engine/machine/open.cpp", "#include \"engine/runtime/runtime.hpp\""},
      {"adapters/sql/rows.cpp", "#include \"web/server/http.hpp\""},
      {"web/server/resources/students.cpp", "#include \"adapters/sql/database.hpp\""},
      {"web/server/resources/students.cpp", "#include <boost/beast/core.hpp>"},
      {"cli/serve_command.cpp", "#include <sqlite3.h>"},
  }));
  INFO(path << " " << line);
  const auto breaches = dependency_breaches({path, "#pragma once\n" + line + "\n"});
  REQUIRE(breaches.size() == 1);
  CHECK(breaches.front().starts_with(path + ":2: "));
}

TEST_CASE("what a room may do is no breach") {
  CHECK(dependency_breaches({"engine/ports/evidence_store.hpp", "#include <filesystem>\n"}).empty());
  CHECK(dependency_breaches({"engine/yaml/strict_yaml.cpp", "#include <yaml-cpp/parser.h>\n"}).empty());
  CHECK(dependency_breaches({"cli/serve_command.cpp", "#include \"adapters/sql/database.hpp\"\n"}).empty());
  CHECK(
      dependency_breaches({"engine/base/time.hpp", "std::chrono::sys_time<std::chrono::microseconds> now;\n"}).empty());
}

TEST_CASE("untidiness is found") {
  CHECK(tidiness_breaches({"cli/a.cpp", "int a;\n// TODO later\n"}).size() == 1);
  CHECK(tidiness_breaches({"cli/a.cpp", "// TODO(#12) later\n"}).empty());
  std::string long_text;
  for (int i = 0; i < 601; ++i) long_text += "int a;\n";
  CHECK(tidiness_breaches({"cli/a.cpp", long_text}).size() == 1);
}

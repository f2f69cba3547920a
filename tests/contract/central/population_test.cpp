#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "adapters/central/population.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

/// A file that lives as long as its test.
struct TemporaryFile {
  TemporaryFile(const std::string& ending, const std::string& text)
      : path(std::filesystem::temp_directory_path() / ("xueji-population-" + std::to_string(::getpid()) + ending)) {
    std::ofstream(path, std::ios::binary) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path); }
  const std::filesystem::path path;
};

}  // namespace

TEST_CASE("a population is read from lines of number and name") {
  const TemporaryFile file(
      ".tsv", "# people\n11010519491231002x\t张三\r\n\n440524188001010014\t买买提·艾力\n440524188001010014\t别名\n");
  const auto population = Population::read(file.path);
  CHECK(population.size() == 2);
  CHECK(population.compare("11010519491231002X", "张三") == "match");
  CHECK(population.compare("440524188001010014", "别名") == "mismatch");
  CHECK(population.compare("1", "张三") == "unknown");
}

TEST_CASE("a population is read from JSON") {
  const TemporaryFile file(".json", R"([{"idNumber": "11010519491231002X", "name": "张三"}])");
  CHECK(Population::read(file.path).compare("11010519491231002X", "张三") == "match");
}

TEST_CASE("a faulty population file is told with its line, and no name of it") {
  const TemporaryFile file(".tsv", "11010519491231002X\t张三\n李四\n");
  CHECK_THROWS_WITH(Population::read(file.path),
                    file.path.string() + ":2: error: not `id_number<TAB>name`; write one person a line");
  const TemporaryFile json(".json", "{}");
  CHECK_THROWS_WITH(Population::read(json.path), Catch::Matchers::ContainsSubstring("not a JSON array"));
  CHECK_THROWS_WITH(Population::read("/nowhere/population.tsv"), Catch::Matchers::ContainsSubstring("can't be read"));
}

#include "cli/check_command.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace xueji;
namespace fs = std::filesystem;

namespace {

const std::string shipped = XUEJI_SOURCE_DIR "/workflows";

/// A folder of its own, removed at the end.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("xueji-check-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path / name} << text;
    return (path / name).string();
  }
};

struct Outcome {
  int status = 0;
  std::string out;
  std::string errors;
};

Outcome check(const std::vector<std::string>& paths) {
  std::ostringstream out, errors;
  auto* const old_out = std::cout.rdbuf(out.rdbuf());
  auto* const old_errors = std::cerr.rdbuf(errors.rdbuf());
  const int status = run_check(paths);
  std::cout.rdbuf(old_out);
  std::cerr.rdbuf(old_errors);
  return {status, out.str(), errors.str()};
}

}  // namespace

TEST_CASE("the shipped definitions are good, and each is named with its version and states") {
  const auto outcome = check({shipped});
  CHECK(outcome.status == 0);
  CHECK(outcome.errors.empty());
  CHECK(outcome.out.find(shipped + "/g-number-deletion.yaml: g-number-deletion version 1, 7 states\n") !=
        std::string::npos);
  CHECK(outcome.out.find(shipped + "/key-information-change.yaml: key-information-change version 1, 10 states\n") !=
        std::string::npos);
}

TEST_CASE("a fault is told with file, line and column, and the status is 1") {
  const Folder folder;
  const auto file = folder.write("broken.yaml", "a: b: c\n");
  const auto outcome = check({shipped, file});
  CHECK(outcome.status == 1);
  CHECK(outcome.errors ==
        file +
            ":1:5: error: this is not valid YAML (illegal map value); look at the indentation, colons, "
            "brackets and quotes here and on the line before\n");
}

TEST_CASE("scenarios in a folder are left out") {
  const Folder folder;
  folder.write("a.scenario.yaml", "scenario: x\n");
  folder.write("readme.txt", "x\n");
  const auto outcome = check({folder.path.string()});
  CHECK(outcome.status == 2);
  CHECK(outcome.errors == "xueji check: " + folder.path.string() + " holds no definition; definitions end in .yaml\n");
}

TEST_CASE("a path that does not exist, and no path at all, are wrong usage") {
  CHECK(check({"/nonexistent/x.yaml"}).errors == "xueji check: /nonexistent/x.yaml cannot be found; check the path\n");
  CHECK(check({"/nonexistent/x.yaml"}).status == 2);
  CHECK(check({}).status == 2);
}

TEST_CASE("a file that is far too large is refused without being read whole") {
  const Folder folder;
  const auto file = folder.write("large.yaml", std::string(300 * 1024, 'x'));
  const auto outcome = check({file});
  CHECK(outcome.status == 1);
  CHECK(outcome.errors == file + ":1:1: error: this file is larger than 256 KiB; split it into several files\n");
}

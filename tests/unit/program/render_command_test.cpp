#include "cli/render_command.hpp"
#include "tests/catch.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "cli/setup/console.hpp"

using namespace xueji;
namespace fs = std::filesystem;

namespace {

const std::string deletion = XUEJI_SOURCE_DIR "/workflows/g-number-deletion.yaml";

struct Outcome {
  int status = 0;
  std::string out, errors;
};

Outcome render(const RenderArguments& arguments) {
  std::ostringstream out, errors;
  auto* const old_out = std::cout.rdbuf(out.rdbuf());
  auto* const old_errors = std::cerr.rdbuf(errors.rdbuf());
  Outcome outcome;
  try {
    outcome.status = run_render(arguments);
  } catch (...) {
    std::cout.rdbuf(old_out);
    std::cerr.rdbuf(old_errors);
    throw;
  }
  std::cout.rdbuf(old_out);
  std::cerr.rdbuf(old_errors);
  return {outcome.status, out.str(), errors.str()};
}

/// A file of its own, removed at the end.
struct File {
  fs::path path = fs::temp_directory_path() / ("xueji-render-" + std::to_string(::getpid()));
  ~File() { fs::remove(path); }
  std::string text() const {
    std::ifstream stream{path, std::ios::binary};
    return {std::istreambuf_iterator<char>(stream), {}};
  }
};

}  // namespace

TEST_CASE("a definition is drawn in each form, in Chinese unless asked otherwise") {
  CHECK_THAT(render({deletion, "svg", "zh", ""}).out,
             Catch::Matchers::StartsWith("<svg") && Catch::Matchers::ContainsSubstring("填报"));
  CHECK_THAT(render({deletion, "mermaid", "en", ""}).out,
             Catch::Matchers::StartsWith("stateDiagram-v2") && Catch::Matchers::ContainsSubstring("Draft"));
  CHECK_THAT(render({deletion, "bpmn", "en", ""}).out,
             Catch::Matchers::StartsWith("<?xml") && Catch::Matchers::ContainsSubstring("name=\"Draft\""));
  CHECK(RenderArguments{}.form == "svg");
  CHECK(RenderArguments{}.language == "zh");
}

TEST_CASE("the picture goes to the file that is named") {
  const File file;
  const auto outcome = render({deletion, "svg", "en", file.path.string()});
  CHECK(outcome.status == exit_done);
  CHECK(outcome.out.empty());
  CHECK(file.text() == render({deletion, "svg", "en", ""}).out);
}

TEST_CASE("a definition with a fault is told of with its place, and ends with 1") {
  const File file;
  std::ofstream{file.path} << "format: 1\nkey: Broken Key\n";
  const auto outcome = render({file.path.string(), "svg", "zh", ""});
  CHECK(outcome.status == exit_fault);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.errors,
             Catch::Matchers::StartsWith(file.path.string() + ":") && Catch::Matchers::ContainsSubstring(": error: "));
}

TEST_CASE("a file that can't be read or written is wrong usage") {
  CHECK_THROWS_AS(render({"/nowhere/nothing.yaml", "svg", "zh", ""}), UsageError);
  CHECK_THROWS_AS(render({deletion, "svg", "zh", "/nowhere/picture.svg"}), UsageError);
}

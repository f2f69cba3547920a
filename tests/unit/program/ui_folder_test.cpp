#include "cli/ui_folder.hpp"
#include "tests/catch.hpp"

#include <unistd.h>

#include <fstream>

#include "cli/setup/console.hpp"

using namespace xueji;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, removed at the end.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("xueji-ui-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path / "ui" / "assets"); }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text) const { std::ofstream{path / name} << text; }
};

web::StaticFiles read(const fs::path& folder) {
  Configuration configuration;
  configuration.ui.directory = folder.string();
  return read_ui(configuration);
}

std::string content(const web::StaticFiles& ui, const std::string& path) {
  web::HttpRequest request;
  request.path = path;
  const auto response = ui.answer(request);
  return response ? std::string{response->content()} : "not there";
}

}  // namespace

TEST_CASE("the files of the folder are served as they were at the start, and links are not followed") {
  const Folder folder;
  folder.write("ui/index.html", "page");
  folder.write("ui/assets/a-1.js", std::string("\0\r\n", 3));
  folder.write("secret.txt", "secret");
  fs::create_symlink(folder.path / "secret.txt", folder.path / "ui" / "secret.txt");
  fs::create_directory_symlink(folder.path, folder.path / "ui" / "up");
  const auto ui = read(folder.path / "ui");
  folder.write("ui/index.html", "another page");
  CHECK(content(ui, "/") == "page");
  CHECK(content(ui, "/assets/a-1.js") == std::string("\0\r\n", 3));
  CHECK(content(ui, "/secret.txt") == "not there");
  CHECK(content(ui, "/up/secret.txt") == "not there");
}

TEST_CASE("a folder that is missing, or is no application, is none") {
  const Folder folder;
  CHECK(read(folder.path / "nothing").is_empty());
  CHECK(read(folder.path / "ui").is_empty());
}

TEST_CASE("a folder that is far too large is refused instead of read") {
  const Folder folder;
  folder.write("ui/index.html", "page");
  fs::resize_file(folder.path / "ui" / "index.html", std::uintmax_t{257} << 20);
  CHECK_THROWS_AS(read(folder.path / "ui"), UsageError);
}

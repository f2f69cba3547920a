#include <stdlib.h>

#include <filesystem>
#include <iostream>
#include <sstream>

#include "cli/backup_command.hpp"
#include "cli/copy_command.hpp"
#include "cli/setup/installation.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

/// A ministry and a province in a folder of its own, and what the commands say.
class SmallRegistry {
 public:
  SmallRegistry() {
    std::string name = (std::filesystem::temp_directory_path() / "xueji-copy-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    configuration.data = name;
    const auto database = open_database(configuration);
    auto loader = database->bulk_loader();
    const OfficeId ministry = loader->add(Office{{}, "000000", "教育部", Level::ministry, {}});
    loader->add(Office{{}, "110000", "北京市", Level::province, ministry});
    loader->commit();
    before_ = {std::cout.rdbuf(output.rdbuf()), std::cerr.rdbuf(faults.rdbuf())};
  }
  ~SmallRegistry() {
    std::cout.rdbuf(before_.first);
    std::cerr.rdbuf(before_.second);
    std::filesystem::remove_all(configuration.data);
  }
  std::string url(const std::string& file) const { return "sqlite://" + configuration.data + '/' + file; }

  Configuration configuration;
  std::ostringstream output, faults;

 private:
  std::pair<std::streambuf*, std::streambuf*> before_;
};

}  // namespace

TEST_CASE("a copy is told with the rows and hashes of both ends, and holds what was there") {
  SmallRegistry registry;
  REQUIRE(run_copy(registry.configuration, {registry.url("copy.db"), ""}) == 0);
  std::istringstream lines(registry.output.str());
  std::string from, to;
  std::getline(lines, from);
  std::getline(lines, to);
  CHECK(from.starts_with("office             from            2 rows  "));
  CHECK(to.starts_with("                   to              2 rows  "));
  CHECK(from.substr(from.size() - 64) == to.substr(to.size() - 64));
  CHECK(registry.output.str().ends_with("5 rows in 22 tables: equal\n"));
  CHECK(registry.faults.str().find("The server must be stopped") != std::string::npos);

  Configuration copied;
  copied.database = registry.url("copy.db");
  CHECK(open_database(copied)->accounts().offices().size() == 2);
}

TEST_CASE("a database that holds something is no target") {
  SmallRegistry registry;
  CHECK(run_copy(registry.configuration, {registry.url("xueji.db"), ""}) == 2);
  CHECK(registry.faults.str().ends_with(
      "xueji: the target is not empty: its table `office` holds rows; name a database with nothing in it\n"));
  CHECK(run_copy(registry.configuration, {"oracle://x", ""}) == 2);
}

TEST_CASE("the password of the target is told to nobody, also when nothing answers there") {
  SmallRegistry registry;
  CHECK(run_copy(registry.configuration, {"mysql://xueji:geheim@127.0.0.1:1/xueji", ""}) == 1);
  CHECK(registry.faults.str().find("mysql://xueji:***@127.0.0.1:1/xueji") != std::string::npos);
  CHECK(registry.faults.str().find("geheim") == std::string::npos);
}

TEST_CASE("backup and restore name the tools of a database that brings its own") {
  SmallRegistry registry;
  const std::string url = "mysql://xueji@db.example.edu.cn/xueji";
  CHECK(run_backup(url, "copy.db") == 2);
  CHECK(run_restore(url, "copy.db") == 2);
  const std::string sentence =
      "xueji: this works on SQLite's file only; for MariaDB use mariadb-backup or mariadb-dump (docs/operating.md)\n";
  CHECK(registry.faults.str() == sentence + sentence);
}

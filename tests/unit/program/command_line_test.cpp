#include <array>
#include <utility>

#include "cli/command_line.hpp"
#include "cli/logging.hpp"
#include "cli/serve_command.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "tests/catch.hpp"
#include "tests/unit/program/output.hpp"

using namespace xueji;

TEST_CASE("only loopback addresses are loopback") {
  for (const char* address : {"127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"}) CHECK(is_loopback(address));
  for (const char* address :
       {"0.0.0.0", "::", "192.168.1.1", "128.0.0.1", "fe80::1", "::ffff:10.0.0.1", "localhost", "127.1", ""})
    CHECK_FALSE(is_loopback(address));
}

TEST_CASE("a file for figures that can't be written is told before anything is measured") {
  std::array arguments{"xueji", "bench", "--json", "/nowhere/at/all.json"};
  const auto told = tests::output_of(
      [&] { return run_command_line(static_cast<int>(arguments.size()), const_cast<char**>(arguments.data())); });
  CHECK(told.status == exit_usage);
  CHECK(told.errors == "xueji: the file /nowhere/at/all.json can't be written\n");
}

TEST_CASE("a data folder that can't be made, or has no name, is told in a sentence") {
  for (const auto& [data, sentence] :
       {std::pair{"/proc/nowhere", "the data folder /proc/nowhere can't be made: No such file or directory"},
        std::pair{"", "the data folder has no name: give one by --data, XUEJI_DATA or `data` in the configuration"}}) {
    Configuration configuration;
    configuration.data = data;
    CHECK_THROWS_WITH(open_database(configuration), sentence);
  }
}

TEST_CASE("a line of the log stays one JSON string, whatever the message holds") {
  CHECK(json_escaped("a \"b\" \\ c\n\x01 𠮷") == "a \\\"b\\\" \\\\ c\\u000a\\u0001 𠮷");
}

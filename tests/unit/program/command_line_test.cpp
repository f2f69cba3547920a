#include "cli/logging.hpp"
#include "cli/serve_command.hpp"
#include "tests/catch.hpp"

using namespace xueji;

TEST_CASE("only loopback addresses are loopback") {
  for (const char* address : {"127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"}) CHECK(is_loopback(address));
  for (const char* address :
       {"0.0.0.0", "::", "192.168.1.1", "128.0.0.1", "fe80::1", "::ffff:10.0.0.1", "localhost", "127.1", ""})
    CHECK_FALSE(is_loopback(address));
}

TEST_CASE("a line of the log stays one JSON string, whatever the message holds") {
  CHECK(json_escaped("a \"b\" \\ c\n\x01 𠮷") == "a \\\"b\\\" \\\\ c\\u000a\\u0001 𠮷");
}

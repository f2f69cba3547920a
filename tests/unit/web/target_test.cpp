#include "tests/catch.hpp"
#include "web/http/target_decoder.hpp"

using namespace xueji::web;
using Query = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("a target is decoded exactly once") {
  const auto read = [](std::string_view target) { return std::get<Target>(decode_target(target)); };
  CHECK(read("/").path == "/");
  CHECK(read("/a/b/").path == "/a/b/");
  CHECK(read("/%E5%AD%A6%e7%b1%8d").path == "/学籍");
  CHECK(read("/a+b").path == "/a+b");
  CHECK(read("/a?b=%252e").query == Query{{"b", "%2e"}});
  CHECK(read("/..a/a..").path == "/..a/a..");
  CHECK(read("/a?").query.empty());
  CHECK(read("/a?b=c&d&e=&f=%2F%3D%26+x?").query == Query{{"b", "c"}, {"d", ""}, {"e", ""}, {"f", "/=& x?"}});
}

TEST_CASE("targets that could mean something else elsewhere are refused") {
  const std::string target =
      GENERATE(as<std::string>{}, "/..", "/a/../b", "/.", "/a/./b", "/%2e%2e/b", "/.%2E", "/../..%2f%00", "/a%2fb",
               "/a%2Fb", "/a%5cb", "/a\\b", "/a%00b", "/a%0ab", "/a%7f", "/%", "/%4", "/%zz", "/a%9", "/%ff", "/%c0%af",
               "/%ed%a0%80", "/%252e%252e", "/a%25", "/a?b=%", "/a?b=%ff", "/a?b=%00", "/a?b=1&b=2", "/a?b=1&%62=2",
               "/a?=1", "/a?b=1&&c=2", "a", "");
  INFO(target);
  CHECK(std::holds_alternative<HeadFault>(decode_target(target)));
}

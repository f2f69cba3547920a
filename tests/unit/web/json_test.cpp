#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "tests/catch.hpp"
#include "web/json/json_reader.hpp"
#include "web/json/json_writer.hpp"

using namespace xueji;
using namespace xueji::web;
namespace json = boost::json;

namespace {

std::string fault(std::string_view text) {
  const auto read = read_json(text);
  const auto* refused = std::get_if<Text>(&read);
  return refused ? refused->en : "accepted";
}

}  // namespace

TEST_CASE("what is written is JSON with the same values") {
  JsonWriter writer;
  writer.begin_object()
      .member("text", "a\"b\\c\n\t\x01 张𠮷")
      .member("number", 42)
      .member("truth", true)
      .key("list")
      .begin_array();
  writer.value("x")
      .null()
      .begin_object()
      .end_object()
      .end_array()
      .member("missing", std::optional<std::string>())
      .end_object();
  const auto value = json::parse(writer.take());
  CHECK(value.at("text").as_string() == "a\"b\\c\n\t\x01 张𠮷");
  CHECK(value.at("number").as_int64() == 42);
  CHECK(value.at("list").as_array().size() == 3);
  CHECK(value.at("missing").is_null());
}

TEST_CASE("ordinary JSON is read") {
  const auto read = read_json(R"({"a":[1,2.5,"x",null,true],"b":{"c":-1}})");
  REQUIRE(std::holds_alternative<json::value>(read));
  CHECK(json::serialize(std::get<json::value>(read)) == R"({"a":[1,2.5E0,"x",null,true],"b":{"c":-1}})");
}

TEST_CASE("the same key twice in one object is refused, however it is written") {
  CHECK(fault(R"({"a":1,"a":2})") == "An object of the JSON has the same key twice");
  CHECK(fault(R"({"x":[{"a":1,"b":2,"a":3}]})") == "An object of the JSON has the same key twice");
  CHECK(fault("{\"a\":1,\"\\u0061\":2}") == "An object of the JSON has the same key twice");
  CHECK(fault(R"({"a":{"a":1},"b":{"a":1}})") == "accepted");
}

TEST_CASE("what is not JSON in UTF-8 is refused") {
  for (const auto* text :
       {"", "{", "{\"a\":}", "{'a':1}", "{\"a\":1,}", "\"\xff\"", "\"\\ud800\"", "nul", "{\"a\":01}", "// x\n1"}) {
    INFO(text);
    CHECK(fault(text) == "The body is not valid JSON in UTF-8");
  }
  CHECK(fault("{} {}") == "Something follows the JSON text");
}

TEST_CASE("32 levels are read, 33 are not") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  CHECK(fault(nested(32)) == "accepted");
  CHECK(fault(nested(33)) == "The JSON is nested too deep; 32 levels at most");
}

TEST_CASE("control characters are found with their place") {
  const auto value = json::parse(R"({"a":["ok","x\u0000y"],"b/c":{"d":"\u001b"},"e":"tab\tand\nline"})");
  CHECK(unclean_texts(value) == std::vector<std::string>{"/a/1", "/b~1c/d"});
}

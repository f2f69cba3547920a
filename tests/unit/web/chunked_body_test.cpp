#include "web/http/chunked_body.hpp"
#include "tests/catch.hpp"

using namespace xueji::web;
using State = ChunkedBody::State;

namespace {
State read(std::string_view input, std::string& body, std::size_t limit = 100) {
  ChunkedBody chunks{limit};
  return chunks.feed(input, body);
}
}  // namespace

TEST_CASE("chunks are joined, and what follows the body is left alone") {
  ChunkedBody chunks{100};
  std::string_view input = "3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\nGET /next";
  std::string body;
  CHECK(chunks.feed(input, body) == State::done);
  CHECK(body == "abc0123456789");
  CHECK(input == "GET /next");
}

TEST_CASE("a chunked body may be cut anywhere") {
  const std::string whole = "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    ChunkedBody chunks{100};
    std::string body;
    std::string_view first = std::string_view{whole}.substr(0, cut), second = std::string_view{whole}.substr(cut);
    CHECK(chunks.feed(first, body) == State::more);
    CHECK(chunks.feed(second, body) == State::done);
    CHECK(body == "abcd");
  }
}

TEST_CASE("chunk extensions, trailers and loose syntax are refused") {
  const std::string input = GENERATE(
      as<std::string>{}, "3;a=b\r\nabc\r\n0\r\n\r\n", "3 \r\nabc\r\n0\r\n\r\n", " 3\r\nabc\r\n0\r\n\r\n",
      "0x3\r\nabc\r\n0\r\n\r\n", "+3\r\nabc\r\n0\r\n\r\n", "3\nabc\n0\n\n", "3\r\nabcd\r\n0\r\n\r\n",
      "3\r\nabc0\r\n\r\n", "\r\n", "g\r\n", "000000003\r\nabc\r\n0\r\n\r\n", "ffffffffffffffff\r\n",
      "3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n", "0\r\nContent-Length: 5\r\n\r\n", "0\r\n\n", "0;a\r\n\r\n", "3\r\r\nabc");
  INFO(input);
  std::string body;
  CHECK(read(input, body) == State::malformed);
}

TEST_CASE("the limit is kept by the size that a chunk announces") {
  std::string body;
  CHECK(read("64\r\n", body) == State::more);
  CHECK(read("65\r\n", body) == State::too_large);
  CHECK(read("63\r\n" + std::string(99, 'x') + "\r\n2\r\n", body) == State::too_large);
  CHECK(read("ffffffff\r\n", body) == State::too_large);
}

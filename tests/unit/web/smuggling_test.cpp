// Requests that hide another: the first is refused, the connection ends, and the hidden one is never answered.

#include "tests/catch.hpp"
#include "tests/unit/web/raw_client.hpp"
#include "tests/unit/web/running_server.hpp"

using namespace xueji::web;
using namespace std::string_literals;

namespace {

const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

std::string post(const std::string& fields, const std::string& body) {
  return "POST /seen HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("a request that hides another is refused and the other is never answered") {
  RunningServer running;
  const std::string chunked = "Transfer-Encoding: chunked";
  const std::string bytes = GENERATE_COPY(
      post("Transfer-Encoding: gzip", hidden), post("Transfer-Encoding: chunked, identity", "0\r\n\r\n" + hidden),
      post("Transfer-Encoding: xchunked\r\nContent-Length: 4", "0\r\n\r\n" + hidden),
      post("Transfer-Encoding: xchunked", hidden), post("Content-Length: 4\r\n" + chunked, "0\r\n\r\n" + hidden),
      post(chunked + "\r\nContent-Length: 6", "0\r\n\r\n" + hidden),
      post("Content-Length: 0\r\nContent-Length: 35", hidden), post("Content-Length: 35\r\nContent-Length: 35", hidden),
      post("Content-Length: 0, 35", hidden), post("Content-Length: +0", hidden), post("Content-Length: 0x0", hidden),
      post("Content-Length : 35", hidden), post("Transfer-Encoding : chunked", "0\r\n\r\n" + hidden),
      post("X: a\r\n Transfer-Encoding: chunked", "0\r\n\r\n" + hidden),
      post("X: a\nTransfer-Encoding: chunked", "0\r\n\r\n" + hidden),
      post("X: a\rTransfer-Encoding: chunked", "0\r\n\r\n" + hidden),
      post("Transfer-Encoding: \vchunked", "0\r\n\r\n" + hidden),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x", "0\r\n\r\n" + hidden),
      "POST /seen HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
      post(chunked, "0;a=b\r\n\r\n" + hidden), post(chunked, "5;\nxx\r\nabcde\r\n0\r\n\r\n" + hidden),
      post(chunked, "0\r\nX: y\r\n\r\n" + hidden), post(chunked, "0\r\nContent-Length: 35\r\n\r\n" + hidden),
      post(chunked, "3\nabc\n0\n\n" + hidden), post(chunked, "0x3\r\nabc\r\n0\r\n\r\n" + hidden),
      post(chunked, "3\r\nabcXX0\r\n\r\n" + hidden), post(chunked, "-1\r\n\r\n" + hidden),
      post(chunked, "100000000000000003\r\nabc\r\n0\r\n\r\n" + hidden),
      "GET /seen HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + hidden, "GET /seen HTTP/1.1\r\n\r\n" + hidden,
      "GET /seen HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s + hidden, "GET /seen HTTP/1.1\nHost: a\n\n" + hidden,
      "GET http://b/seen HTTP/1.1\r\nHost: a\r\n\r\n" + hidden, "GET seen HTTP/1.1\r\nHost: a\r\n\r\n" + hidden,
      "GET /seen#x HTTP/1.1\r\nHost: a\r\n\r\n" + hidden, "GET /学籍 HTTP/1.1\r\nHost: a\r\n\r\n" + hidden,
      "GET /../..%2f%00 HTTP/1.1\r\nHost: a\r\n\r\n" + hidden, "GET /seen?a=1&a=2 HTTP/1.1\r\nHost: a\r\n\r\n" + hidden,
      "GET /seen HTTP/1.1\r\nHost: a\r\nCookie: a\r\nCookie: b\r\n\r\n" + hidden, "GET /seen\r\n\r\n" + hidden,
      "\r\nGET /seen HTTP/1.1\r\nHost: a\r\n\r\n" + hidden, "GET /seen HTTP/9.9\r\nHost: a\r\n\r\n" + hidden,
      "TRACE /seen HTTP/1.1\r\nHost: a\r\n\r\n" + hidden,
      "GET /seen HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n" + hidden);
  INFO(bytes.substr(0, 300));
  RawClient client{running.port()};
  client.send(bytes);
  client.finish_sending();
  const auto all = client.receive_all();
  const bool refused = all.starts_with("HTTP/1.1 400 ") || all.starts_with("HTTP/1.1 405 ");
  CHECK(refused);
  CHECK(all.find("Connection: close\r\n") != std::string::npos);
  CHECK(all.find("HTTP/1.1 200") == std::string::npos);
  CHECK(running.handler.asked().empty());
}

#include "tests/catch.hpp"
#include "web/http/http_head_validator.hpp"

using namespace xueji::web;
using namespace std::string_literals;

namespace {

bool accepted(const std::string& head) {
  const auto end = find_head_end(head, 0);
  const auto* size = std::get_if<std::size_t>(&end);
  return size && *size == head.size() && std::holds_alternative<RequestHead>(validate_head(head));
}

std::string with(const std::string& fields) { return "POST /api HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n"; }
std::string line(const std::string& request_line) { return request_line + "\r\nHost: a\r\n\r\n"; }

}  // namespace

TEST_CASE("heads that can be read in only one way are accepted") {
  const std::string head = GENERATE(
      line("GET / HTTP/1.1"), line("GET /a/b?c=d&e=%20 HTTP/1.1"), line("HEAD / HTTP/1.0"), "GET / HTTP/1.0\r\n\r\n"s,
      line("PURGE / HTTP/1.1"), with("Content-Length: 0"), with("Content-Length: 123456"), with("content-length:5"),
      with("Content-Length: \t5 \t"), with("Transfer-Encoding: chunked"), with("transfer-encoding:chunked"),
      with("Expect: 100-continue"), with("Accept: a\r\nAccept: b"), with("X-Empty:"), with("X: a\tb"),
      with("Connection: keep-alive, Upgrade\r\nUpgrade: websocket"),
      "GET / HTTP/1.1\r\nHost: example.org:8080\r\n\r\n"s, "GET / HTTP/1.1\r\nhOST: [::1]:80\r\n\r\n"s,
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"s);
  INFO(head);
  CHECK(accepted(head));
}

TEST_CASE("heads that two programs could read differently are refused") {
  const std::string head = GENERATE(
      // the transfer coding
      with("Transfer-Encoding: gzip"), with("Transfer-Encoding: chunked, identity"),
      with("Transfer-Encoding: identity"), with("Transfer-Encoding: xchunked"),
      with("Transfer-Encoding: gzip, chunked"), with("Transfer-Encoding: Chunked"),
      with("Transfer-Encoding: \"chunked\""), with("Transfer-Encoding: chunked;q=1"), with("Transfer-Encoding:"),
      with("Transfer-Encoding: \vchunked"), with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
      with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"), with("Transfer-Encoding : chunked"),
      with("Transfer-Encoding\t: chunked"), with(" Transfer-Encoding: chunked"),
      with("X: a\r\n Transfer-Encoding: chunked"), with("Transfer-Encoding: chunked\r\nContent-Length: 5"),
      with("Content-Length: 5\r\nTransfer-Encoding: chunked"), with("Transfer-Encoding: xchunked\r\nContent-Length: 5"),
      "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"s,
      // the length
      with("Content-Length: 5\r\nContent-Length: 5"), with("Content-Length: 5\r\ncontent-length: 6"),
      with("Content-Length: 5, 5"), with("Content-Length: +5"), with("Content-Length: -5"), with("Content-Length: 0x5"),
      with("Content-Length: 5 5"), with("Content-Length: 5a"), with("Content-Length:"),
      with("Content-Length: 99999999999999999999"), with("Content-Length : 5"),
      // the host
      "GET / HTTP/1.1\r\n\r\n"s, "GET / HTTP/1.1\r\nHost:\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"s,
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"s,
      "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"s,
      "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n"s,
      "GET / HTTP/1.1\r\nHost: a:80:80\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"s,
      "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"s,
      // the request line
      line("GET a HTTP/1.1"), line("GET http://a/ HTTP/1.1"), line("OPTIONS * HTTP/1.1"), line("GET /a#b HTTP/1.1"),
      line("GET /a\\b HTTP/1.1"), line("GET /学籍 HTTP/1.1"), line("GET /a\x7f HTTP/1.1"), line("GET /a\tb HTTP/1.1"),
      line("GET  / HTTP/1.1"), line("GET / a HTTP/1.1"), line("GET /  HTTP/1.1"), line("GET / HTTP/1.1 "),
      line("GET / HTTP/1.2"), line("GET / HTTP/2.0"), line("GET / http/1.1"), line("GET / HTTP/01.1"), line("GET /"),
      line("GET"), line("G(T / HTTP/1.1"), line(" GET / HTTP/1.1"), line("CONNECT a:80 HTTP/1.1"),
      // the fields
      with("Bad Name: x"), with("Bad(Name: x"), with("名: x"), with(": x"), with("NoColon"),
      with("X: a\x01"
           "b"),
      with("X: a\r\n\tb"), with("X: a\r\n b"), with("X: a\nY: b"), with("X: a\rY: b"), with("X: a\0b"s),
      with("Authorization: a\r\nAuthorization: b"), with("Cookie: a=1\r\nCookie: b=2"),
      with("Content-Type: a/b\r\ncontent-type: a/b"), with("If-Match: \"1\"\r\nIf-Match: \"2\""),
      with("Idempotency-Key: a\r\nIdempotency-Key: a"), with("Origin: http://a\r\nOrigin: http://a"),
      with("Expect: 200-maybe"),
      // line ends
      "GET / HTTP/1.1\nHost: a\n\n"s, "GET / HTTP/1.1\r\nHost: a\n\r\n"s, "GET / HTTP/1.1\r\rHost: a\r\n\r\n"s,
      "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"s, "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"s,
      "\0GET / HTTP/1.1\r\nHost: a\r\n\r\n"s);
  INFO(head);
  CHECK_FALSE(accepted(head));
}

TEST_CASE("the number of fields is bounded") {
  std::string fields = "X-0: a";
  for (int i = 1; i < 99; ++i) fields += "\r\nX-" + std::to_string(i) + ": a";
  CHECK(accepted(with(fields)));
  CHECK_FALSE(accepted(with(fields + "\r\nX-99: a")));
}

TEST_CASE("the end of a head is found wherever the bytes are cut") {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string received = head + "GET /next";
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    INFO(cut);
    CHECK(std::holds_alternative<std::monostate>(find_head_end(received.substr(0, cut), cut == 0 ? 0 : cut - 1)));
    const auto found = find_head_end(received, cut);
    REQUIRE(std::holds_alternative<std::size_t>(found));
    CHECK(std::get<std::size_t>(found) == head.size());
  }
}

TEST_CASE("what keeps the connection and what frames the body is understood") {
  const auto read = [](const std::string& head) { return std::get<RequestHead>(validate_head(head)); };
  CHECK(read("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keep_alive);
  CHECK_FALSE(read("GET / HTTP/1.0\r\n\r\n").keep_alive);
  CHECK_FALSE(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n").keep_alive);
  CHECK(read("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
  const std::string length = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 42\r\nExpect: 100-Continue\r\n\r\n";
  CHECK(read(length).content_length == 42);
  CHECK(read(length).expects_continue);
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  CHECK(read(chunked).chunked);
  CHECK_FALSE(read(chunked).content_length);
}

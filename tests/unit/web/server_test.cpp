#include "tests/catch.hpp"
#include "tests/unit/web/bytes_in_memory.hpp"
#include "tests/unit/web/raw_client.hpp"
#include "tests/unit/web/running_server.hpp"

using namespace xueji::web;
using xueji::testing::BytesInMemory;

TEST_CASE("a connection is kept, and requests sent ahead are answered one by one in their order") {
  RunningServer running;
  RawClient client{running.port()};
  client.send(
      "GET /first?x=1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /second HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      "POST /third HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\nDELETE /last "
      "HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.response()->body == "GET /first ");
  CHECK(client.response()->body == "POST /second abc");
  CHECK(client.response()->body == "POST /third abc");
  CHECK(client.response()->body == "DELETE /last ");
}

TEST_CASE("a request that arrives byte by byte is the same request") {
  RunningServer running;
  RawClient client{running.port()};
  for (const char c :
       std::string{"POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"})
    client.send(std::string(1, c));
  CHECK(client.response()->body == "POST /slow abc");
}

TEST_CASE("every answer carries the security headers, a request id and its length") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n\r\n");
  const auto response = *client.response();
  for (const auto* line :
       {"X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n", "Cache-Control: no-store\r\n",
        "Content-Security-Policy: default-src 'none'; base-uri 'none'; frame-ancestors 'none'\r\n",
        "Content-Length: 6\r\n", "X-Request-Id: "}) {
    INFO(line);
    CHECK(response.has(line));
  }
  CHECK_FALSE(response.has("X-Request-Id: mine"));
}

TEST_CASE("HEAD is answered with the length and without the body") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.response(true)->has("Content-Length: 8\r\n"));
  CHECK(client.response()->body == "GET /next ");
}

TEST_CASE("a body that many responses share is sent whole") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("HEAD /shared HTTP/1.1\r\nHost: a\r\n\r\nGET /shared HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.response(true)->has("Content-Length: 100000\r\n"));
  CHECK((client.response()->body == std::string(100'000, 's')));
}

TEST_CASE("bytes that come piece by piece are sent whole") {
  RunningServer running;
  std::string bytes(3'000'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7 / 3);
  running.handler.bytes = std::make_shared<BytesInMemory>(bytes);
  RawClient client{running.port()};
  client.send("GET /bytes HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK((client.response()->body == bytes));
  CHECK(client.response()->body == "GET /next ");
}

TEST_CASE("bytes that end too early end the connection") {
  RunningServer running;
  const auto bytes = std::make_shared<BytesInMemory>(std::string(100'000, 'b'));
  std::string taken(1000, ' ');
  bytes->read(taken);
  running.handler.bytes = bytes;
  RawClient client{running.port()};
  client.send("GET /bytes HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK_FALSE(client.response());
}

TEST_CASE("HTTP/1.0 and Connection: close end the connection after the answer") {
  RunningServer running;
  for (const auto* request :
       {"GET /old HTTP/1.0\r\n\r\n", "GET /old HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"}) {
    RawClient client{running.port()};
    client.send(request);
    const auto all = client.receive_all();
    CHECK(all.find("Connection: close\r\n") != std::string::npos);
    CHECK(all.ends_with("GET /old "));
  }
}

TEST_CASE("a body over the route's limit is refused before any of it is read, and the connection ends") {
  RunningServer running;
  const std::string follow = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
  SECTION("11 MB, as declared") {
    RawClient client{running.port()};
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 11534336\r\n\r\n");
    CHECK(client.response()->status == 413);
    client.send(std::string(11534336, 'x') + follow);
    CHECK(client.receive_all().empty());
  }
  SECTION("sent before the answer is read") {
    RawClient client{running.port()};
    client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'x') + follow);
    const auto response = *client.response();
    CHECK(response.status == 413);
    CHECK(response.body.starts_with("too-large: "));
    client.finish_sending();
    CHECK(client.receive_all().empty());
  }
  SECTION("11 MB in chunks that tell no length") {
    RawClient client{running.port()};
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
    for (int i = 0; i < 11; ++i) client.send(chunk);
    CHECK(client.response()->status == 413);
  }
  SECTION("a body where none is accepted") {
    RawClient client{running.port()};
    client.send("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    CHECK(client.response()->status == 413);
  }
  CHECK(running.handler.asked().empty());
}

TEST_CASE("who sends a refused body to its end, slowly, still gets the answer") {
  ServerOptions options;
  options.linger = std::chrono::seconds{1};
  RunningServer running{options};
  RawClient client{running.port()};
  const std::string piece(512 * 1024, 'x');
  client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(24 * piece.size()) + "\r\n\r\n");
  for (int i = 0; i < 24; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{150});
    REQUIRE(client.send(piece));
  }
  CHECK(client.response()->status == 413);
  client.finish_sending();
  CHECK(client.receive_all().empty());
}

TEST_CASE("who sends nothing more after a refusal is not waited for") {
  ServerOptions options;
  options.linger = std::chrono::seconds{1};
  RunningServer running{options};
  RawClient client{running.port()};
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\nx");
  CHECK(client.response()->status == 413);
  CHECK(client.receive_all().empty());
  for (int i = 0; i < 100 && running.server->figures().connections > 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  CHECK(running.server->figures().connections == 0);
}

TEST_CASE("a body of exactly the limit is taken") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
  CHECK(client.response()->status == 200);
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + std::string(1000, 'x') +
              "\r\n0\r\n\r\n");
  CHECK(client.response()->status == 200);
}

TEST_CASE("a Content-Length that promises more than is sent answers nothing") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nabc");
  client.finish_sending();
  CHECK(client.receive_all().empty());
  CHECK(running.handler.asked().empty());
}

TEST_CASE("Expect: 100-continue is told to go on, or refused before the body is sent") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.response()->status == 100);
  client.send("abc");
  CHECK(client.response()->body == "POST /small abc");
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.response()->status == 413);
}

TEST_CASE("bodies together are bounded") {
  ServerOptions options;
  options.bodies_bytes_max = 100'000;
  RunningServer running{options};
  RawClient client{running.port()};
  client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" + std::string(300'000, 'x'));
  const auto response = *client.response();
  CHECK(response.status == 503);
  CHECK(response.has("Retry-After: "));
}

TEST_CASE("no body is read, nor memory kept for it, of those who may not send one") {
  RunningServer running;
  running.handler.asks_who = true;
  const std::string head = "POST /upload HTTP/1.1\r\nHost: a\r\n";
  for (const std::string body :
       {"Content-Length: 9000000\r\n\r\n", "Content-Length: 9000000\r\n\r\nthe beginning",
        "Transfer-Encoding: chunked\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "Content-Length: 9000000\r\nExpect: 100-continue\r\n\r\n"}) {
    RawClient client{running.port()};
    client.send(head + body);
    CHECK(client.response()->status == 401);
  }
  RawClient open{running.port()};
  open.send("POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
  open.send("hello");
  CHECK(open.response()->body == "POST /open hello");
  RawClient signed_in{running.port()};
  signed_in.send(head + "Authorization: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
  signed_in.send("lo\r\n0\r\n\r\n");
  CHECK(signed_in.response()->body == "POST /upload hello");
  CHECK(running.handler.asked() == std::vector<std::string>{"POST /open", "POST /upload"});
}

TEST_CASE("an account's bodies are bounded by themselves, and so are those of all who are not signed in") {
  const auto status = [](const ServerOptions& options, const std::string& authorization) {
    RunningServer running{options};
    RawClient client{running.port()};
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\n" + authorization + "Content-Length: 300000\r\n\r\n");
    client.send(std::string(300'000, 'x'));
    return client.response()->status;
  };
  ServerOptions accounts, strangers;
  accounts.account_bodies_bytes_max = strangers.anonymous_bodies_bytes_max = 200'000;
  CHECK(status(accounts, "Authorization: 5\r\n") == 503);
  CHECK(status(accounts, "") == 200);
  CHECK(status(strangers, "Authorization: 5\r\n") == 200);
  CHECK(status(strangers, "") == 503);
}

TEST_CASE("nobody who holds room for bodies keeps from sending a body no larger than a head") {
  ServerOptions options;
  options.anonymous_bodies_bytes_max = 0;
  RunningServer running{options};
  for (const auto& [size, status] : {std::pair{std::size_t{4096}, 200}, {std::size_t{4097}, 503}}) {
    RawClient client{running.port()};
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
    client.send(std::string(size, 'x'));
    CHECK(client.response()->status == status);
  }
}

TEST_CASE("who doesn't finish a head, or a body at the least rate, is cut off") {
  ServerOptions options;
  options.header_timeout = std::chrono::seconds{1};
  options.idle_timeout = std::chrono::seconds{1};
  options.body_rate_min = 1'000'000;
  RunningServer running{options};
  for (const auto* beginning :
       {"", "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nabc"}) {
    RawClient client{running.port()};
    client.send(beginning);
    CHECK(client.receive_all().empty());
  }
  RawClient idle{running.port()};
  idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(idle.response()->status == 200);
  CHECK(idle.receive_all().empty());
}

TEST_CASE("a head of more than the limit is refused") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
  CHECK(client.response()->status == 400);
  CHECK(client.receive_all().empty());
}

TEST_CASE("what the application throws or forgets is an internal error that tells nothing") {
  RunningServer running;
  for (const auto* path : {"/throws", "/dropped"}) {
    RawClient client{running.port()};
    client.send(std::string{"GET "} + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto response = *client.response();
    CHECK(response.status == 500);
    CHECK(response.body.find("secret") == std::string::npos);
  }
}

TEST_CASE("a header value with a line break is never sent") {
  RunningServer running;
  RawClient client{running.port()};
  client.send("GET /split HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.receive_all().find("Set-Cookie") == std::string::npos);
}

TEST_CASE("more connections than allowed are closed, and places become free again") {
  ServerOptions options;
  options.connections_max = 2;
  RunningServer running{options};
  auto first = std::make_unique<RawClient>(running.port());
  RawClient second{running.port()};
  first->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(first->response()->status == 200);
  CHECK(second.response()->status == 200);
  CHECK(RawClient{running.port()}.receive_all().empty());
  first.reset();
  bool answered = false;
  while (!answered) {
    RawClient third{running.port()};
    answered = third.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") && third.response();
  }
  CHECK(running.server->figures().refused >= 1);
}

TEST_CASE("stopping closes idle connections and lets the request under way finish") {
  RunningServer running;
  RawClient idle{running.port()};
  idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(idle.response()->status == 200);
  RawClient busy{running.port()};
  busy.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
  running.handler.wait_for_held();
  running.server->stop();
  CHECK(idle.receive_all().empty());
  running.handler.release();
  const auto response = *busy.response();
  CHECK(response.body == "GET /held ");
  CHECK(response.has("Connection: close\r\n"));
  running.stop();
  CHECK(running.server->figures().connections == 0);
}

TEST_CASE("a request that outlasts the drain time is given up, and its late answer harms nobody") {
  ServerOptions options;
  options.drain = std::chrono::seconds{0};
  RunningServer running{options};
  RawClient busy{running.port()};
  busy.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
  running.handler.wait_for_held();
  running.stop();
  CHECK(busy.receive_all().empty());
  running.handler.release();
}

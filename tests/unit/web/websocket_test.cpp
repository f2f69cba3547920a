#include <boost/json/parse.hpp>

#include <functional>

#include "tests/catch.hpp"
#include "tests/unit/web/raw_client.hpp"
#include "tests/unit/web/running_server.hpp"
#include "web/live/live_hello.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

std::string upgrade(const std::string& authorization, const std::string& more = "") {
  return "GET /api/v1/events HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: "
         "websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         authorization + more + "\r\n";
}

/// A WebSocket over a raw socket, masked as RFC 6455 wants it of clients.
class LiveClient : public RawClient {
 public:
  explicit LiveClient(std::uint16_t port, std::int64_t account = 5, int receive_buffer = 0)
      : RawClient(port, receive_buffer) {
    RawClient::send(upgrade("Authorization: " + std::to_string(account) + "\r\n"));
    status = response()->status;
  }
  /// Something happens while the server has half of its head.
  LiveClient(std::uint16_t port, const std::function<void()>& meanwhile) : RawClient(port) {
    const std::string head = upgrade("Authorization: 5\r\n");
    RawClient::send(head.substr(0, 60));
    std::this_thread::sleep_for(100ms);
    meanwhile();
    std::this_thread::sleep_for(100ms);
    RawClient::send(head.substr(60));
    status = response()->status;
  }
  void message(const std::string& text, char opcode = 1) {
    std::string frame{static_cast<char>(0x80 | opcode)};
    if (text.size() < 126)
      frame += static_cast<char>(0x80 | text.size());
    else
      frame +=
          {static_cast<char>(0x80 | 126), static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xff)};
    RawClient::send(frame + "\0\0\0\0"s + text);
  }
  struct Frame {
    int opcode = 0;
    std::string text;
    int code() const { return static_cast<unsigned char>(text[0]) * 256 + static_cast<unsigned char>(text[1]); }
  };
  /// Nothing at the end of the stream.
  std::optional<Frame> frame() {
    const auto start = receive(2);
    if (!start) return std::nullopt;
    std::size_t size = static_cast<unsigned char>((*start)[1]);
    if (size == 126) {
      const auto more = *receive(2);
      size = static_cast<unsigned char>(more[0]) * 256u + static_cast<unsigned char>(more[1]);
    }
    return Frame{(*start)[0] & 0xf, size == 0 ? ""s : *receive(size)};
  }
  std::string id() { return std::string{boost::json::parse(frame()->text).at("id").as_string()}; }
  /// The code with which the server closes, after whatever it still sends.
  int closed() {
    while (true) {
      const auto next = frame();
      if (!next) return 0;
      if (next->opcode == 8) return next->code();
    }
  }
  int status = 0;
};

OutboxRow changed(std::int64_t id) {
  OutboxRow row;
  row.id = HistoryId{id};
  row.request = RequestId{id};
  row.state = "draft";
  row.concerned = {OfficeId{7}};
  return row;
}

void wait_for_followers(RunningServer& running, std::uint64_t count) {
  while (running.hub.figures().followers != count) std::this_thread::yield();
}

}  // namespace

TEST_CASE("the first message of a WebSocket says where to go on and nothing else") {
  CHECK(parse_live_hello(R"({"after": null})"));
  CHECK(parse_live_hello(R"({"after": "12"})")->after == "12");
  for (const auto* text : {"", "null", "[]", "{}", R"({"after": 12})", R"({"after": null, "more": 1})",
                           R"({"After": null})", R"({"after": null} x)", R"({"after": null, "after": null})",
                           R"({"after": null, "\u0061fter": "5"})", R"({"\u0061fter": null})"})
    CHECK_FALSE(parse_live_hello(text));
  CHECK(parse_live_hello(R"({"after": "12", "heartbeat": 5})")->heartbeat == std::chrono::seconds{5});
  CHECK(parse_live_hello(R"({"heartbeat": 300, "after": null})")->heartbeat == std::chrono::seconds{300});
  CHECK(parse_live_hello(R"({"after": null})")->heartbeat == std::chrono::seconds{0});
  for (const auto* heartbeat : {"4", "301", "-5", "5.0", "\"5\"", "null", "true", "[]", "99999999999999999999"})
    CHECK_FALSE(parse_live_hello(R"({"after": null, "heartbeat": )" + std::string(heartbeat) + "}"));
  CHECK_FALSE(parse_live_hello(R"({"heartbeat": 5})"));
  CHECK_FALSE(parse_live_hello(R"({"after": null, "heartbeat": 5, "heartbeat": 6})"));
}

TEST_CASE("a follower that asks for it hears that the line is alive") {
  RunningServer running;
  LiveClient client{running.port()}, other{running.port()};
  client.message(R"({"after":null,"heartbeat":5})");
  other.message(R"({"after":null})");
  wait_for_followers(running, 2);
  const auto heard = client.frame();
  REQUIRE(heard);
  CHECK(heard->text == R"({"specversion":"1.0","id":"heartbeat","source":"/xueji","type":"heartbeat"})");
  running.hub.committed(std::vector{changed(1)});
  CHECK(other.id() == "16");
  CHECK(client.id() == "16");
}

TEST_CASE("whatever a client sends before it goes, its WebSocket ends") {
  ServerOptions options;
  options.websockets_per_account_max = 20;
  RunningServer running{options};
  constexpr int times = 300;
  const auto text = [](char opcode, const std::string& bytes) {
    return std::string{static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | bytes.size())} + "\0\0\0\0"s + bytes;
  };
  const std::string hello = text(1, R"({"after":null})"), more = text(1, std::string(20, 'x')), unknown = text(3, "");
  const std::vector<std::string> endings{
      hello + more + more + unknown,             // the reader fails while the writer closes
      hello + more + text(8, "\x03\xe8"s),       // the client closes while the server does
      hello + more + text(9, "ping") + unknown,  // a pong is due as well
      more + unknown,                            // no hello at all
      hello + unknown + more,
      hello + more + "\x81"s,    // half a frame
      hello + text(8, "\x03"s),  // a close that breaks the protocol
  };
  for (int time = 0; time < times; ++time) {
    LiveClient client{running.port()};
    REQUIRE(client.status == 101);
    static_cast<RawClient&>(client).send(endings[time % endings.size()]);
    if (time % 3 == 0) client.closed();
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (running.server->figures().connections > 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  CHECK(running.server->figures().connections == 0);
  CHECK(running.hub.figures().followers == 0);
}

TEST_CASE("a follower hears what concerns it and resumes where it stopped") {
  RunningServer running;
  std::string last;
  {
    LiveClient client{running.port()};
    REQUIRE(client.status == 101);
    client.message(R"({"after":null})");
    wait_for_followers(running, 1);
    running.hub.committed(std::vector{changed(1), changed(2)});
    CHECK(client.id() == "16");
    last = client.id();
    CHECK(last == "32");
  }
  wait_for_followers(running, 0);
  // Somebody else hears each event before the next, so that the hub has them all when the first one comes back.
  LiveClient witness{running.port()};
  witness.message(R"({"after":null})");
  wait_for_followers(running, 1);
  for (int i = 3; i <= 1000; ++i) {
    running.hub.committed(std::vector{changed(i)});
    REQUIRE(witness.id() == std::to_string(i * 16));
  }
  LiveClient client{running.port()};
  client.message(R"({"after":")" + last + R"("})");
  for (int i = 3; i <= 1000; ++i) REQUIRE(client.id() == std::to_string(i * 16));
}

TEST_CASE("only who may is let in, and the refusal is an ordinary answer") {
  RunningServer running;
  RawClient stranger{running.port()};
  stranger.send(upgrade(""));
  CHECK(stranger.response()->status == 401);
  stranger.send("GET /api/v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(stranger.response()->status == 401);
  stranger.send("GET /api/v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: 5\r\n\r\n");
  CHECK(stranger.response()->status == 400);
  RawClient bad_key{running.port()};
  bad_key.send(
      "GET /api/v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: 5\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n");
  CHECK(bad_key.response()->status == 400);
}

TEST_CASE("an account's WebSockets are bounded") {
  ServerOptions options;
  options.websockets_per_account_max = 1;
  RunningServer running{options};
  {
    LiveClient first{running.port()};
    CHECK(first.status == 101);
    CHECK(LiveClient{running.port()}.status == 429);
    CHECK(LiveClient{running.port(), 6}.status == 101);
  }
  while (LiveClient{running.port()}.status != 101) std::this_thread::yield();
}

TEST_CASE("a message that is not understood, or a second one, ends it with 1008") {
  RunningServer running;
  for (const auto* text : {"hello", "{}", R"({"after":"x"})", R"({"after":null,"x":1})"}) {
    LiveClient client{running.port()};
    client.message(text);
    CHECK(client.closed() == 1008);
  }
  LiveClient binary{running.port()};
  binary.message(R"({"after":null})", 2);
  CHECK(binary.closed() == 1008);
  LiveClient talkative{running.port()};
  talkative.message(R"({"after":null})");
  talkative.message("ping");
  CHECK(talkative.closed() == 1008);
  LiveClient large{running.port()};
  large.message(std::string(5000, ' '));
  CHECK(large.closed() == 1009);
}

TEST_CASE("who says nothing after the upgrade is cut off") {
  ServerOptions options;
  options.header_timeout = std::chrono::seconds{1};
  RunningServer running{options};
  LiveClient silent{running.port()};
  CHECK(silent.status == 101);
  CHECK_FALSE(silent.frame());
}

TEST_CASE("a ping is answered, and a close is returned") {
  RunningServer running;
  LiveClient client{running.port()};
  client.message("abc", 9);
  const auto pong = *client.frame();
  CHECK(pong.opcode == 10);
  CHECK(pong.text == "abc");
  client.message("\x03\xe8", 8);
  CHECK(client.closed() == 1000);
  CHECK_FALSE(client.frame());
}

TEST_CASE("an ended session is closed with 1008 and others go on") {
  RunningServer running;
  LiveClient ended{running.port(), 5}, other{running.port(), 6};
  ended.message(R"({"after":null})");
  other.message(R"({"after":null})");
  wait_for_followers(running, 2);
  running.hub.end_session("session-5");
  CHECK(ended.closed() == 1008);
  running.hub.committed(std::vector{changed(1)});
  CHECK(other.id() == "16");
}

TEST_CASE("stopping closes WebSockets with 1001") {
  RunningServer running;
  LiveClient following{running.port()}, waiting{running.port()};
  following.message(R"({"after":null})");
  wait_for_followers(running, 1);
  running.server->stop();
  CHECK(following.closed() == 1001);
  CHECK(waiting.closed() == 1001);
}

TEST_CASE("a WebSocket that is being opened while the server stops is closed with 1001, and at once") {
  RunningServer running;
  LiveClient client{running.port(), [&] { running.server->stop(); }};
  CHECK(client.status == 101);
  const auto begun = std::chrono::steady_clock::now();
  CHECK(client.closed() == 1001);
  CHECK(std::chrono::steady_clock::now() - begun < 3s);
}

TEST_CASE("a slow reader is cut off with 1013, others are not held up, and it resumes without loss") {
  ServerOptions options;
  options.websocket_queue_max = 50;
  RunningServer running{options};
  LiveClient slow{running.port(), 5, 4096}, quick{running.port(), 6};
  slow.message(R"({"after":null})");
  quick.message(R"({"after":null})");
  wait_for_followers(running, 2);
  std::int64_t sent = 0;
  while (running.hub.figures().too_slow == 0) {
    running.hub.committed(std::vector{changed(++sent)});
    REQUIRE(quick.id() == std::to_string(sent * 16));
  }
  std::int64_t heard = 0;
  int code = 0;
  while (code == 0) {
    const auto frame = *slow.frame();
    if (frame.opcode == 8)
      code = frame.code();
    else
      REQUIRE(boost::json::parse(frame.text).at("id").as_string() == std::to_string(++heard * 16));
  }
  CHECK(code == 1013);
  CHECK(heard < sent);
  while (heard < sent) {
    const std::int64_t before = heard;
    LiveClient resumed{running.port(), 5};
    // Where a busy machine gave it nothing at all, it goes on from the last event before the first one.
    resumed.message(R"({"after":")" + std::to_string(std::max<std::int64_t>(heard * 16, 15)) + R"("})");
    while (heard < sent) {
      const auto frame = *resumed.frame();
      if (frame.opcode == 8) {  // a busy machine may make it too slow again
        REQUIRE(frame.code() == 1013);
        REQUIRE(heard > before);
        break;
      }
      REQUIRE(boost::json::parse(frame.text).at("id").as_string() == std::to_string(++heard * 16));
    }
  }
}

#include "web/sessions/authentication.hpp"
#include "tests/catch.hpp"

#include <future>
#include <utility>

#include "adapters/identity/token.hpp"
#include "engine/authority/token.hpp"
#include "tests/unit/web/application_world.hpp"
#include "web/server/gatekeeper.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace xueji::testing;
using namespace std::chrono_literals;

namespace {

Headers headers(std::vector<std::pair<std::string, std::string>> fields) {
  Headers made;
  for (auto& [name, value] : fields) made.add(name, value);
  return made;
}

std::string credentials(const std::string& username, const std::string& password, const std::string& more = {}) {
  return R"({"username":")" + username + R"(","password":")" + password + '"' + more + '}';
}

ApplicationOptions patient() {
  ApplicationOptions options;
  options.sign_in_per_minute = 1000;
  return options;
}

}  // namespace

TEST_CASE("credentials are read from Authorization, else from the cookie") {
  const auto token = new_token();
  const auto hash = token_hash(token);
  CHECK(credentials_of(headers({{"Cookie", "a=b; xueji_session=" + token}}), "xueji_session").session == hash);
  CHECK(credentials_of(headers({{"Authorization", "bearer " + token}}), "xueji_session").session == hash);
  CHECK(credentials_of(headers({{"Authorization", "Basic x"}, {"Cookie", "xueji_session=" + token}}), "xueji_session")
            .session.empty());
  CHECK(credentials_of(headers({{"Cookie", "xueji_session=" + token + "; xueji_session=" + new_token()}}),
                       "xueji_session")
            .session.empty());
  CHECK(credentials_of(headers({{"Cookie", "xueji_session=" + token}}), "__Host-xueji_session").by ==
        Credentials::By::nothing);
}

TEST_CASE("the origin is the server's own only when it is the same to the letter") {
  const std::string own = "https://xueji.example";
  CHECK(origin_of(headers({{"Origin", "https://xueji.example"}}), own) == Origin::own);
  for (const auto* foreign :
       {"null", "http://xueji.example", "https://xueji.example.evil", "https://xueji.example:8443", "https://evil", ""})
    CHECK(origin_of(headers({{"Origin", foreign}}), own) == Origin::foreign);
  CHECK(origin_of(headers({{"Sec-Fetch-Site", "cross-site"}}), own) == Origin::foreign);
  CHECK(origin_of(headers({{"Sec-Fetch-Site", "same-origin"}}), own) == Origin::own);
  CHECK(origin_of(headers({}), own) == Origin::unknown);
}

TEST_CASE("the cookie is out of reach of scripts and of other sites") {
  CHECK(session_cookie("t", 60, false) == "xueji_session=t; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
  CHECK(session_cookie("t", 60, true) ==
        "__Host-xueji_session=t; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure");
}

TEST_CASE("signing in sets a cookie that signs the next request in; signing out ends it") {
  ApplicationWorld world;
  const auto answered = world.post("/api/v1/session", credentials("registrar", "secret-word"));
  REQUIRE(answered.status() == 201);
  CHECK(answered.json().at("username").as_string() == "registrar");
  CHECK(answered.json().at("posts").at(0).at("office").at("level").as_string() == "school");
  CHECK_FALSE(answered.json().as_object().contains("token"));
  const auto cookie = answered.header("Set-Cookie").substr(0, answered.header("Set-Cookie").find(';'));

  const auto with_cookie = [&](Method method, const std::string& target) {
    auto request = world.request(method, target);
    request.headers.add("Cookie", cookie);
    return world.send(std::move(request));
  };
  CHECK(with_cookie(Method::get, "/api/v1/me").status() == 200);
  const auto ended = with_cookie(Method::del, "/api/v1/session");
  CHECK(ended.status() == 204);
  CHECK(ended.header("Set-Cookie") == "xueji_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  CHECK(ended.header("Clear-Site-Data") == "\"cache\", \"storage\"");
  CHECK(with_cookie(Method::get, "/api/v1/me").slug() == "unauthenticated");
}

TEST_CASE("a token is told once and never stored") {
  ApplicationWorld world;
  const auto answered = world.post("/api/v1/session", credentials("head", "secret-word", R"(,"mode":"token")"));
  REQUIRE(answered.status() == 201);
  CHECK(answered.header("Set-Cookie").empty());
  const std::string token(answered.json().at("token").as_string().c_str());
  auto request = world.request(Method::get, "/api/v1/me");
  request.headers.add("Authorization", "Bearer " + token);
  CHECK(world.send(std::move(request)).json().at("username").as_string() == "head");
  const auto names = world.accounts.session_names();
  CHECK(std::find(names.begin(), names.end(), token) == names.end());
  CHECK(std::find(names.begin(), names.end(), token_hash(token)) != names.end());
}

TEST_CASE("a wrong password and an unknown name get the same answer") {
  ApplicationWorld world(patient());
  const auto wrong = world.post("/api/v1/session", credentials("registrar", "wrong"));
  const auto unknown = world.post("/api/v1/session", credentials("nobody", "wrong"));
  CHECK(wrong.status() == 401);
  CHECK(wrong.response.body == unknown.response.body);
  CHECK(wrong.response.headers == unknown.response.headers);
}

TEST_CASE("after ten failures even the right password waits a quarter of an hour, for known and unknown names alike") {
  ApplicationWorld world(patient());
  for (const auto* name : {"registrar", "nobody"}) {
    INFO(name);
    for (int i = 0; i < 10; ++i) REQUIRE(world.post("/api/v1/session", credentials(name, "wrong")).status() == 401);
    const auto locked = world.post("/api/v1/session", credentials(name, "secret-word"));
    CHECK(locked.status() == 429);
    CHECK(locked.slug() == "rate-limited");
    CHECK(locked.header("Retry-After") == "900");
  }
  world.pass(15min);
  CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).status() == 201);
  CHECK(world.post("/api/v1/session", credentials("nobody", "wrong")).status() == 401);
}

TEST_CASE(
    "wrong passwords from elsewhere keep nobody out, up to a hundred; a browser that is known is let in after that") {
  ApplicationWorld world(patient());
  const auto knock = [&](const std::string& address, const std::string& password, const std::string& cookie = {}) {
    auto request = world.request(Method::post, "/api/v1/session", {}, credentials("registrar", password));
    request.remote_address = address;
    if (!cookie.empty()) request.headers.add("Cookie", cookie);
    return world.send(std::move(request));
  };
  const auto known = knock("192.0.2.1", "secret-word");
  std::string device;
  for (const auto& [name, value] : known.response.headers)
    if (value.starts_with("xueji_device=")) device = value.substr(0, value.find(';'));
  REQUIRE(device.size() > 40);
  for (int place = 0; place < 9; ++place)
    for (int i = 0; i < 11; ++i)
      CHECK(knock("198.51.100." + std::to_string(place), "wrong").status() == (i < 10 ? 401 : 429));
  CHECK(knock("192.0.2.2", "secret-word").status() == 201);
  for (int i = 0; i < 100; ++i) knock("203.0.113." + std::to_string(i / 9), "wrong");
  CHECK(knock("192.0.2.2", "secret-word").header("Retry-After") == "900");
  CHECK(knock("192.0.2.2", "secret-word", "xueji_device=" + std::string(43, 'A')).status() == 429);
  CHECK(knock("192.0.2.2", "secret-word", device).status() == 201);
}

TEST_CASE("guessing is slowed down by account, without shutting out others at the same address") {
  ApplicationOptions options;
  options.sign_in_per_minute = 3;
  ApplicationWorld world(options);
  for (int i = 0; i < 3; ++i) REQUIRE(world.post("/api/v1/session", credentials("registrar", "wrong")).status() == 401);
  const auto limited = world.post("/api/v1/session", credentials("registrar", "secret-word"));
  CHECK(limited.status() == 429);
  CHECK(limited.header("Retry-After") == "20");
  CHECK(world.post("/api/v1/session", credentials("head", "secret-word")).status() == 201);
}

TEST_CASE("right passwords do not use up the attempts") {
  ApplicationOptions options;
  options.sign_in_per_minute = 2;
  ApplicationWorld world(options);
  for (int i = 0; i < 5; ++i)
    CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).status() == 201);
}

TEST_CASE("sessions are remembered for a moment, and forgotten as soon as rights change") {
  ApplicationWorld world;
  CHECK(world.get("/api/v1/me", "registrar").status() == 200);
  CHECK(world.get("/api/v1/me", "registrar").status() == 200);
  CHECK(world.accounts.sessions_asked == 1);
  world.steady.advance(31s);
  CHECK(world.get("/api/v1/me", "registrar").status() == 200);
  CHECK(world.accounts.sessions_asked == 2);

  auto request = world.request(Method::patch, "/api/v1/accounts/registrar", "admin", R"({"disabled":true})");
  CHECK(world.send(std::move(request)).status() == 200);
  CHECK(world.get("/api/v1/me", "registrar").status() == 401);
  CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).status() == 401);
}

TEST_CASE("sessions end with their time") {
  ApplicationWorld world;
  CHECK(world.get("/api/v1/me", "registrar").status() == 200);
  world.clock.advance(12h);
  CHECK(world.get("/api/v1/me", "registrar").status() == 401);
}

TEST_CASE("what was looked up before a change is not kept after it") {
  const DrivenClock clock;
  const DrivenSteadyClock steady;
  SessionCache cache(clock, steady);
  const auto generation = cache.generation();
  cache.forget_account(AccountId{1});
  cache.keep("s", std::make_shared<Caller>(), clock.now() + 1h, generation, true);
  CHECK_FALSE(cache.find("s", true));
}

TEST_CASE("a clock that is set neither fills nor empties the limits, nor ends a lock") {
  const auto jump = GENERATE(std::chrono::hours(24 * 365), std::chrono::hours(-24 * 365));
  ApplicationOptions options;
  options.sign_in_per_minute = 100;
  options.rate_per_second = 1;
  options.rate_burst = 2;
  ApplicationWorld world(options);
  for (int i = 0; i < 10; ++i)
    REQUIRE(world.post("/api/v1/session", credentials("registrar", "wrong")).status() == 401);
  REQUIRE(world.get("/api/v1/me", "head").status() == 200);

  world.clock.advance(jump);
  CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).header("Retry-After") == "900");
  const auto again = world.post("/api/v1/session", credentials("head", "secret-word", R"(,"mode":"token")"));
  REQUIRE(again.status() == 201);
  world.tokens["head"] = again.json().at("token").as_string().c_str();
  CHECK(world.get("/api/v1/me", "head").status() == 200);
  CHECK(world.get("/api/v1/me", "head").status() == 429);
  world.pass(1s);
  CHECK(world.get("/api/v1/me", "head").status() == 200);
  world.pass(15min);
  CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).status() == 201);
}

TEST_CASE("a lock from before a restart lasts no longer than a lock, though the clock was set back meanwhile") {
  ApplicationWorld world(patient());
  world.accounts.record_failure(AccountId{10}, 10, world.clock.now() + std::chrono::hours(24 * 365));
  CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).header("Retry-After") == "900");
  world.steady.advance(15min);
  CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).status() == 201);
}

TEST_CASE("a disabled account ends within half a minute, though the clock was set back") {
  ApplicationWorld world;
  REQUIRE(world.get("/api/v1/me", "registrar").status() == 200);
  world.accounts.set_disabled(AccountId{10}, true, {});  // by another process: nobody tells this one
  world.clock.advance(-1min);
  CHECK(world.get("/api/v1/me", "registrar").status() == 200);
  world.steady.advance(30s);
  CHECK(world.get("/api/v1/me", "registrar").status() == 401);
}

TEST_CASE("a session of what has become the future is over") {
  ApplicationWorld world;
  world.clock.advance(-5min);
  CHECK(world.get("/api/v1/me", "registrar").status() == 200);
  world.clock.advance(-1s);
  world.steady.advance(30s);
  CHECK(world.get("/api/v1/me", "registrar").status() == 401);
  CHECK(world.post("/api/v1/session", credentials("registrar", "secret-word")).status() == 201);
  world.clock.advance(5min + 1s);
  CHECK(world.get("/api/v1/me", "registrar").status() == 401);
}

TEST_CASE("a session that was refused for its account does not come back with it") {
  ApplicationWorld world;
  world.accounts.set_disabled(AccountId{10}, true, {});
  REQUIRE(world.get("/api/v1/me", "registrar").status() == 401);
  world.accounts.set_disabled(AccountId{10}, false, {});
  CHECK(world.get("/api/v1/me", "registrar").status() == 401);
}

TEST_CASE("a signed-in browser is not used by pages of other sites") {
  ApplicationWorld world;
  const auto send = [&](Method method, const std::string& target, const std::string& origin, bool by_cookie) {
    auto request = world.request(method, target, by_cookie ? std::string() : "head",
                                 method == Method::get ? "" : R"({"through":"1"})");
    if (by_cookie) request.headers.add("Cookie", "xueji_session=" + world.token("head"));
    if (!origin.empty()) request.headers.add("Origin", origin);
    return world.send(std::move(request));
  };
  CHECK(send(Method::post, "/api/v1/notifications/read", "https://evil.example", true).slug() == "foreign-origin");
  CHECK(send(Method::post, "/api/v1/notifications/read", "null", true).slug() == "foreign-origin");
  CHECK(send(Method::post, "/api/v1/notifications/read", "http://localhost:8080", true).status() == 204);
  CHECK(send(Method::post, "/api/v1/notifications/read", "", true).status() == 204);
  CHECK(send(Method::post, "/api/v1/notifications/read", "https://evil.example", false).status() == 204);
  CHECK(send(Method::get, "/api/v1/me", "https://evil.example", true).status() == 200);
}

TEST_CASE("a WebSocket by cookie must come from the server's own page") {
  ApplicationWorld world;
  const auto gate = world.application->live_gate();
  const auto knock = [&](std::vector<std::pair<std::string, std::string>> fields) {
    auto request = world.request(Method::get, "/api/v1/events");
    for (auto& [name, value] : fields) request.headers.add(name, value);
    std::promise<int> answered;
    gate(std::move(request), [&](std::optional<LiveSession> session, HttpResponse refusal) {
      answered.set_value(session ? 101 : refusal.status);
    });
    return answered.get_future().get();
  };
  const std::string cookie = "xueji_session=" + world.token("head");
  const std::string bearer = "Bearer " + world.token("head");
  CHECK(knock({{"Cookie", cookie}, {"Origin", "http://localhost:8080"}}) == 101);
  CHECK(knock({{"Cookie", cookie}}) == 403);
  CHECK(knock({{"Cookie", cookie}, {"Origin", "http://localhost:8081"}}) == 403);
  CHECK(knock({{"Authorization", bearer}}) == 101);
  CHECK(knock({{"Authorization", bearer}, {"Origin", "https://evil.example"}}) == 403);
  CHECK(knock({{"Authorization", "Bearer x"}}) == 401);
  CHECK(knock({}) == 401);
}

TEST_CASE("whoever follows is closed once the next request of that session would be refused") {
  struct Following : Follower {
    void deliver(std::shared_ptr<const std::string>) override {}
    void pause() override {}
    void close(int code, std::string_view) override {
      if (!std::exchange(is_closed, true)) closed.set_value(code);
    }
    bool is_closed = false;
    std::promise<int> closed;
  };
  ApplicationOptions options;
  options.live_watch = 1ms;
  ApplicationWorld world(options);
  const auto follow = [&](const std::string& username, AccountId account) {
    const auto following = std::make_shared<Following>();
    Caller caller;
    caller.account = account;
    caller.posts = world.accounts.posts(account);
    world.hub.join(following, caller, token_hash(world.token(username)), std::nullopt);
    return following;
  };
  const auto disabled = follow("registrar", AccountId{10}), moved = follow("head", AccountId{11});
  const auto other = follow("reviewer", AccountId{12});
  world.accounts.set_disabled(AccountId{10}, true, {});
  world.accounts.remove_post(PostId{11}, {});
  world.steady.advance(30s);
  CHECK(disabled->closed.get_future().get() == 1008);
  CHECK(moved->closed.get_future().get() == 1008);
  auto closed = other->closed.get_future();
  CHECK(closed.wait_for(50ms) == std::future_status::timeout);
  for (const auto& each : {disabled, moved}) world.hub.leave(each.get());
  world.pass(12h);
  CHECK(closed.get() == 1008);
  world.hub.leave(other.get());
}

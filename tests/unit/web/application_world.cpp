#include "tests/unit/web/application_world.hpp"
#include "tests/catch.hpp"

#include <boost/json/parse.hpp>
#include <future>

#include "engine/authority/token.hpp"

namespace xueji::testing {
namespace {

/// Splits a target as the listener does, for targets without escapes.
void take_target(web::HttpRequest& request, const std::string& target) {
  request.target = target;
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  if (question == std::string::npos) return;
  std::string rest = target.substr(question + 1);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('&'), rest.size());
    const auto pair = rest.substr(0, end);
    rest.erase(0, end + 1);
    const auto equals = std::min(pair.find('='), pair.size());
    request.query.emplace_back(pair.substr(0, equals), equals < pair.size() ? pair.substr(equals + 1) : std::string());
  }
}

struct Named {
  const char* username;
  std::int64_t id;
  Role role;
  OfficeId office;
};
const Named people[] = {{"registrar", 10, Role::registrar, school},     {"head", 11, Role::head, school},
                        {"reviewer", 12, Role::reviewer, county},       {"approver", 13, Role::approver, county},
                        {"stranger", 19, Role::reviewer, other_county}, {"admin", 20, Role::admin, ministry}};

}  // namespace

boost::json::value Answered::json() const {
  return boost::json::parse(response.shared_body ? *response.shared_body : response.body);
}

std::string Answered::slug() const {
  const auto body = json();
  const auto* type = body.is_object() ? body.as_object().if_contains("type") : nullptr;
  if (!type) return {};
  const std::string text(type->as_string().c_str());
  return text.substr(text.rfind('/') + 1);
}

std::string Answered::header(std::string_view name) const {
  for (const auto& [key, value] : response.headers)
    if (web::equal_without_case(key, name)) return value;
  return {};
}

ApplicationWorld::ApplicationWorld(web::ApplicationOptions options)
    : store(registry(20)), runtime(store, clock, rooms, hub, RuntimeOptions{}) {
  static const std::string hash = identity.hash_password("secret-word");
  for (const Named& each : people) {
    Account account;
    account.id = AccountId{each.id};
    account.username = each.username;
    account.name = std::string("name of ") + each.username;
    account.password_hash = hash;
    accounts.add(account, {});
    accounts.add_post({PostId{each.id}, account.id, each.office, each.role, {}, {}, std::nullopt, std::nullopt}, {});
    const std::string made = identity.new_token();
    Session session{token_hash(made), account.id, clock.now(), clock.now() + std::chrono::hours(12)};
    session.by_token = true;
    accounts.add_session(session, {});
    tokens[each.username] = made;
  }
  machine_room = std::make_unique<MachineRoom>(store, queries, central, clock, rooms, runtime, MachineRoomOptions{});
  options.worker_threads = 2;
  application = std::make_unique<web::Application>(
      web::Services{runtime, queries, accounts, accounts.trail, handles, identity, weak_passwords, evidence, rooms,
                    *machine_room, staffing, hub, clock, steady},
      std::move(options));
}

ApplicationWorld::~ApplicationWorld() {
  application->stop();
  machine_room->stop();
  runtime.stop();
}

Answered ApplicationWorld::send(web::HttpRequest request) {
  std::promise<web::HttpResponse> promise;
  auto future = promise.get_future();
  application->handle(std::move(request),
                      [&promise](web::HttpResponse response) { promise.set_value(std::move(response)); });
  return {future.get()};
}

web::HttpRequest ApplicationWorld::request(web::Method method, const std::string& target, const std::string& username,
                                           const std::string& body) const {
  web::HttpRequest made;
  made.method = method;
  take_target(made, target);
  made.remote_address = "127.0.0.1";
  made.request_id = "test-request";
  made.headers.add("Host", "localhost:8080");
  made.headers.add("X-Request-Id", made.request_id);
  if (!username.empty()) made.headers.add("Authorization", "Bearer " + token(username));
  if (!body.empty()) made.headers.add("Content-Type", "application/json");
  made.body = body;
  return made;
}

Answered ApplicationWorld::get(const std::string& target, const std::string& username) {
  return send(request(web::Method::get, target, username));
}

Answered ApplicationWorld::post(const std::string& target, const std::string& body, const std::string& username,
                                std::vector<std::pair<std::string, std::string>> headers) {
  auto made = request(web::Method::post, target, username, body);
  for (auto& [name, value] : headers) made.headers.add(name, value);
  return send(std::move(made));
}

std::string ApplicationWorld::open(int student, bool submit) {
  const auto answered = post(
      "/api/v1/requests",
      R"({"workflow":"key-information-change","student":")" + std::to_string(student) +
          R"(","fields":{"new_name":"张叁","ground":"register_changed","reason":"更正"},"evidence":[{"kind":"household_register","sha256":")" +
          scan_sha256 + R"("}],"submit":)" + (submit ? "true" : "false") + "}",
      "registrar", {{"Idempotency-Key", "open-" + std::to_string(student)}});
  INFO(answered.response.body);
  REQUIRE(answered.status() == 201);
  return std::string(answered.json().as_object().at("id").as_string().c_str());
}

Answered ApplicationWorld::act(const std::string& id, const std::string& action, const std::string& username,
                               std::int64_t version, const std::string& key, const std::string& body) {
  return post("/api/v1/requests/" + id + "/actions/" + action, body, username,
              {{"If-Match", '"' + std::to_string(version) + '"'}, {"Idempotency-Key", key}});
}

}  // namespace xueji::testing

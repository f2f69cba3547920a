#include "web/server/gatekeeper.hpp"

#include <algorithm>

namespace xueji::web {
namespace {

bool is_safe(Method method) { return method == Method::get || method == Method::head || method == Method::options; }

Problem foreign_origin() { return {"foreign-origin", {}, {}, {}, {}}; }

std::optional<Problem> check_parameters(const Route& route, const HttpRequest& request) {
  for (const auto& [name, value] : request.query) {
    const auto known = std::any_of(route.parameters.begin(), route.parameters.end(),
                                   [&](const Parameter& parameter) { return parameter.name == name; });
    if (!known) return malformed({"有此处不支持的查询参数", "There is a query parameter that this call does not know"});
  }
  return std::nullopt;
}

std::optional<Problem> check_headers(const Route& route, const Headers& headers) {
  const auto key = headers.find("Idempotency-Key");
  if (key && !is_idempotency_key(*key))
    return malformed({"Idempotency-Key 须为 1 至 128 个可见 ASCII 字符",
                      "Idempotency-Key must be 1 to 128 visible ASCII characters"});
  if (!key && route.needs_idempotency_key) return Problem{"idempotency-key-required", {}, {}, {}, {}};
  const auto tag = headers.find("If-Match");
  if (tag && !version_of_tag(*tag))
    return malformed({"If-Match 须为版本号，例如 \"3\"", "If-Match must be a version such as \"3\""});
  if (!tag && route.needs_if_match) return Problem{"precondition-required", {}, {}, {}, {}};
  return std::nullopt;
}

/// In a browser that several people use, what was meant for one account may reach the server by another's session.
std::optional<Problem> check_account(const Exchange& exchange) {
  if (is_safe(exchange.request.method)) return std::nullopt;
  const auto meant = exchange.request.headers.find("X-Acting-As");
  if (!meant || *meant == exchange.caller->username) return std::nullopt;
  const std::string& username = exchange.caller->username;
  return Problem{
      "other-account",
      {"未做任何更改：此处现在登录的是 " + username + "，而不是操作时所示的账号",
       "Nothing was done: the one signed in here now is " + username + ", and not the account that was shown"},
      {},
      {},
      {}};
}

}  // namespace

bool changes_something(const Route& route) { return route.access != Access::open && !is_safe(route.method); }

Gatekeeper::Gatekeeper(const Authentication& authentication, const Clock& clock, const SteadyClock& steady,
                       double rate_per_second, double rate_burst)
    : authentication_(authentication), clock_(clock), steady_(steady), rate_(rate_per_second, rate_burst) {}

std::optional<Problem> Gatekeeper::check_origin(const Route& route, const HttpRequest& request) const {
  if (is_safe(request.method)) return std::nullopt;
  const bool by_cookie = authentication_.credentials(request.headers).by == Credentials::By::cookie;
  if (!by_cookie && route.access != Access::open) return std::nullopt;
  return authentication_.origin(request.headers) == Origin::foreign ? std::optional(foreign_origin()) : std::nullopt;
}

std::optional<Problem> Gatekeeper::check(const Route& route, const Exchange& exchange) {
  if (exchange.caller) {
    const auto wait = rate_.take(to_string(exchange.caller->account), steady_.now());
    if (wait) return rate_limited(*wait);
    if (auto problem = check_account(exchange)) return problem;
    if (!route.always || (route.sets_second_factor && exchange.caller->must_change_password))
      if (auto problem = first_duty(*exchange.caller)) return problem;
    if (route.access == Access::admin && !exchange.caller->holds_role(Role::admin, clock_.now()))
      return not_allowed({"此操作须由管理员岗位办理", "This is for a post of role admin to do"});
  }
  if (auto problem = check_parameters(route, exchange.request)) return problem;
  return check_headers(route, exchange.request.headers);
}

std::optional<Problem> Gatekeeper::check_live(const HttpRequest& request) const {
  if (!request.query.empty()) return malformed({"此处没有查询参数", "There are no query parameters here"});
  const Origin origin = authentication_.origin(request.headers);
  const auto by = authentication_.credentials(request.headers).by;
  if (origin == Origin::foreign) return foreign_origin();
  if (by == Credentials::By::cookie && !request.headers.find("Origin")) return foreign_origin();
  return std::nullopt;
}

std::optional<Problem> first_duty(const Caller& caller) {
  if (caller.must_change_password) return Problem{"password-change-required", {}, {}, {}, {}};
  if (caller.must_set_second_factor) return Problem{"second-factor-setup-required", {}, {}, {}, {}};
  return std::nullopt;
}

Problem unauthenticated() { return {"unauthenticated", {}, {}, {{"WWW-Authenticate", "Bearer realm=\"xueji\""}}, {}}; }

bool is_idempotency_key(std::string_view key) {
  return !key.empty() && key.size() <= 128 &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::optional<std::int64_t> version_of_tag(std::string_view tag) {
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return std::nullopt;
  const auto version = parse_id<RequestId>(tag.substr(1, tag.size() - 2));
  return version ? std::optional(version->value) : std::nullopt;
}

}  // namespace xueji::web
